"use client";

import { useQuery } from "@tanstack/react-query";
import { IndianRupee, Pencil } from "lucide-react";
import { useEffect } from "react";
import { broughtAt } from "@/components/brought-at";
import { AlikeNotice } from "@/components/invoices/alike-notice";
import { AnswerInvoice } from "@/components/invoices/answer-invoice";
import { CancelInvoice } from "@/components/invoices/cancel-invoice";
import { forgetChosen } from "@/components/invoices/chosen-bills";
import { InvoiceAnswer } from "@/components/invoices/invoice-answer";
import { InvoicePayments } from "@/components/invoices/invoice-payments";
import { InvoiceStatusBadge } from "@/components/invoices/invoice-status";
import { PaymentReturned } from "@/components/invoices/payment-returned";
import { useListHref } from "@/components/lists/list-place";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { LinkButton } from "@/components/ui/link-button";
import { Money } from "@/components/ui/money";
import { Mono } from "@/components/ui/mono";
import { NotRefreshed } from "@/components/ui/not-refreshed";
import { PageHeader } from "@/components/ui/page-header";
import { useTabStorage } from "@/components/ui/tab-storage";
import { Timeline, TimelineItem } from "@/components/ui/timeline";
import type { InvoiceDetail } from "@/features/invoices/api";
import { invoiceQuery } from "@/features/invoices/client";
import { isToApprove, SIDE_WORDS } from "@/features/invoices/words";
import { paise } from "@/lib/money";
import { formatDateTime, formatDay } from "@/lib/time";

interface InvoiceViewProps {
  business: string;
  initial: InvoiceDetail;
  mayAct: boolean;
}

/** A bill or an invoice: its amounts, its payments, its history. */
export function InvoiceView({ business, initial, mayAct }: InvoiceViewProps) {
  const { data: invoice, isError } = useQuery({
    ...invoiceQuery(business, initial.id),
    initialData: initial,
    initialDataUpdatedAt: broughtAt(initial),
  });
  const tab = useTabStorage();
  const isBill = invoice.side === "payable";
  const { one, many: folder } = SIDE_WORDS[invoice.side];
  const list = useListHref(`/b/${business}/${folder}`);
  const isDue = invoice.duePaise > 0;
  const toApprove = isToApprove(invoice);
  // Paid or cancelled, it leaves the list of what is due, where nothing would take it out of what is chosen to be paid.
  useEffect(() => {
    if (!isDue) forgetChosen(tab, business, [invoice.id]);
  }, [tab, business, invoice.id, isDue]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ href: list, label: isBill ? "Bills" : "Invoices" }]}
        title={invoice.supplierInvoiceNumber}
        description={`${isBill ? "From" : "To"} ${invoice.counterparty.name}${invoice.description && `: ${invoice.description}`}`}
        badge={<InvoiceStatusBadge invoice={invoice} toApprove={toApprove} />}
        actions={
          mayAct && (
            <>
              <CancelInvoice business={business} invoice={invoice} />
              {invoice.editable && (
                <LinkButton
                  href={`/b/${business}/${folder}/${invoice.id}/edit`}
                  variant={invoice.status === "RETURNED" ? "primary" : "secondary"}
                >
                  <Pencil aria-hidden /> {invoice.status === "RETURNED" ? "Correct" : "Edit"}
                </LinkButton>
              )}
              {invoice.origin === "COUNTERPARTY" && <AnswerInvoice business={business} invoice={invoice} />}
              {isBill && isDue && (
                <LinkButton variant="primary" href={`/b/${business}/pay?invoice=${invoice.id}`}>
                  <IndianRupee aria-hidden /> Pay
                </LinkButton>
              )}
            </>
          )
        }
      />
      {isError && <NotRefreshed what="page" className="mb-4" />}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <InvoiceAnswer business={business} invoice={invoice} mayAct={mayAct} />
          <AlikeNotice business={business} invoice={invoice} />
          <PaymentReturned business={business} invoice={invoice} />
          <Card aria-label="Details">
            <CardBody>
              <DescriptionList layout="grid">
                <DescriptionItem term="Amount">
                  <Money paise={paise(invoice.totalPaise)} className="font-semibold" />
                </DescriptionItem>
                <DescriptionItem term="Paid or adjusted">
                  <Money paise={paise(invoice.paidPaise)} />
                </DescriptionItem>
                <DescriptionItem term={toApprove ? "To approve" : "On its way"}>
                  <Money paise={paise(invoice.pendingPaise)} />
                </DescriptionItem>
                <DescriptionItem term="Still due">
                  <Money paise={paise(invoice.duePaise)} className="font-semibold" />
                </DescriptionItem>
                <DescriptionItem term="Invoice date">{formatDay(invoice.issueDate)}</DescriptionItem>
                <DescriptionItem term="Due date">
                  {formatDay(invoice.dueDate)}
                  {invoice.overdue && (
                    <span className="block text-[0.8125rem] text-danger-ink">
                      {invoice.daysOverdue} {invoice.daysOverdue === 1 ? "day" : "days"} overdue
                    </span>
                  )}
                </DescriptionItem>
                <DescriptionItem term={isBill ? "Supplier's B2B ID" : "Buyer's B2B ID"} wide>
                  <Mono copy={{ label: "B2B ID", value: invoice.counterparty.b2bId }}>
                    {invoice.counterparty.b2bId}
                  </Mono>
                </DescriptionItem>
              </DescriptionList>
            </CardBody>
          </Card>
          <InvoicePayments business={business} invoice={invoice} />
        </div>
        <Card>
          <CardHeader title="History" />
          <CardBody>
            <Timeline label={`What happened to this ${one}`}>
              {invoice.history.map((event) => (
                <TimelineItem
                  key={`${event.at} ${event.action}`}
                  title={event.words}
                  time={formatDateTime(new Date(event.at))}
                >
                  {event.actor}
                </TimelineItem>
              ))}
            </Timeline>
          </CardBody>
        </Card>
      </div>
    </>
  );
}
