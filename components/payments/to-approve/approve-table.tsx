"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { type Doubts, DoubtsOf, hasDoubts } from "@/components/payments/approval-doubts";
import { invoiceWords } from "@/components/payments/payment-table";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Money } from "@/components/ui/money";
import { Mono } from "@/components/ui/mono";
import { Spinner } from "@/components/ui/spinner";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import { TextLink } from "@/components/ui/text-link";
import type { Payment } from "@/features/payments/api";
import { paymentQuery } from "@/features/payments/client";
import { amountInBank, waitedWords } from "@/features/payments/words";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { problemWords } from "@/lib/http/client";
import { formatRupees, paise } from "@/lib/money";
import { formatDate } from "@/lib/time";

interface Selection {
  chosen: readonly Payment[];
  mayChoose: (payment: Payment) => boolean;
  choose: (payments: readonly Payment[], isChosen: boolean) => void;
  /** While they are being approved. */
  isFixed: boolean;
}

interface ApproveTableProps {
  business: string;
  payments: readonly Payment[];
  /** What there is to ask about each, by its id; undefined until that is known. */
  doubts: ReadonlyMap<string, Doubts> | undefined;
  /** Null for who may only look. */
  selection: Selection | null;
}

/** What a second person looks at before they approve it. */
export function ApproveTable({ business, payments, doubts, selection }: ApproveTableProps) {
  return (
    <>
      {selection && (
        <div className="hidden border-line border-b px-4 py-2 text-[0.8125rem] stacked:block">
          <ChooseAll withLabel payments={payments} doubts={doubts} selection={selection} />
        </div>
      )}
      <Table label="Payments to approve">
        <TableHeader>
          <TableRow>
            {selection && (
              <TableHead className="w-10">
                <span className="sr-only">Choose to approve</span>
                {/* Stacked, the heading can't be seen: the list has one of its own above it. */}
                <span className="stacked:hidden">
                  <ChooseAll payments={payments} doubts={doubts} selection={selection} />
                </span>
              </TableHead>
            )}
            <TableHead>Supplier</TableHead>
            <TableHead>Paid on</TableHead>
            <TableHead>UTR</TableHead>
            <TableHead>Made by</TableHead>
            <TableHead numeric>Amount</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {payments.map((payment) => (
            <ApproveRow
              key={payment.objectId}
              business={business}
              payment={payment}
              doubts={doubts?.get(payment.objectId)}
              selection={selection}
            />
          ))}
        </TableBody>
      </Table>
    </>
  );
}

interface ChooseAllProps extends Pick<ApproveTableProps, "payments" | "doubts"> {
  selection: Selection;
  withLabel?: boolean;
}

/** Chooses all about which there is nothing to ask: the others are chosen one by one. */
function ChooseAll({ payments, doubts, selection, withLabel = false }: ChooseAllProps) {
  const plain = payments.filter((payment) => selection.mayChoose(payment) && !hasDoubts(doubts?.get(payment.objectId)));
  const count = plain.filter((payment) => selection.chosen.includes(payment)).length;
  const words = `Choose all ${plain.length === payments.length ? "" : "that can be "}`.trim();
  const isAll = count > 0 && count === plain.length;
  return (
    <Checkbox
      {...(withLabel ? { label: words } : { "aria-label": words })}
      checked={isAll}
      indeterminate={count > 0 && !isAll}
      disabled={selection.isFixed || plain.length === 0}
      onChange={() => selection.choose(plain, !isAll)}
    />
  );
}

interface ApproveRowProps {
  business: string;
  payment: Payment;
  doubts: Doubts | undefined;
  selection: Selection | null;
}

function ApproveRow({ business, payment, doubts, selection }: ApproveRowProps) {
  const [isOpen, setOpen] = useState(false);
  const billsId = useId();
  const { counterparty, mode, objectId, paidAt, utr } = payment;
  const amount = formatRupees(paise(amountInBank(payment)));
  const waited = waitedWords(payment);
  const isDoubtful = hasDoubts(doubts);
  const hasMore = isOpen || isDoubtful;
  return (
    <>
      <TableRow
        selected={selection?.chosen.includes(payment)}
        className={cn(hasMore && "stacked:border-b-0 stacked:pb-0 [&>*]:border-b-0 [&>*]:pb-0")}
      >
        {selection && (
          <TableCell stack="lead">
            <Checkbox
              aria-label={`Approve ${amount} to ${counterparty.name}, UTR ${utr}`}
              checked={selection.chosen.includes(payment)}
              disabled={selection.isFixed}
              whyNot={whyNot(payment, selection)}
              onChange={(event) => selection.choose([payment], event.target.checked)}
            />
          </TableCell>
        )}
        <TableCell namesRow stack="title" className="md:min-w-36 md:max-w-56">
          <TextLink
            href={`/b/${business}/payments/${objectId}`}
            aria-label={`${counterparty.name}, ${amount}`}
            className="inline-block py-0.5 [overflow-wrap:anywhere]"
          >
            {counterparty.name}
          </TextLink>
          <Button
            variant="ghost"
            size="sm"
            className="-ml-2 flex max-w-full text-left text-muted"
            aria-expanded={isOpen}
            aria-controls={billsId}
            aria-label={`Bills of ${amount} to ${counterparty.name}: ${invoiceWords(payment)}`}
            onClick={() => setOpen(!isOpen)}
          >
            <span className="min-w-0 truncate">{invoiceWords(payment)}</span>
            <ChevronDown aria-hidden className={cn("shrink-0 transition-transform", isOpen && "rotate-180")} />
          </Button>
        </TableCell>
        <TableCell stack="meta" className="whitespace-nowrap">
          {formatDate(new Date(paidAt))}
        </TableCell>
        <TableCell label="UTR" className="md:max-w-72">
          <Mono>{utr}</Mono>
          <span className="block text-[0.8125rem] text-muted">{MODE_LABELS[mode]}</span>
        </TableCell>
        <TableCell label="Made by" className="[overflow-wrap:anywhere]">
          {payment.createdBy}
          {waited && <span className="block text-[0.8125rem] text-muted">{waited} ago</span>}
        </TableCell>
        <TableCell numeric stack="aside" className="font-semibold">
          <Money paise={paise(amountInBank(payment))} />
          {payment.adjustmentPaise > 0 && payment.netPaise > 0 && (
            <span className="block font-normal text-[0.8125rem] text-muted">
              settles <Money paise={paise(payment.totalPaise)} />
            </span>
          )}
        </TableCell>
      </TableRow>
      {hasMore && (
        <TableRow selected={selection?.chosen.includes(payment)} className="stacked:pt-0">
          <TableCell
            stack="wide"
            colSpan={selection ? 6 : 5}
            id={billsId}
            className={cn("pt-1 text-[0.8125rem]", selection && "md:first:pl-17")}
          >
            {isDoubtful && (
              <div className="text-warning-ink">
                <DoubtsOf business={business} payment={payment} doubts={doubts} />
              </div>
            )}
            {isOpen && <BillsOf business={business} objectId={objectId} />}
          </TableCell>
        </TableRow>
      )}
    </>
  );
}

function whyNot(payment: Payment, selection: Selection): string | null {
  if (payment.approval?.madeByYou) return "You made this one: somebody else approves it";
  return selection.mayChoose(payment) || selection.isFixed ? null : "It couldn't be approved: see above why";
}

/** What a payment settles, bill by bill. */
function BillsOf({ business, objectId }: { business: string; objectId: string }) {
  const { data, error } = useQuery({ ...paymentQuery(business, objectId), refetchInterval: false });
  if (error) return <p className="text-danger-ink">{problemWords(error)}</p>;
  if (!data) return <Spinner label="Reading its bills" />;
  return (
    <ul className="flex flex-col gap-1">
      {data.lines.map((line) => (
        <li key={line.invoiceId} className="flex flex-wrap justify-between gap-x-4">
          <TextLink
            href={`/b/${business}/bills/${line.invoiceId}`}
            className="inline-block py-0.5 [overflow-wrap:anywhere]"
          >
            {line.supplierInvoiceNumber}
          </TextLink>
          <span className="text-muted">
            <Money paise={paise(line.netPaise)} /> paid
            {line.splits.map((split) => (
              <span key={`${split.name} ${split.refNo} ${split.valuePaise}`}>
                {" + "}
                <Money paise={paise(split.valuePaise)} /> {split.name}
              </span>
            ))}
            {line.adjustmentPaise > 0 && (
              <>
                {" = "}
                <Money paise={paise(line.totalPaise)} className="text-ink" />
              </>
            )}
            {line.totalPaise < line.invoiceDuePaise && (
              <>
                {" "}
                of <Money paise={paise(line.invoiceDuePaise)} /> due
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
