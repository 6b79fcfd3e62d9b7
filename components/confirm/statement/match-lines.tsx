"use client";

import { invoiceNumberWords } from "@/components/confirm/answer-words";
import { UtrText } from "@/components/confirm/utr-text";
import type { Outcome } from "@/components/payments/use-one-by-one";
import { useShowMore } from "@/components/tables/show-more";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { Money } from "@/components/ui/money";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import { TextLink } from "@/components/ui/text-link";
import type { Match } from "@/features/confirmations/statement/match";
import { formatRupees, paise } from "@/lib/money";

interface MatchLinesProps {
  label: string;
  matches: readonly Match[];
  business: string;
  outcomes: ReadonlyMap<string, Outcome>;
  /** Those that will be accepted; where nothing is to be chosen, undefined. */
  chosen?: { has: (objectId: string) => boolean; toggle: (objectId: string) => void; isFixed: boolean };
}

/** Payments beside what the statement says of each. */
export function MatchLines({ label, matches, business, outcomes, chosen }: MatchLinesProps) {
  const { shown, more } = useShowMore(matches);
  return (
    <>
      <Table label={label} className="border-line border-t">
        <TableHeader>
          <TableRow>
            {chosen && (
              <TableHead>
                <span className="sr-only">Accept</span>
              </TableHead>
            )}
            <TableHead>Payment</TableHead>
            <TableHead>Reference</TableHead>
            <TableHead>On the statement</TableHead>
            <TableHead numeric>Amount</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {shown.map((match) => (
            <Line
              key={match.payment.objectId}
              match={match}
              business={business}
              outcome={outcomes.get(match.payment.objectId)}
              chosen={chosen}
            />
          ))}
        </TableBody>
      </Table>
      {more}
    </>
  );
}

interface LineProps {
  match: Match;
  business: string;
  outcome: Outcome | undefined;
  chosen: MatchLinesProps["chosen"];
}

function Line({ match: { payment, line, why }, business, outcome, chosen }: LineProps) {
  const { objectId, counterparty, netPaise, utr } = payment;
  const said = outcome?.state === "refused" ? outcome.words : why;
  return (
    <TableRow>
      {chosen && (
        <TableCell stack="lead">
          <Checkbox
            aria-label={`Accept ${formatRupees(paise(netPaise))} from ${counterparty.name}`}
            checked={outcome?.state === "done" || chosen.has(objectId)}
            disabled={chosen.isFixed || outcome !== undefined}
            onChange={() => chosen.toggle(objectId)}
          />
        </TableCell>
      )}
      <TableCell namesRow stack="title">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {counterparty.name} {outcome?.state === "done" && <Badge tone="success">Accepted</Badge>}
        </p>
        <p className="text-[0.8125rem] text-muted [overflow-wrap:anywhere]">{invoiceNumberWords(payment)}</p>
      </TableCell>
      <TableCell stack="subtitle">
        <TextLink href={`/b/${business}/to-confirm?payment=${objectId}`}>
          <UtrText utr={utr} className="text-[0.8125rem]" />
        </TextLink>
      </TableCell>
      <TableCell stack="wide" className="max-w-96 text-[0.8125rem]">
        {line ? (
          <p className="text-muted [overflow-wrap:anywhere]">
            <span className="text-ink">{line.day || `Line ${line.row}`}</span> {line.words.slice(0, 160)}
            {line.words.length > 160 && "…"}
          </p>
        ) : (
          <p className="text-muted">Not on it</p>
        )}
        {said && <p className="mt-0.5 font-medium text-warning-ink">{said}</p>}
      </TableCell>
      <TableCell stack="aside" numeric>
        <Money paise={paise(netPaise)} />
      </TableCell>
    </TableRow>
  );
}
