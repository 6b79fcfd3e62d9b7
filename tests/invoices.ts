import type { BusinessScope } from "@/features/businesses/scope";
import { createInvoice } from "@/features/invoices/mutations/create";
import { type CreateInvoiceInput, createInvoiceSchema, type EditInvoiceInput } from "@/features/invoices/schema";
import { createPayment } from "@/features/payments/mutations/create";
import { mintInvoiceObjectId } from "@/lib/ids";
import { paise } from "@/lib/money";
import { paymentOf } from "@/tests/books";
import { prisma } from "@/tests/prisma";
import { shareAnswer } from "@/worker/tasks/share-answer";
import { shareInvoice } from "@/worker/tasks/share-invoice";

export const TODAY = new Date("2026-11-20T15:00:00+05:30");

let serial = 0;

/** A bill as a page would ask for it to be written down: ₹1,000, due on 1 December. */
export function billOf(
  other: { b2bId: string; name?: string },
  changes: Partial<Omit<CreateInvoiceInput, "totalPaise">> & { totalPaise?: number } = {},
): CreateInvoiceInput {
  serial++;
  return createInvoiceSchema.parse({
    objectId: mintInvoiceObjectId(),
    side: "receivable",
    counterparty: { b2bId: other.b2bId, name: other.name ?? other.b2bId },
    supplierInvoiceNumber: `KV/${serial}`,
    description: "Steel pipes",
    issueDate: "2026-11-01",
    dueDate: "2026-12-01",
    totalPaise: 100_000,
    ...changes,
  });
}

/** A row of a later file for a bill, each time with an id of its own. */
export const rowOf = ({ counterparty, side: _, ...content }: CreateInvoiceInput, changes: object = {}) => ({
  ...content,
  counterparty: { b2bId: counterparty.b2bId },
  objectId: mintInvoiceObjectId(),
  ...changes,
});

/** What an edit form would send for an invoice as it stands, with these changes. */
export function editOf(
  bill: CreateInvoiceInput,
  version: number,
  changes: Partial<Omit<EditInvoiceInput, "totalPaise">> & { totalPaise?: number } = {},
): EditInvoiceInput {
  const { supplierInvoiceNumber, description, issueDate, dueDate } = bill;
  const totalPaise = paise(changes.totalPaise ?? bill.totalPaise);
  return { version, supplierInvoiceNumber, description, issueDate, dueDate, ...changes, totalPaise };
}

/** Writes an invoice down and shows it to its other party, as the worker does. */
export async function createShared(scope: BusinessScope, bill: CreateInvoiceInput, now = TODAY): Promise<string> {
  const { id } = await createInvoice(scope, bill, now);
  await share(scope, id, now);
  return id;
}

/** Shows an invoice to its other party, as the worker does. */
export function share({ businessId }: { businessId: string }, invoiceId: string, now = TODAY): Promise<void> {
  return shareInvoice({ businessId, invoiceId }, () => now);
}

/** Shows what was made of an invoice to the party that wrote it, as the worker does. */
export function shareAnswerTo({ businessId }: { businessId: string }, invoiceId: string, now = TODAY): Promise<void> {
  return shareAnswer({ businessId, invoiceId }, () => now);
}

/** A buyer's request to pay so many paise of one of its bills. */
export function payBill(buyer: BusinessScope, supplier: BusinessScope, id: string, net: number) {
  const pair = { objectId: "", number: "", payableId: id, receivableId: "" };
  return createPayment(buyer, paymentOf(supplier, [{ invoice: pair, net }]), TODAY);
}

/** The one invoice that a business has under a number, or null. */
export function invoiceOf(scope: BusinessScope, supplierInvoiceNumber: string) {
  return prisma.invoice.findFirst({ where: { businessId: scope.businessId, supplierInvoiceNumber } });
}

/** What the audit trail says happened to an invoice, in order. */
export async function actionsOn(scope: BusinessScope, id: string): Promise<string[]> {
  const events = await prisma.auditEvent.findMany({
    where: { businessId: scope.businessId, subjectKind: "invoice", subjectId: id },
    orderBy: { id: "asc" },
  });
  return events.map((event) => event.action);
}
