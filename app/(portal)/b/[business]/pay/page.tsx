import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PayDesk } from "@/components/pay/pay-desk";
import { TakenLinks } from "@/components/pay/taken-links";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getCounterparty } from "@/features/counterparties/data";
import type { InvoiceDetail } from "@/features/invoices/api";
import { getInvoice } from "@/features/invoices/data";
import { getPayment } from "@/features/payments/data";
import type { PayBill, TakenBy } from "@/features/payments/form";
import { MAX_BILLS } from "@/features/payments/schema";

export const metadata: Metadata = { title: "Pay" };

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
  // Only what came to nothing is paid again.
  if (again && !(again.side === "outgoing" && ["REJECTED", "FAILED"].includes(again.status)))
    redirect(`/b/${business}/payments/${again.objectId}`);
  const ids = again ? again.lines.map((line) => line.invoiceId) : [invoice ?? []].flat().slice(0, MAX_BILLS);
  if (ids.length === 0) redirect(`/b/${business}/bills`);
  const invoices = await Promise.all([...new Set(ids)].map((id) => orNotFound(getInvoice(scope, id))));
  const bills = invoices.filter((bill) => bill.side === "payable" && bill.duePaise > 0);
  const supplierB2BId = bills[0]?.counterparty.b2bId;
  if (!supplierB2BId) return <NothingDue business={business} payments={invoices.flatMap(takenOf)} />;
  const payable = bills.filter((bill) => bill.counterparty.b2bId === supplierB2BId);
  return (
    <PayDesk
      business={businessName(business)}
      supplier={await orNotFound(getCounterparty(scope, supplierB2BId, "payable"))}
      bills={payable.map(toPayBill)}
      leftOut={invoices.filter((bill) => !payable.includes(bill)).map(toPayBill)}
      again={again}
    />
  );
}

/** What the form needs of a bill, and no more. */
function toPayBill(invoice: InvoiceDetail): PayBill {
  const { id, supplierInvoiceNumber, duePaise, totalPaise, issueDate, dueDate, description } = invoice;
  const taken = takenOf(invoice).slice(0, 3);
  return { id, supplierInvoiceNumber, duePaise, totalPaise, issueDate, dueDate, description, taken };
}

/** The payments that hold a part of a bill, newest first. */
function takenOf({ payments }: InvoiceDetail): TakenBy[] {
  return payments
    .filter(({ side, status }) => side === "outgoing" && status !== "REJECTED" && status !== "FAILED")
    .map(({ objectId, paidAt, totalPaise }) => ({ objectId, paidAt, totalPaise }));
}

/** Also where the page is read anew because a payment was refused: what took the bills meanwhile is one press away. */
function NothingDue({ business, payments }: { business: string; payments: readonly TakenBy[] }) {
  const first = payments.filter(
    ({ objectId }, index) => payments.findIndex((one) => one.objectId === objectId) === index,
  );
  return (
    <>
      <PageHeader breadcrumbs={[{ href: `/b/${business}/bills`, label: "Bills" }]} title="Pay" />
      <EmptyState
        title="Nothing is due any more"
        actions={<LinkButton href={`/b/${business}/bills`}>See your bills</LinkButton>}
      >
        These bills are paid, or a payment for them is on its way. Nothing was sent from here.
        {first.length > 0 && (
          <p>
            <TakenLinks business={business} payments={first.slice(0, 5)} />
          </p>
        )}
      </EmptyState>
    </>
  );
}
