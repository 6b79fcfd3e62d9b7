"use client";

import { PaymentStatusBadge } from "@/components/payments/payment-status";
import { cn } from "@/components/ui/cn";
import { Money } from "@/components/ui/money";
import { Mono } from "@/components/ui/mono";
import { RowLink } from "@/components/ui/row-link";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import type { Payment, PaymentQuery, PaymentSideName } from "@/features/payments/api";
import { LONG_WAIT_DAYS } from "@/features/payments/rules";
import { amountInBank, settlesWords, waitedWords } from "@/features/payments/words";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { formatRupees, paise } from "@/lib/money";
import { formatDate } from "@/lib/time";

type Sort = PaymentQuery["sort"];

interface PaymentTableProps {
  side: PaymentSideName;
  payments: readonly Payment[];
  hrefOf: (payment: Payment) => string;
  sort: Sort;
  onSort: (sort: Sort) => void;
}

/** "KM/141, KM/142 and 3 more". */
export function invoiceWords({
  invoiceNumbers,
  invoiceCount,
}: Pick<Payment, "invoiceNumbers" | "invoiceCount">): string {
  const more = invoiceCount - invoiceNumbers.length;
  return more > 0 ? `${invoiceNumbers.join(", ")} and ${more} more` : invoiceNumbers.join(", ");
}

/** "for 3 days": how long it has waited for the supplier. */
function Waited({ payment }: { payment: Payment }) {
  const waited = waitedWords(payment);
  if (!waited) return null;
  const isLong = (payment.daysWaiting ?? 0) >= LONG_WAIT_DAYS;
  return (
    <span className={cn("mt-0.5 block text-[0.8125rem]", isLong ? "font-medium text-warning-ink" : "text-muted")}>
      for {waited}
    </span>
  );
}

export function PaymentTable({ side, payments, hrefOf, sort, onSort }: PaymentTableProps) {
  const sortProps = (by: Sort) => ({
    sorted: sort === by ? ("asc" as const) : sort === `-${by}` ? ("desc" as const) : (false as const),
    onSort: () => onSort(sort === `-${by}` ? by : (`-${by}` as Sort)),
  });
  return (
    <Table label="Payments">
      <TableHeader>
        <TableRow>
          <TableHead>{side === "outgoing" ? "Supplier" : "Buyer"}</TableHead>
          <TableHead className="md:max-xl:hidden">{side === "outgoing" ? "Bills" : "Invoices"}</TableHead>
          <TableHead {...sortProps("paidAt")}>Paid on</TableHead>
          <TableHead>UTR</TableHead>
          <TableHead numeric {...sortProps("total")}>
            Amount
          </TableHead>
          <TableHead>Status</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {payments.map((payment) => (
          <TableRow key={payment.objectId}>
            <TableCell stack="title" className="md:min-w-24 md:max-w-56" title={payment.counterparty.name}>
              {/* Among the page's links, out of their rows, those of one party would all be called the same. */}
              <RowLink
                href={hrefOf(payment)}
                aria-label={`${payment.counterparty.name}, ${formatRupees(paise(amountInBank(payment)))}`}
                className="line-clamp-5 stacked:line-clamp-none [overflow-wrap:anywhere]"
              >
                {payment.counterparty.name}
              </RowLink>
            </TableCell>
            <TableCell stack="subtitle" className="md:max-xl:hidden xl:max-w-56" title={invoiceWords(payment)}>
              <span className="line-clamp-2 [overflow-wrap:anywhere]">{invoiceWords(payment)}</span>
            </TableCell>
            <TableCell stack="meta" className="whitespace-nowrap">
              {formatDate(new Date(payment.paidAt))}
            </TableCell>
            <TableCell namesRow label="UTR" className="min-w-50 md:max-xl:min-w-24">
              <Mono>{payment.utr}</Mono>
              <span className="block text-[0.8125rem] text-muted">{MODE_LABELS[payment.mode]}</span>
            </TableCell>
            <TableCell numeric stack="aside" className="font-semibold">
              <Money paise={paise(amountInBank(payment))} />
              {payment.adjustmentPaise > 0 && (
                <span className="block font-normal text-[0.8125rem] text-muted">
                  {payment.netPaise > 0 ? (
                    <>
                      {settlesWords(payment).toLowerCase()} <Money paise={paise(payment.totalPaise)} />
                    </>
                  ) : (
                    "by adjustment alone"
                  )}
                </span>
              )}
            </TableCell>
            <TableCell label="Status">
              <PaymentStatusBadge payment={payment} />
              <Waited payment={payment} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
