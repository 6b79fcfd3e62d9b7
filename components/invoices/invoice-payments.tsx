"use client";

import { useState } from "react";
import { PaymentStatusBadge } from "@/components/payments/payment-status";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Mono } from "@/components/ui/mono";
import { RowLink } from "@/components/ui/row-link";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import { TextLink } from "@/components/ui/text-link";
import type { InvoiceDetail } from "@/features/invoices/api";
import { SIDE_WORDS } from "@/features/invoices/words";
import { isVoid } from "@/features/payments/words";
import { paise } from "@/lib/money";
import { formatDate } from "@/lib/time";

type InvoicePayment = InvoiceDetail["payments"][number];

/** So many payments are shown until somebody asks for all. */
const FIRST_PAYMENTS = 25;

const inWords = (count: number) => count.toLocaleString("en-IN");

/** The payments of an invoice, newest first, with what was said to those that did not stand. */
export function InvoicePayments({ business, invoice }: { business: string; invoice: InvoiceDetail }) {
  const [showsAll, setShowsAll] = useState(false);
  const { payments, paymentCount } = invoice;
  const shown = showsAll ? payments : payments.slice(0, FIRST_PAYMENTS);
  const older = paymentCount - payments.length;
  const list = `/b/${business}/${invoice.side === "payable" ? "payments" : "received"}`;
  return (
    <Card>
      <CardHeader
        title="Payments"
        {...(paymentCount === 0 && {
          description: invoice.paidPaise > 0 ? "None here: what is paid was paid before, elsewhere." : "None yet.",
        })}
        {...(paymentCount > FIRST_PAYMENTS && { description: `${inWords(paymentCount)}, newest first.` })}
      />
      {paymentCount === 0 ? (
        <CardBody className="pt-0" />
      ) : (
        <div className="pt-2">
          <Table label={`Payments of ${invoice.supplierInvoiceNumber}`}>
            <TableHeader>
              <TableRow>
                <TableHead>Paid on</TableHead>
                <TableHead>UTR</TableHead>
                <TableHead numeric>For this {SIDE_WORDS[invoice.side].one}</TableHead>
                <TableHead>Status</TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {shown.map((payment) => (
                <PaymentRow key={payment.objectId} href={hrefOf(business, payment)} payment={payment} />
              ))}
            </TableBody>
          </Table>
          {shown.length < payments.length && (
            <CardBody>
              <Button variant="secondary" onClick={() => setShowsAll(true)}>
                {`Show ${older > 0 ? "the newest" : "all"} ${inWords(payments.length)}`}
              </Button>
            </CardBody>
          )}
          {shown.length === payments.length && older > 0 && (
            <CardBody>
              and {inWords(older)} older ones: search the{" "}
              <TextLink href={`${list}?q=${encodeURIComponent(invoice.supplierInvoiceNumber)}`}>
                {invoice.side === "payable" ? "payments" : "payments received"}
              </TextLink>{" "}
              for {invoice.supplierInvoiceNumber}.
            </CardBody>
          )}
        </div>
      )}
    </Card>
  );
}

const hrefOf = (business: string, { side, objectId }: InvoicePayment) =>
  `/b/${business}/${side === "outgoing" ? "payments" : "received"}/${objectId}`;

function PaymentRow({ href, payment }: { href: string; payment: InvoicePayment }) {
  const { supplierRemarks, failureDetail, adjustmentPaise, netPaise, totalPaise } = payment;
  const said = supplierRemarks ? `“${supplierRemarks}”` : failureDetail;
  return (
    <TableRow>
      <TableCell namesRow stack="title">
        <RowLink className="whitespace-nowrap" href={href}>
          {formatDate(new Date(payment.paidAt))}
        </RowLink>
      </TableCell>
      <TableCell label="UTR">
        <Mono>{payment.utr}</Mono>
      </TableCell>
      <TableCell numeric stack="aside" className="font-semibold">
        <Money paise={paise(totalPaise)} className={isVoid(payment) ? "text-muted line-through" : undefined} />
        {adjustmentPaise > 0 && (
          <span className="block font-normal text-[0.8125rem] text-muted">
            <Money paise={paise(netPaise)} /> in money
          </span>
        )}
      </TableCell>
      <TableCell label="Status" className="max-w-56 stacked:max-w-none">
        <PaymentStatusBadge payment={payment} />
        {said && <span className="mt-0.5 block text-[0.8125rem] text-muted [overflow-wrap:anywhere]">{said}</span>}
      </TableCell>
    </TableRow>
  );
}
