"use client";

import { useShowMore } from "@/components/tables/show-more";
import { Money } from "@/components/ui/money";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import { TextLink } from "@/components/ui/text-link";
import type { ColumnKey } from "@/features/invoices/import/columns";
import type { ImportLine } from "@/features/invoices/import/progress";
import type { SideWords } from "@/features/invoices/words";
import { paise } from "@/lib/money";
import { formatDay } from "@/lib/time";

interface ImportLinesProps {
  label: string;
  lines: readonly ImportLine[];
  business: string;
  words: SideWords;
}

/** Rows of a file as they were understood; what couldn't be, as it stands there. */
export function ImportLines({ label, lines, business, words }: ImportLinesProps) {
  const { shown, more } = useShowMore(lines);
  return (
    <>
      <Table label={label} className="border-line border-t">
        <TableHeader>
          <TableRow>
            <TableHead>Row</TableHead>
            <TableHead>{words.party}</TableHead>
            <TableHead>Invoice</TableHead>
            <TableHead>Invoice date</TableHead>
            <TableHead>Due date</TableHead>
            <TableHead numeric>Amount</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {shown.map((line) => (
            <Line key={line.objectId} line={line} business={business} folder={words.many} />
          ))}
        </TableBody>
      </Table>
      {more}
    </>
  );
}

function Line({ line, business, folder }: { line: ImportLine; business: string; folder: string }) {
  const { row, party, invoice, texts, words, state, invoiceId } = line;
  const asTyped = (key: ColumnKey) => texts.get(key) ?? "–";
  // A due date that the file doesn't have is one for new bills: those that were there keep theirs.
  const isThere = state === "present" || state === "changed";
  const day = (key: "issueDate" | "dueDate") =>
    invoice && (texts.has(key) || !isThere) ? formatDay(invoice[key]) : asTyped(key);
  const number = texts.get("supplierInvoiceNumber") ?? "–";
  return (
    <>
      <TableRow className={words.length > 0 ? "stacked:border-b-0 stacked:pb-0 [&>*]:border-b-0" : undefined}>
        <TableCell stack="meta" className="text-muted tabular-nums">
          <span className="hidden stacked:inline">Row </span>
          {row}
        </TableCell>
        <TableCell stack="title" className="font-medium md:min-w-24 md:max-w-56" title={party}>
          <span className="line-clamp-5 [overflow-wrap:anywhere]">{party || "–"}</span>
        </TableCell>
        <TableCell namesRow stack="subtitle" className="md:min-w-28 md:max-w-56 [overflow-wrap:anywhere]">
          {invoiceId ? <TextLink href={`/b/${business}/${folder}/${invoiceId}`}>{number}</TextLink> : number}
        </TableCell>
        <TableCell label="Invoice date" className="whitespace-nowrap">
          {day("issueDate")}
        </TableCell>
        <TableCell label="Due date" className="whitespace-nowrap">
          {day("dueDate")}
        </TableCell>
        <TableCell stack="aside" numeric>
          {invoice ? <Money paise={paise(invoice.totalPaise)} /> : asTyped("totalPaise")}
        </TableCell>
      </TableRow>
      {words.length > 0 && (
        <TableRow className="stacked:pt-1">
          <TableCell
            stack="wide"
            colSpan={6}
            className={state === "wrong" ? "pt-0 text-danger-ink" : "pt-0 text-muted"}
          >
            <ul>
              {words.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </TableCell>
        </TableRow>
      )}
    </>
  );
}
