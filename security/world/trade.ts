import { answerPayment } from "@/features/confirmations/mutations/answer";
import { createPayment } from "@/features/payments/mutations/create";
import type { PaymentRequest } from "@/features/payments/schema";
import type { ReqPay, ReqPayConfirmation } from "@/features/protocol/schema";
import { mintPaymentObjectId } from "@/lib/ids";
import { paise, ZERO } from "@/lib/money";
import { postToPortal } from "@/prisma/demo/carrier";
import { billOf, createShared } from "@/tests/invoices";
import { respPayOf } from "@/tests/trade";
import { rows } from "./sql";
import { type Business, CANARY } from "./world";

/** One invoice in both parties' books. */
export interface Bill {
  objectId: string;
  number: string;
  /** The row that the buyer has, and the one that the supplier has. */
  payableId: string;
  receivableId: string;
}

const AMOUNT = paise(100_000);

/** A fresh invoice, raised by the supplier and shown to the buyer; of ₹1,000 unless `totalPaise` says otherwise. */
export async function makeBill(buyer: Business, supplier: Business, totalPaise: number = AMOUNT): Promise<Bill> {
  const bill = billOf(buyer, { description: `Pipes for ${CANARY}`, totalPaise });
  const receivableId = await createShared(supplier.scope, bill);
  const [copy] = await rows<{ id: string }>(
    "SELECT id FROM invoice WHERE business_id = $1 AND object_id = $2",
    buyer.scope.businessId,
    bill.objectId,
  );
  if (!copy) throw new Error(`${bill.supplierInvoiceNumber} was not shared`);
  return { objectId: bill.objectId, number: bill.supplierInvoiceNumber, payableId: copy.id, receivableId };
}

/** What the buyer's page would send to pay a bill in full. */
export function requestFor(supplier: Business, bill: Bill): PaymentRequest {
  return {
    objectId: mintPaymentObjectId(),
    supplierB2BId: supplier.b2bId,
    type: "OFFPLATFORM",
    mode: "NEFT",
    utr: "HDFCN26324123456",
    paidAt: new Date(Date.now() - 3_600_000).toISOString(),
    lines: [{ invoiceId: bill.payableId, netPaise: AMOUNT, adjustmentPaise: ZERO, splits: [] }],
  };
}

async function sent<T>(business: Business, objectId: string, operation: string): Promise<T> {
  const [message] = await rows<{ body: string }>(
    `SELECT body FROM message WHERE business_id = $1 AND object_id = $2 AND direction = 'OUT' AND operation = $3::message_operation
      ORDER BY revision DESC LIMIT 1`,
    business.scope.businessId,
    objectId,
    operation,
  );
  if (!message) throw new Error(`${business.name} sent no ${operation}`);
  return JSON.parse(message.body) as T;
}

async function payFor(buyer: Business, supplier: Business): Promise<{ objectId: string; bill: Bill }> {
  const bill = await makeBill(buyer, supplier);
  const request = requestFor(supplier, bill);
  const outcome = await createPayment(buyer.scope, request, new Date());
  if (outcome.kind === "refused") throw new Error(`the payment was refused: ${outcome.refusal.code}`);
  return { objectId: request.objectId, bill };
}

/** The buyer has paid a fresh bill; nothing of it has been delivered. */
export async function pay(
  buyer: Business,
  supplier: Business,
): Promise<{ objectId: string; reqPay: ReqPay; bill: Bill }> {
  const { objectId, bill } = await payFor(buyer, supplier);
  return { objectId, reqPay: await sent(buyer, objectId, "REQ_PAY"), bill };
}

/** The buyer has paid a fresh bill, which somebody else has to approve; only this payment of theirs. */
export async function payToApprove(buyer: Business, supplier: Business): Promise<string> {
  const rule = (from: number | null) =>
    rows("UPDATE business SET approval_from = $2 WHERE id = $1", buyer.scope.businessId, from);
  await rule(0);
  try {
    return (await payFor(buyer, supplier)).objectId;
  } finally {
    await rule(null);
  }
}

/** What a payment, or the answer to one, sends can't be delivered: no attempt will be made any more. */
export async function stopMessage(objectId: string): Promise<void> {
  await rows(
    "UPDATE message SET state = 'STOPPED', next_attempt_at = NULL WHERE direction = 'OUT' AND object_id = $1",
    objectId,
  );
}

async function carry(operation: "req-pay" | "resp-pay", body: unknown): Promise<void> {
  const reply = await postToPortal(operation, JSON.stringify(body), new Date());
  if (reply.status !== 200 || reply.body.response_code !== 0)
    throw new Error(`the ${operation} was not taken: ${JSON.stringify(reply.body)}`);
}

/** The payment is in both books, and waits for the supplier's answer. */
export async function payAndArrive(buyer: Business, supplier: Business) {
  const paid = await pay(buyer, supplier);
  await carry("req-pay", paid.reqPay);
  await carry("resp-pay", respPayOf(paid.reqPay));
  return paid;
}

/** The supplier has accepted; its confirmation has not been delivered. */
export async function payAndAnswer(buyer: Business, supplier: Business) {
  const paid = await payAndArrive(buyer, supplier);
  await answerPayment(supplier.scope, paid.objectId, { response: "ACCEPT", remarks: "Received" }, new Date());
  const confirmation = await sent<ReqPayConfirmation>(supplier, paid.objectId, "REQ_PAY_CONFIRMATION");
  return { ...paid, confirmation };
}

/** A req-pay that a buyer's own software would send: the wire's text of a payment that the books don't have yet. */
export async function unsentReqPay(buyer: Business, supplier: Business): Promise<ReqPay> {
  const { reqPay } = await pay(buyer, supplier);
  const bill = await makeBill(buyer, supplier);
  const [line] = reqPay.payment.invoicesPayInfos;
  if (!line) throw new Error("a payment has a line");
  const own = { ...line, objectId: bill.objectId, supplierInvoiceNumber: bill.number };
  return { ...reqPay, payment: { ...reqPay.payment, objectId: mintPaymentObjectId(), invoicesPayInfos: [own] } };
}

/** A confirmation that a supplier's own software would send, of a payment that it has not answered yet. */
export async function unsentConfirmation(buyer: Business, supplier: Business): Promise<ReqPayConfirmation> {
  const { confirmation } = await payAndAnswer(buyer, supplier);
  const { objectId, bill } = await payAndArrive(buyer, supplier);
  const [info] = confirmation.paymentConfirmation.invoiceInfos;
  if (!info) throw new Error("a confirmation has an invoice");
  const own = { ...info, objectId: bill.objectId, supplierInvoiceNumber: bill.number };
  const paymentConfirmation = { ...confirmation.paymentConfirmation, objectId, invoiceInfos: [own] };
  return { ...confirmation, paymentConfirmation };
}
