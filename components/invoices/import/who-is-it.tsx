"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useId } from "react";
import { countWords } from "@/components/lists/count-words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { focusMain } from "@/components/ui/focus-main";
import { Input } from "@/components/ui/input";
import { counterpartiesQuery } from "@/features/counterparties/client";
import { type ImportLine, unknownParties } from "@/features/invoices/import/progress";
import type { InvoiceSideName } from "@/features/invoices/schema";

/** So many are asked for at a time; the others come next. */
const AT_ONCE = 6;

interface WhoIsItProps {
  lines: readonly ImportLine[];
  business: string;
  side: InvoiceSideName;
  /** B2B IDs by the file's name for the party, as they were said before. */
  said: ReadonlyMap<string, string>;
  /** Those said before among them. */
  onSay: (parties: ReadonlyMap<string, string>) => void;
}

/** Registers call a party as they like: who it is, is asked once for all its rows. */
export function WhoIsIt({ lines, business, side, said, onSay }: WhoIsItProps) {
  const listId = useId();
  const unknown = unknownParties(lines);
  const known = useQuery({ ...counterpartiesQuery(business, { side, limit: 100 }), enabled: unknown.length > 0 });
  const isAsking = unknown.length > 0;
  useEffect(() => {
    if (!isAsking) return;
    return () => {
      // Its button goes with the last answer.
      if (document.activeElement === document.body) focusMain({ preventScroll: true });
    };
  }, [isAsking]);
  if (!isAsking) return null;
  const who = side === "payable" ? "suppliers" : "buyers";
  return (
    <Alert
      tone="info"
      title={unknown.length === 1 ? `Who is ${unknown[0]?.called}?` : `Who are these ${unknown.length} ${who}?`}
    >
      <form
        className="mt-1 flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = [...new FormData(event.currentTarget)].map(([key, id]) => [key, String(id).trim()] as const);
          onSay(new Map([...said, ...typed.filter(([, id]) => id !== "")]));
        }}
      >
        <div className="grid items-start gap-3 sm:grid-cols-2">
          {unknown.slice(0, AT_ONCE).map(({ key, called, count }) => (
            <Field key={key} label={`B2B ID of ${called}`} hint={countWords(count, "row", "rows")}>
              <Input name={key} list={listId} autoComplete="off" spellCheck={false} defaultValue={said.get(key)} />
            </Field>
          ))}
        </div>
        <datalist id={listId}>
          {known.data?.items.map((party) => (
            <option key={party.b2bId} value={party.b2bId}>
              {party.name}
            </option>
          ))}
        </datalist>
        <Button type="submit" variant="secondary" className="self-start">
          Look again
        </Button>
      </form>
    </Alert>
  );
}
