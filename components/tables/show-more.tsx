"use client";

import { type MouseEvent, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";

/** More are shown as one asks for them: thousands of rows at once are slow to draw. */
const AT_ONCE = 50;

/** The first of many rows, and what shows more of them, which stands right after their table. */
export function useShowMore<Row>(rows: readonly Row[]) {
  const [shown, setShown] = useState(AT_ONCE);
  return {
    shown: rows.slice(0, shown),
    more: <ShowMore rest={rows.length - shown} onShow={() => setShown(shown + AT_ONCE)} />,
  };
}

function ShowMore({ rest, onShow }: { rest: number; onShow: () => void }) {
  if (rest <= 0) return null;
  /** The button goes with the last of them: the focus goes to the first that is new, and a keyboard goes on from there. */
  function show(event: MouseEvent) {
    const table = event.currentTarget.parentElement?.previousElementSibling as HTMLTableElement;
    const before = table.rows.length;
    flushSync(onShow);
    const first = table.rows[before];
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }
  return (
    <div className="border-line border-t px-4 py-3 text-center">
      <Button variant="secondary" size="sm" onClick={show}>
        Show {Math.min(rest, AT_ONCE)} more of {rest.toLocaleString("en-IN")}
      </Button>
    </div>
  );
}
