import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NothingDue } from "@/components/pay/nothing-due";
import { PayDesk } from "@/components/pay/pay-desk";
import { getBusiness } from "@/features/businesses/data";
import { orNotFound } from "@/features/businesses/page-data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { getCounterparty } from "@/features/counterparties/data";
import { type BillToPay, getBillsToPay } from "@/features/invoices/data";
import { getPayment } from "@/features/payments/data";
import type { PayBill } from "@/features/payments/form";
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
  const invoices = await orNotFound(getBillsToPay(scope, [...new Set(ids)]));
  const bills = invoices.filter((bill) => bill.side === "payable" && bill.duePaise > 0);
  const supplierB2BId = bills[0]?.counterparty.b2bId;
  if (!supplierB2BId) {
    const asked = invoices.map(({ id }) => id);
    return (
      <NothingDue
        business={businessName(business)}
        asked={asked}
        again={again?.objectId}
        payments={invoices.flatMap(({ heldBy }) => heldBy)}
      />
    );
  }
  const payable = bills.filter((bill) => bill.counterparty.b2bId === supplierB2BId);
  const [{ approvalFromPaise }, supplier] = await Promise.all([
    getBusiness(scope),
    orNotFound(getCounterparty(scope, supplierB2BId, "payable")),
  ]);
  return (
    <PayDesk
      business={businessName(business)}
      approvalFrom={approvalFromPaise}
      supplier={supplier}
      bills={payable.map(toPayBill)}
      leftOut={invoices.filter((bill) => !payable.includes(bill)).map(toPayBill)}
      again={again}
    />
  );
}

/** What the form needs of a bill, and no more. */
function toPayBill(invoice: BillToPay): PayBill {
  const { id, supplierInvoiceNumber, duePaise, totalPaise, issueDate, dueDate, description, heldBy } = invoice;
  return {
    id,
    supplierInvoiceNumber,
    duePaise,
    totalPaise,
    issueDate,
    dueDate,
    description,
    taken: heldBy.slice(0, 3),
  };
}
