"use client";

import { ChoiceLines, type ChoiceProps } from "@/components/invoices/import/choice-lines";
import { formatRupees, paise } from "@/lib/money";
import { formatDay } from "@/lib/time";

/** Rows whose bill was cancelled: when and by whom, and the choice to add it anew. */
export function CancelledLines(props: ChoiceProps) {
  return (
    <ChoiceLines
      {...props}
      choice={`Add the ${props.words.one} again`}
      choiceOfAll={(count) => `Add all ${count} again`}
      canChoose={() => true}
      heading="What became of it"
    >
      {({ words, invoice }) => (
        <>
          {words.map((each) => (
            <p key={each}>{each}</p>
          ))}
          {invoice && (
            <p className="mt-1 text-[0.8125rem] text-muted">
              In the file: {formatRupees(paise(invoice.totalPaise))}, of {formatDay(invoice.issueDate)}, due{" "}
              {formatDay(invoice.dueDate)}.
            </p>
          )}
        </>
      )}
    </ChoiceLines>
  );
}
