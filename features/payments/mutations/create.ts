import "server-only";
import { recordAudit } from "@/features/audit/record";
import type { BusinessScope } from "@/features/businesses/scope";
import { lockInvoices, moveAmounts, whyNot } from "@/features/invoices/amounts";
import { insertLines } from "@/features/payments/lines";
import { tellSupplier } from "@/features/payments/mutations/tell";
import type { BookRefusal } from "@/features/payments/refusal";
import { isStillToCome, needsApproval } from "@/features/payments/rules";
import { lineTotal, type PaymentRequest, paymentTotals } from "@/features/payments/schema";
import { type MatchedLine, reqPayOf } from "@/features/payments/wire";
import { contentHash } from "@/features/protocol/content-hash";
import { type Tx, transactUnless } from "@/lib/db";
import { ZERO } from "@/lib/money";

export type CreateOutcome =
  | { kind: "created"; objectId: string }
  /** The same request again: the payment is there already, and nothing was paid twice. */
  | { kind: "replayed"; objectId: string }
  | { kind: "refused"; refusal: BookRefusal };

/** Creates an outgoing payment and sends it on its way, or has it wait for approval, in a transaction of its own. */
export function createPayment(scope: BusinessScope, request: PaymentRequest, now: Date): Promise<CreateOutcome> {
  return transactUnless<CreateOutcome>(
    scope,
    (outcome) => outcome.kind === "refused",
    (tx) => createPaymentIn(tx, scope, request, now),
  );
}

/**
 * Creates an outgoing payment: its rows, what it claims of the bills, its req-pay in the queue, and the audit line. One that needs
 * approval claims its bills likewise, and its supplier hears of it once a second person has approved it (`approvePayment`).
 * The payment's row goes in first, so that of two requests with one id the second waits, and then finds the first.
 * On "refused" the caller must roll back.
 */
export async function createPaymentIn(
  tx: Tx,
  scope: BusinessScope,
  request: PaymentRequest,
  now: Date,
): Promise<CreateOutcome> {
  if (request.supplierB2BId === scope.b2bId) return { kind: "refused", refusal: { code: "SAME_PARTY" } };
  const { objectId } = request;
  const requestHash = hashOf(request);
  const business = await tx.business.findUniqueOrThrow({
    where: { id: scope.businessId },
    select: { geocode: true, approvalFrom: true },
  });
  const supplier = await tx.counterparty.findUnique({
    where: { businessId_b2bId: { businessId: scope.businessId, b2bId: request.supplierB2BId } },
  });
  const totals = paymentTotals(request.lines);
  const isHeld = needsApproval(business.approvalFrom, totals.total);
  const status = isHeld ? "AWAITING_APPROVAL" : "SENDING";
  const { count } = await tx.payment.createMany({
    data: [
      {
        businessId: scope.businessId,
        objectId,
        side: "OUTGOING",
        counterpartyB2BId: request.supplierB2BId,
        counterpartyName: supplier?.name ?? request.supplierB2BId,
        type: request.type,
        mode: request.mode,
        utr: request.utr,
        paidAt: new Date(request.paidAt),
        ...totals,
        status,
        requestHash,
        createdBy: scope.actor.name,
        ...(isHeld && {
          makerId: scope.actor.id,
          geocode: request.geocode ?? null,
          additionalInfos: request.additionalInfos ?? [],
        }),
        createdAt: now,
        updatedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return replay(tx, scope, objectId, requestHash);
  if (isStillToCome(new Date(request.paidAt), now)) return { kind: "refused", refusal: { code: "TIMESTAMP_INVALID" } };

  const matched = await matchLines(tx, scope, request);
  if ("code" in matched) return { kind: "refused", refusal: matched };
  if (!supplier) return { kind: "refused", refusal: { code: "INVOICE_NOT_FOUND", line: 0 } };

  const message = reqPayOf({ request, lines: matched, buyer: { b2bId: scope.b2bId, ...business }, supplier });
  await insertLines(
    tx,
    scope,
    objectId,
    message.payment.lines.map((content, index) => ({ invoiceId: matched[index]?.invoice.id ?? "", content })),
  );
  await moveAmounts(
    tx,
    scope,
    matched.map(({ line, invoice }) => ({
      invoice,
      paid: ZERO,
      pending: lineTotal(line),
      version: isHeld ? invoice.version : invoice.version + 1,
    })),
    now,
  );
  if (!isHeld) await tellSupplier(tx, scope, message, now);
  await recordAudit(tx, scope, {
    at: now,
    action: "payment.created",
    subjectKind: "payment",
    subjectId: objectId,
    after: { status, ...totals, utr: request.utr, mode: request.mode, type: request.type },
  });
  return { kind: "created", objectId };
}

/** Equal for two requests that ask for the same payment, whatever the order of their lines. */
function hashOf({ geocode: _where, additionalInfos = [], lines, ...rest }: PaymentRequest): string {
  const sorted = [...lines].sort((a, b) => (a.invoiceId < b.invoiceId ? -1 : 1));
  return contentHash({ ...rest, additionalInfos, paidAt: new Date(rest.paidAt).toISOString(), lines: sorted });
}

async function replay(tx: Tx, scope: BusinessScope, objectId: string, requestHash: string): Promise<CreateOutcome> {
  const first = await tx.payment.findUniqueOrThrow({
    where: { businessId_objectId: { businessId: scope.businessId, objectId } },
    select: { side: true, requestHash: true },
  });
  return first.side === "OUTGOING" && first.requestHash === requestHash
    ? { kind: "replayed", objectId }
    : { kind: "refused", refusal: { code: "DUPLICATE_CONFLICT" } };
}

/** Locks the bills and finds each line's; a bill that isn't this supplier's, or can't take the amount, refuses the payment. */
async function matchLines(
  tx: Tx,
  scope: BusinessScope,
  { lines, supplierB2BId }: PaymentRequest,
): Promise<MatchedLine[] | BookRefusal> {
  const ids = lines.map((line) => line.invoiceId);
  const byId = new Map((await lockInvoices(tx, scope, ids)).map((invoice) => [invoice.id, invoice]));
  const matched: MatchedLine[] = [];
  for (const [index, line] of lines.entries()) {
    const invoice = byId.get(line.invoiceId);
    if (invoice?.side !== "PAYABLE" || invoice.counterpartyB2BId !== supplierB2BId)
      return { code: "INVOICE_NOT_FOUND", line: index };
    const code = whyNot(invoice, lineTotal(line));
    if (code) return { code, line: index, invoice, amount: lineTotal(line) };
    matched.push({ line, invoice });
  }
  return matched;
}
