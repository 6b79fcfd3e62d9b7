"use client";

import type { ReactNode } from "react";
import type { Import } from "@/components/invoices/import/use-import";
import { useShowMore } from "@/components/tables/show-more";
import { Checkbox } from "@/components/ui/checkbox";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import { TextLink } from "@/components/ui/text-link";
import type { ImportLine } from "@/features/invoices/import/progress";
import type { SideWords } from "@/features/invoices/words";

export interface ChoiceProps {
  label: string;
  lines: readonly ImportLine[];
  business: string;
  words: SideWords;
  chosen: Import["chosen"];
  /** Nothing can be chosen now: it is being saved. */
  isFixed: boolean;
}

interface ChoiceLinesProps extends ChoiceProps {
  /** What choosing does: of one row, with its number and party after it. */
  choice: string;
  /** And of all that can be chosen, of which there are so many. */
  choiceOfAll: (count: string) => string;
  canChoose: (line: ImportLine) => boolean;
  /** What the last column tells. */
  heading: string;
  children: (line: ImportLine) => ReactNode;
}

/** Rows that are left as they are unless somebody chooses them: why, and the choice, of one or of all. */
export function ChoiceLines({ label, lines, choice, choiceOfAll, heading, ...props }: ChoiceLinesProps) {
  const { words, chosen, isFixed, canChoose } = props;
  const { shown, more } = useShowMore(lines);
  const choosable = lines.filter(canChoose).map(({ objectId }) => objectId);
  const count = choosable.filter(chosen.has).length;
  const isAll = count === choosable.length;
  return (
    <>
      {choosable.length > 1 && (
        <div className="border-line border-t px-4 py-2.5 sm:px-5">
          <Checkbox
            label={choiceOfAll(choosable.length.toLocaleString("en-IN"))}
            checked={isAll}
            indeterminate={count > 0 && !isAll}
            disabled={isFixed}
            onChange={() => chosen.set(choosable, !isAll)}
          />
        </div>
      )}
      <Table label={label} className="border-line border-t">
        <TableHeader>
          <TableRow>
            <TableHead>
              <span className="sr-only">{choice}</span>
            </TableHead>
            <TableHead>Row</TableHead>
            <TableHead>{words.party}</TableHead>
            <TableHead>Invoice</TableHead>
            <TableHead>{heading}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {shown.map((line) => (
            <Line key={line.objectId} line={line} choice={choice} {...props} />
          ))}
        </TableBody>
      </Table>
      {more}
    </>
  );
}

type LineProps = Pick<
  ChoiceLinesProps,
  "business" | "words" | "chosen" | "isFixed" | "canChoose" | "choice" | "children"
> & { line: ImportLine };

function Line({ line, business, words, chosen, isFixed, canChoose, choice, children }: LineProps) {
  const { row, objectId, party, texts, invoiceId } = line;
  const number = texts.get("supplierInvoiceNumber") ?? "–";
  return (
    <TableRow>
      <TableCell stack="lead" className="w-10 align-top">
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the input is in `Checkbox` */}
        <label className="-m-3 flex w-fit p-3">
          <Checkbox
            aria-label={`${choice} for ${number} of ${party}`}
            checked={canChoose(line) && chosen.has(objectId)}
            disabled={isFixed || !canChoose(line)}
            onChange={() => chosen.set([objectId], !chosen.has(objectId))}
          />
        </label>
      </TableCell>
      <TableCell stack="meta" className="align-top text-muted tabular-nums">
        <span className="hidden stacked:inline">Row </span>
        {row}
      </TableCell>
      <TableCell stack="title" className="align-top font-medium md:min-w-24 md:max-w-40 xl:max-w-56" title={party}>
        <span className="line-clamp-5 [overflow-wrap:anywhere]">{party}</span>
      </TableCell>
      <TableCell
        namesRow
        stack="subtitle"
        className="align-top md:min-w-28 md:max-w-40 xl:min-w-44 xl:max-w-56 [overflow-wrap:anywhere]"
      >
        <TextLink href={`/b/${business}/${words.many}/${invoiceId}`}>{number}</TextLink>
      </TableCell>
      <TableCell stack="wide" className="align-top md:min-w-72">
        {children(line)}
      </TableCell>
    </TableRow>
  );
}
