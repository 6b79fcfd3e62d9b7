"use client";

import type { Import } from "@/components/invoices/import/use-import";
import { useShowMore } from "@/components/tables/show-more";
import { Checkbox } from "@/components/ui/checkbox";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import { TextLink } from "@/components/ui/text-link";
import { fieldWords } from "@/features/invoices/history";
import type { LineDifference } from "@/features/invoices/import/difference";
import { type ImportLine, isChangeable } from "@/features/invoices/import/progress";
import type { ComparedField } from "@/features/invoices/rules";
import type { SideWords } from "@/features/invoices/words";

interface DifferentLinesProps {
  label: string;
  lines: readonly ImportLine[];
  business: string;
  words: SideWords;
  chosen: Import["chosen"];
  /** Nothing can be chosen now: it is being saved. */
  isFixed: boolean;
}

/** Rows whose bill is in the books and says something else: what it says, what the file says, and the choice to take that. */
export function DifferentLines({ label, lines, business, words, chosen, isFixed }: DifferentLinesProps) {
  const { shown, more } = useShowMore(lines);
  const changeable = lines.filter(isChangeable).map(({ objectId }) => objectId);
  const count = changeable.filter(chosen.has).length;
  const isAll = count === changeable.length;
  return (
    <>
      {changeable.length > 1 && (
        <div className="border-line border-t px-4 py-2.5 sm:px-5">
          <Checkbox
            label={`Take the file's values for all ${changeable.length.toLocaleString("en-IN")} that can be changed`}
            checked={isAll}
            indeterminate={count > 0 && !isAll}
            disabled={isFixed}
            onChange={() => chosen.set(changeable, !isAll)}
          />
        </div>
      )}
      <Table label={label} className="border-line border-t">
        <TableHeader>
          <TableRow>
            <TableHead>
              <span className="sr-only">Take the file's values</span>
            </TableHead>
            <TableHead>Row</TableHead>
            <TableHead>{words.party}</TableHead>
            <TableHead>Invoice</TableHead>
            <TableHead>What differs</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {shown.map((line) => (
            <Line
              key={line.objectId}
              line={line}
              href={`/b/${business}/${words.many}/${line.invoiceId}`}
              chosen={chosen}
              isFixed={isFixed}
            />
          ))}
        </TableBody>
      </Table>
      {more}
    </>
  );
}

interface LineProps extends Pick<DifferentLinesProps, "chosen" | "isFixed"> {
  line: ImportLine;
  href: string;
}

function Line({ line, href, chosen, isFixed }: LineProps) {
  const { row, objectId, party, texts, difference, words, isMissed } = line;
  if (!difference) return null;
  const { there, refusal } = difference;
  const number = texts.get("supplierInvoiceNumber") ?? "–";
  // Where it was tried and couldn't be, the reason stands among the words already.
  const notes = [...new Set([...words, ...(refusal === null ? [] : [refusal])])];
  return (
    <TableRow>
      <TableCell stack="lead" className="w-10 align-top">
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the input is in `Checkbox` */}
        <label className="-m-3 flex w-fit p-3">
          <Checkbox
            aria-label={`Take the file's values for ${number} of ${party}`}
            checked={refusal === null && chosen.has(objectId)}
            disabled={isFixed || refusal !== null}
            onChange={() => chosen.set([objectId], !chosen.has(objectId))}
          />
        </label>
      </TableCell>
      <TableCell stack="meta" className="align-top text-muted tabular-nums">
        <span className="hidden stacked:inline">Row </span>
        {row}
      </TableCell>
      <TableCell stack="title" className="align-top font-medium md:min-w-24 md:max-w-40 xl:max-w-56" title={party}>
        <span className="line-clamp-3 [overflow-wrap:anywhere]">{party}</span>
      </TableCell>
      <TableCell
        stack="subtitle"
        className="align-top md:min-w-28 md:max-w-40 xl:min-w-44 xl:max-w-56 [overflow-wrap:anywhere]"
      >
        <TextLink href={href}>{number}</TextLink>
      </TableCell>
      <TableCell stack="wide" className="align-top md:min-w-72">
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
      </TableCell>
    </TableRow>
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
