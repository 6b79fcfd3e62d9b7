import { paymentHref, waitingHref } from "@/components/ledger/ledger-query";
import { PaymentParts } from "@/components/ledger/payment-parts";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { RowLink } from "@/components/ui/row-link";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import { TextLink } from "@/components/ui/text-link";
import type { InvoiceSideName } from "@/features/invoices/schema";
import type { Ledger } from "@/features/ledger/api";
import { paise } from "@/lib/money";
import { formatDay } from "@/lib/time";

interface LedgerWaitingProps {
  business: string;
  side: InvoiceSideName;
  ledger: Ledger;
}

const TITLE = "On the way or waiting for confirmation";

/** The payments that no balance counts yet, oldest first, with what they come to. */
export function LedgerWaiting({ business, side, ledger }: LedgerWaitingProps) {
  const { waiting, to, counterparty } = ledger;
  if (waiting.count === 0) return null;
  const more = waiting.count - waiting.items.length;
  return (
    <Card aria-label={TITLE} className="mt-4">
      <CardHeader
        title={TITLE}
        description={`Paid by ${formatDay(to)}. None of it is counted above: it is once it is confirmed.`}
        actions={
          <span className="font-semibold">
            <Money paise={paise(waiting.totalPaise)} />
          </span>
        }
      />
      <div className="mt-3 border-line border-t">
        <Table label={TITLE}>
          <TableHeader>
            <TableRow>
              <TableHead>Paid on</TableHead>
              <TableHead>Particulars</TableHead>
              <TableHead>Status</TableHead>
              <TableHead numeric>Amount</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {waiting.items.map((payment) => (
              <TableRow key={payment.objectId}>
                <TableCell stack="subtitle" className="whitespace-nowrap">
                  {formatDay(payment.day)}
                </TableCell>
                <TableCell namesRow stack="title" className="min-w-48">
                  <RowLink href={paymentHref(business, side, payment.objectId)} className="[overflow-wrap:anywhere]">
                    Payment {payment.utr}
                  </RowLink>
                  <PaymentParts payment={payment} />
                </TableCell>
                <TableCell label="Status">{payment.statusWords}</TableCell>
                <TableCell numeric stack="aside" className="font-medium">
                  <Money paise={paise(payment.totalPaise)} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      {more > 0 && (
        <CardFooter>
          <TextLink href={waitingHref(business, side, counterparty.b2bId)}>
            See all {waiting.count.toLocaleString("en-IN")}
          </TextLink>
        </CardFooter>
      )}
    </Card>
  );
}
