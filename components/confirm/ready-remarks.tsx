"use client";

import { useId } from "react";
import { chosenInForcedColors } from "@/components/ui/chosen-styles";
import { cn } from "@/components/ui/cn";

interface ReadyRemarksProps {
  remarks: readonly string[];
  /** What stands in the field now. */
  chosen: string;
  onChoose: (remark: string) => void;
}

/** Ready-made remarks to put into the field with one press. */
export function ReadyRemarks({ remarks, chosen, onChoose }: ReadyRemarksProps) {
  const id = useId();
  return (
    <div className="-mt-1">
      <p id={id} className="text-[0.8125rem] text-muted">
        Ready-made remarks
      </p>
      <ul aria-labelledby={id} className="mt-1.5 flex flex-wrap gap-1.5">
        {remarks.map((remark) => (
          <li key={remark}>
            <button
              type="button"
              aria-pressed={chosen === remark}
              onClick={() => onChoose(remark)}
              className={cn(
                "min-h-8 rounded-full border border-control/60 px-3 py-1 text-left text-[0.8125rem] hover:bg-hover",
                chosen === remark && [
                  "border-accent bg-accent-soft text-accent-ink hover:bg-accent-soft",
                  chosenInForcedColors,
                ],
              )}
            >
              {remark}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
