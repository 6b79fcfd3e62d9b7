"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { forgetChosen } from "@/components/invoices/chosen-bills";
import { type Draft, draftKey, draftToOpen, loadDraft, saveDraft } from "@/components/pay/draft";
import { PayForm } from "@/components/pay/pay-form";
import { TakenLinks } from "@/components/pay/taken-links";
import { SENT_ALREADY, useOpenIfMade } from "@/components/pay/use-open-if-made";
import { Alert } from "@/components/ui/alert";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useTabStorage } from "@/components/ui/tab-storage";
import type { Counterparty } from "@/features/counterparties/api";
import type { PaymentDetail } from "@/features/payments/api";
import { emptyPayValues, type PayBill, payValuesFrom } from "@/features/payments/form";
import { formatRupees, paise } from "@/lib/money";
import { portalNow } from "@/lib/portal-clock";

interface PayDeskProps {
  business: string;
  /** From how many paise on a second person approves a payment; null: none is asked. */
  approvalFrom: number | null;
  supplier: Counterparty;
  bills: readonly PayBill[];
  /** The failed or rejected payment that is paid anew. */
  again?: PaymentDetail | null;
  /** Bills that were asked for but can't be paid with these. */
  leftOut: readonly LeftOut[];
}

type LeftOut = Pick<PayBill, "id" | "supplierInvoiceNumber" | "taken">;

/**
 * Opens the pay form from its draft or afresh. A draft that was sent before (a reload while it was on its way, a lost reply) first asks
 * whether the payment is there: then its page is the answer.
 */
export function PayDesk({ business, approvalFrom, supplier, bills, again, leftOut }: PayDeskProps) {
  const router = useRouter();
  const tab = useTabStorage();
  const ids = bills.map((bill) => bill.id);
  const asked = [...bills, ...leftOut].map((bill) => bill.id);
  const key = draftKey(business, asked, again?.objectId);
  const { open, openIfMade } = useOpenIfMade(business, key, asked);
  const [draft, setDraft] = useState<Draft | null>(null);
  const opened = useRef(false);
  const inForm = draft ? bills.filter(({ id }) => draft.values.lines.some((line) => line.invoiceId === id)) : bills;
  // As the page came: what has changed since is told.
  const [first] = useState(bills);

  useEffect(() => {
    forgetChosen(
      tab,
      business,
      leftOut.map((bill) => bill.id),
    );
  }, [tab, business, leftOut]);

  useEffect(() => {
    if (opened.current) return;
    opened.current = true;
    const now = portalNow();
    const kept = loadDraft(tab, key, ids);
    const begin = () => {
      const next = draftToOpen(
        kept,
        (at) => (again ? payValuesFrom(again, bills, at) : emptyPayValues(bills, at)),
        now,
      );
      saveDraft(tab, key, next);
      setDraft(next);
    };
    if (!kept?.sent) return begin();
    void openIfMade(kept.objectId).then((made) => (made ? toast.info(SENT_ALREADY) : begin()));
  });

  return (
    <>
      <PageHeader
        breadcrumbs={[{ href: `/b/${business}/bills`, label: "Bills" }]}
        title={
          again
            ? `${again.status === "REJECTED" ? "Rejected" : "Failed"} payment to ${supplier.name}`
            : `Pay ${supplier.name}`
        }
        description={`${inForm.length === 1 ? "One bill." : `${inForm.length} bills in one payment.`} Chukta moves no money: you pay from your own bank, and what you enter here is recorded and told to the supplier.`}
      />
      <Changes business={business} first={first} bills={bills} leftOut={leftOut} />
      {draft ? (
        <PayForm
          business={business}
          approvalFrom={approvalFrom}
          supplier={supplier}
          bills={bills}
          draft={draft}
          again={again}
          onChange={(values, sent) => saveDraft(tab, key, { ...draft, values, sent })}
          onPaid={open}
          onRefused={async () => {
            const made = await openIfMade(draft.objectId);
            if (made)
              toast.info("This payment had been sent already. What you changed since was not.", { duration: 15_000 });
            // What is due is no longer what the form shows: the page reads it anew, and what is typed stays.
            else router.refresh();
            return made;
          }}
        />
      ) : (
        <SkeletonRows rows={6} label="Opening the form" />
      )}
    </>
  );
}

interface ChangesProps {
  business: string;
  first: readonly PayBill[];
  bills: readonly PayBill[];
  leftOut: readonly LeftOut[];
}

/** Which bills can't be paid here, or not as much as when the page came, and what has taken it. */
function Changes({ business, first, bills, leftOut }: ChangesProps) {
  const changed = bills.flatMap((bill) => {
    const before = first.find((one) => one.id === bill.id)?.duePaise;
    return before === undefined || before === bill.duePaise ? [] : [{ bill, before }];
  });
  const taken = leftOut.filter((bill) => bill.taken.length > 0);
  return (
    <>
      {leftOut.length > 0 && (
        <Alert
          tone="warning"
          className="mb-4"
          title={`Left out: ${leftOut.map((bill) => bill.supplierInvoiceNumber).join(", ")}`}
          live
        >
          <p>Nothing is due there any more, or it is a bill of another supplier.</p>
          {taken.map((bill) => (
            <p key={bill.id}>
              {bill.supplierInvoiceNumber}: <TakenLinks business={business} payments={bill.taken} />
            </p>
          ))}
        </Alert>
      )}
      {changed.length > 0 && (
        <Alert tone="warning" className="mb-4" title="What is due has changed since you opened this page" live>
          {changed.map(({ bill, before }) => (
            <p key={bill.id}>
              {bill.supplierInvoiceNumber}: {formatRupees(paise(bill.duePaise))}, no longer{" "}
              {formatRupees(paise(before))}. <TakenLinks business={business} payments={bill.taken} />
            </p>
          ))}
        </Alert>
      )}
    </>
  );
}
