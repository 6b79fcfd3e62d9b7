"use client";

import { ArrowLeft, Send } from "lucide-react";
import { useEffect, useRef } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import type { Counterparty } from "@/features/counterparties/api";
import type { PayBill } from "@/features/payments/form";
import { lineTotal, type PaymentRequest, paymentTotals } from "@/features/payments/schema";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { formatDateTime } from "@/lib/time";

interface PayReviewProps {
  request: PaymentRequest;
  supplier: Counterparty;
  bills: readonly PayBill[];
  error: Error | null;
  isSending: boolean;
  onBack: () => void;
  onSend: () => void;
}

/** Says in words what will be sent, before it is. */
export function PayReview({ request, supplier, bills, error, isSending, onBack, onSend }: PayReviewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { net, adjustment, total } = paymentTotals(request.lines);
  return (
    <Card className="max-w-2xl">
      <CardBody className="flex flex-col gap-4 sm:p-6">
        <h2 ref={heading} tabIndex={-1} className="font-semibold text-base outline-none">
          Is this right?
        </h2>
        <p className="text-[0.9375rem] leading-6">
          You tell <strong>{supplier.name}</strong> that you paid <Money paise={net} className="font-semibold" /> by{" "}
          {MODE_LABELS[request.mode]}, {request.mode === "CHEQUE" ? "cheque number" : "UTR"}{" "}
          <strong className="[overflow-wrap:anywhere] font-mono text-[0.875rem]">{request.utr}</strong>, on{" "}
          {formatDateTime(new Date(request.paidAt))},{" "}
          {request.type === "ONPLATFORM" ? "on the platform" : "off the platform"}
          {adjustment > 0 && (
            <>
              , and that <Money paise={adjustment} className="font-semibold" /> is adjusted
            </>
          )}
          . Together this settles <Money paise={total} className="font-semibold" />:
        </p>
        <ul className="flex flex-col divide-y divide-line border-line border-y">
          {request.lines.map((line) => {
            const bill = bills.find((one) => one.id === line.invoiceId);
            const rest = (bill?.duePaise ?? 0) - lineTotal(line);
            return (
              <li key={line.invoiceId} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 py-2.5">
                <span className="min-w-0 break-words">
                  <span className="font-medium">{bill?.supplierInvoiceNumber}</span>
                  <span className="block text-[0.8125rem] text-muted">
                    {rest === 0 ? "settled in full" : "in part"}
                    {line.splits.map((split) => (
                      <span key={`${split.name}${split.refNo}${split.valuePaise}`}>
                        {", "}
                        <Money paise={split.valuePaise} /> {split.name === "TDS" ? "TDS" : split.name.toLowerCase()}
                        {split.refNo && ` (${split.refNo})`}
                      </span>
                    ))}
                  </span>
                </span>
                <Money paise={lineTotal(line)} className="font-semibold" />
              </li>
            );
          })}
        </ul>
        {error && (
          <Alert tone="danger" title="It could not be sent" live>
            {error.message} Nothing you entered is lost, and trying again can't pay twice.
          </Alert>
        )}
      </CardBody>
      <CardFooter>
        <Button variant="secondary" onClick={onBack} disabled={isSending}>
          <ArrowLeft aria-hidden /> Back
        </Button>
        <Button variant="primary" loading={isSending} onClick={onSend}>
          <Send aria-hidden /> {error ? "Try again" : "Send payment"}
        </Button>
      </CardFooter>
    </Card>
  );
}
