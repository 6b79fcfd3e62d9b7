"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";

/** More are shown as one asks for them: thousands of rows at once are slow to draw. */
const AT_ONCE = 50;

/** The first of many rows, and what shows more of them. */
export function useShowMore<Row>(rows: readonly Row[]) {
  const [shown, setShown] = useState(AT_ONCE);
  return {
    shown: rows.slice(0, shown),
    more: <ShowMore rest={rows.length - shown} onShow={() => setShown(shown + AT_ONCE)} />,
  };
}

function ShowMore({ rest, onShow }: { rest: number; onShow: () => void }) {
  if (rest <= 0) return null;
  return (
    <div className="border-line border-t px-4 py-3 text-center">
      <Button variant="secondary" size="sm" onClick={onShow}>
        Show {Math.min(rest, AT_ONCE)} more of {rest.toLocaleString("en-IN")}
      </Button>
    </div>
  );
}
