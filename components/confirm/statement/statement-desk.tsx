"use client";

import { StatementReview } from "@/components/confirm/statement/statement-review";
import { type Statement, useStatement } from "@/components/confirm/statement/use-statement";
import { ChooseTable } from "@/components/tables/choose-table";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { useFocusOnChange } from "@/components/ui/use-focus-on-change";
import { MOST_LINES } from "@/features/confirmations/statement/read";

/** A bank statement, chosen and held against the payments that wait. */
export function StatementDesk({ business }: { business: string }) {
  const statement = useStatement(business);
  const place = useFocusOnChange<HTMLDivElement>(statement.source?.name ?? "");
  return (
    <div ref={place} tabIndex={-1} className="outline-none">
      {statement.source ? (
        <StatementReview business={business} statement={statement} name={statement.source.name} />
      ) : (
        <ChooseStatement statement={statement} />
      )}
    </div>
  );
}

function ChooseStatement({ statement }: { statement: Statement }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <ChooseTable
        description={`The statement of your account as your bank gives it, as a workbook (.xlsx) or CSV, up to ${MOST_LINES.toLocaleString("en-IN")} lines.`}
        problem={statement.problem}
        onOpen={statement.open}
      />
      <Card>
        <CardHeader title="What happens with it" />
        <CardBody>
          <ul className="flex list-disc flex-col gap-1.5 pl-4 text-[0.8125rem] text-muted">
            <li>It is read in this browser. Nothing of it is sent to the portal or kept.</li>
            <li>
              A payment is found where one line has its whole UTR and just its amount came in. Whatever else looks like
              one is shown to you to decide.
            </li>
            <li>Nothing is accepted before you say so.</li>
            <li>
              It needs its row of headings, with a column “Credit” or “Deposit”, or “Amount” with Dr or Cr beside each.
              If a spreadsheet has opened it before, see that long numbers are still whole.
            </li>
          </ul>
        </CardBody>
      </Card>
    </div>
  );
}
