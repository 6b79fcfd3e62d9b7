import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PayDesk } from "@/components/pay/pay-desk";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getCounterparty } from "@/features/counterparties/data";
import { getInvoice } from "@/features/invoices/data";
import { getPayment } from "@/features/payments/data";
import type { PayBill } from "@/features/payments/form";

export const metadata: Metadata = { title: "Pay" };

/** As many bills as one payment takes. */
const MOST = 100;

interface PayPageProps {
  params: Promise<{ business: string }>;
  searchParams: Promise<{ invoice?: string | string[]; again?: string }>;
}

export default async function PayPage({ params, searchParams }: PayPageProps) {
  const { business } = await params;
  const scope = await pageScope(business);
  const { invoice, again: againId } = await searchParams;
  if (!mayAct(scope.role, "FINANCE")) redirect(`/b/${business}/bills`);

  const again = againId ? await orNotFound(getPayment(scope, againId)) : null;
  const ids = again ? again.lines.map((line) => line.invoiceId) : [invoice ?? []].flat().slice(0, MOST);
  if (ids.length === 0) redirect(`/b/${business}/bills`);
  const invoices = await Promise.all([...new Set(ids)].map((id) => orNotFound(getInvoice(scope, id))));
  const bills = invoices.filter((bill) => bill.side === "payable" && bill.duePaise > 0);
  const supplierB2BId = bills[0]?.counterparty.b2bId;
  if (!supplierB2BId)
    return (
      <EmptyState
        title="Nothing is due any more"
        actions={<LinkButton href={`/b/${business}/bills`}>See your bills</LinkButton>}
      >
        These bills are paid, or a payment for them is on its way.
      </EmptyState>
    );
  const payable = bills.filter((bill) => bill.counterparty.b2bId === supplierB2BId);
  return (
    <PayDesk
      business={businessName(business)}
      supplier={await orNotFound(getCounterparty(scope, supplierB2BId, "payable"))}
      bills={payable.map(toPayBill)}
      leftOut={invoices.filter((bill) => !payable.includes(bill)).map((bill) => bill.supplierInvoiceNumber)}
      again={again}
    />
  );
}

/** What the form needs of a bill, and no more. */
function toPayBill({ id, supplierInvoiceNumber, duePaise, totalPaise, dueDate, description }: PayBill): PayBill {
  return { id, supplierInvoiceNumber, duePaise, totalPaise, dueDate, description };
}
