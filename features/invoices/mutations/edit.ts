import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Invoice } from "@/features/invoices/api";
import { columnsOf, contentOf, contentOfRow, type InvoiceContent, isSameContent } from "@/features/invoices/content";
import { queueShare } from "@/features/invoices/mutations/queue-share";
import { alreadyThere, whyNotEditable } from "@/features/invoices/refusal";
import { type InvoiceRow, invoiceRow, toInvoice } from "@/features/invoices/row";
import { answerOf, duplicateKeyOf } from "@/features/invoices/rules";
import type { EditInvoiceInput } from "@/features/invoices/schema";
import { books, type Tx, transact } from "@/lib/db";
import { changedMeanwhile, notFound } from "@/lib/errors";
import { isUniqueViolation } from "@/lib/unique-violation";

/**
 * Changes an invoice that the business wrote itself, while nothing is paid or pending, and shares the change. What was returned is
 * CREATED again and goes out anew, also when it is saved as it was; else the same change again changes nothing. Guarded by one
 * conditional write: a payment that claims it at the same moment, or an answer of the other party's, either comes first, and this is
 * refused, or finds the new content.
 * @throws AppError NOT_FOUND; CONFLICT, in words.
 */
export async function editInvoice(
  scope: BusinessScope,
  id: string,
  input: EditInvoiceInput,
  now: Date,
): Promise<Invoice> {
  try {
    return await transact(scope, (tx) => editInvoiceIn(tx, scope, id, input, now));
  } catch (error) {
    // The new number or date makes it the same paper bill as another one.
    if (!isUniqueViolation(error)) throw error;
    const { side, counterpartyB2BId } = await read(books(scope), scope, id);
    const key = duplicateKeyOf({ ...input, counterpartyB2BId, issueDay: input.issueDate });
    throw await alreadyThere(books(scope), scope, side, key);
  }
}

async function read(tx: Tx, scope: BusinessScope, id: string) {
  const where = { businessId_id: { businessId: scope.businessId, id } };
  const row = await tx.invoice.findUnique({ where });
  if (!row) throw notFound("invoice");
  return invoiceRow.parse(row);
}

/** Whether an invoice says just that already, and nothing of the other party's is left to be answered by saying it again. */
const isWritten = (invoice: InvoiceRow, content: InvoiceContent): boolean =>
  isSameContent(contentOfRow(invoice), content) && answerOf(invoice) === null && !whyNotEditable(invoice);

async function editInvoiceIn(
  tx: Tx,
  scope: BusinessScope,
  id: string,
  { version, ...input }: EditInvoiceInput,
  now: Date,
): Promise<Invoice> {
  const before = await read(tx, scope, id);
  const content = contentOf({ ...input, description: input.description ?? before.description });
  if (isWritten(before, content)) return toInvoice(before, now);
  const duplicateKey = duplicateKeyOf({
    counterpartyB2BId: before.counterpartyB2BId,
    supplierInvoiceNumber: content.supplierInvoiceNumber,
    issueDay: content.issueDate,
  });
  const { count } = await tx.invoice.updateMany({
    where: {
      businessId: scope.businessId,
      id,
      version,
      origin: "OWN",
      paid: 0,
      pending: 0,
      baseStatus: { notIn: ["CANCELLED", "REJECTED"] },
    },
    data: {
      ...columnsOf(content),
      duplicateKey,
      version: version + 1,
      contentVersion: version + 1,
      status: "CREATED",
      baseStatus: "CREATED",
      remarks: null,
      updatedAt: now,
    },
  });
  const after = await read(tx, scope, id);
  if (count === 0) {
    // The same change a moment ago: sent again while its first try was under way.
    if (isWritten(after, content)) return toInvoice(after, now);
    throw whyNotEditable(after) ?? changedMeanwhile("invoice");
  }
  await recordAudit(tx, scope, {
    at: now,
    action: "invoice.edited",
    subjectKind: "invoice",
    subjectId: id,
    before: contentOfRow(before),
    after: content,
  });
  await queueShare(tx, { businessId: scope.businessId, invoiceId: id });
  return toInvoice(after, now);
}
