"use client";

import { ChoiceLines, type ChoiceProps } from "@/components/invoices/import/choice-lines";
import { fieldWords } from "@/features/invoices/history";
import type { LineDifference } from "@/features/invoices/import/difference";
import { type ImportLine, isChangeable } from "@/features/invoices/import/progress";
import type { ComparedField } from "@/features/invoices/rules";

/** Rows whose bill is in the books and says something else: what it says, what the file says, and the choice to take that. */
export function DifferentLines(props: ChoiceProps) {
  return (
    <ChoiceLines
      {...props}
      choice="Take the file's values"
      choiceOfAll={(count) => `Take the file's values for all ${count} that can be changed`}
      canChoose={isChangeable}
      heading="What differs"
    >
      {(line) => <WhatDiffers line={line} />}
    </ChoiceLines>
  );
}

function WhatDiffers({ line: { party, difference, words, isMissed } }: { line: ImportLine }) {
  if (!difference) return null;
  const { there, refusal } = difference;
  // Where it was tried and couldn't be, the reason stands among the words already.
  const notes = [...new Set([...words, ...(refusal === null ? [] : [refusal])])];
  return (
    <>
      <Differences difference={difference} />
      {there.status === "RETURNED" && (
        <p className="mt-1 text-[0.8125rem] text-muted">
          {party} returned it: “{there.remarks}”. With the file's values it goes to them again.
        </p>
      )}
      {notes.map((each) => (
        <p key={each} className={isMissed ? "mt-1 text-warning-ink" : "mt-1 text-[0.8125rem] text-muted"}>
          {each}
        </p>
      ))}
    </>
  );
}

const FIELD_LABELS: Record<ComparedField, string> = {
  totalPaise: "Amount",
  issueDate: "Invoice date",
  dueDate: "Due date",
  description: "Description",
};

/** Field by field: what the books say, and what the file says. */
function Differences({ difference: { there, fields, edit } }: { difference: LineDifference }) {
  return (
    <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-1">
      {fields.map((field) => (
        <div key={field} className="contents">
          <dt className="text-muted">{FIELD_LABELS[field]}</dt>
          <dd className="grid gap-x-4 [overflow-wrap:anywhere] sm:max-md:grid-cols-2 xl:grid-cols-2">
            <span>
              {fieldWords(field, there[field])} <span className="text-muted">in your books</span>
            </span>
            <span className="font-medium">
              {fieldWords(field, edit[field])} <span className="font-normal text-muted">in the file</span>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
