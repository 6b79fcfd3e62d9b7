import "server-only";
import { networkScope } from "@/features/businesses/gate";
import { receiveConfirmation } from "@/features/confirmations/mutations/receive";
import {
  receiveConfirmationAtOnce,
  receiveConfirmationSuccessAtOnce,
} from "@/features/confirmations/mutations/receive-at-once";
import { answeredRevision, receiveConfirmationOutcome } from "@/features/confirmations/mutations/respond";
import type { Incoming, OperationResult } from "@/features/gateway/operation";
import { catchUp } from "@/features/invoices/mutations/catch-up";
import { takeMessage } from "@/features/messages/mutations/take";
import { receivePayment } from "@/features/payments/mutations/receive";
import { receivePaymentAtOnce, receivePaymentSuccessAtOnce } from "@/features/payments/mutations/receive-at-once";
import { receivePaymentOutcome } from "@/features/payments/mutations/respond";
import { refuse } from "@/features/protocol/errors";
import {
  parseReqPay,
  parseReqPayConfirmation,
  parseRespPay,
  parseRespPayConfirmation,
} from "@/features/protocol/parse";
import { ackReply, confirmationReply, paymentReply } from "@/features/protocol/reply";
import type { Operation } from "@/features/protocol/schema";

const refused = (refusal: ReturnType<typeof refuse>, echo?: object): OperationResult => ({ refusal, echo });

/** Seed 004: a buyer somewhere has paid one of our suppliers. */
async function reqPay(incoming: Incoming): Promise<OperationResult> {
  const parsed = parseReqPay(incoming.json);
  if (!parsed.ok) return refused(parsed.refusal, parsed.body);
  const { value, body } = parsed;
  if (value.buyerB2BId === value.supplierB2BId) return refused(refuse("SAME_PARTY", "b2bIds.supplierB2BId"), body);
  const scope = await networkScope(value.supplierB2BId, "req-pay");
  if (!scope) return refused(refuse("UNKNOWN_SUPPLIER", "b2bIds.supplierB2BId"), body);
  const message = {
    ...incoming.record,
    operation: "REQ_PAY",
    side: "SUPPLIER",
    objectId: value.payment.objectId,
    revision: 0,
    reply: (reqMsgId: string) => paymentReply(reqMsgId, body),
  } as const;
  const take = async () =>
    (await receivePaymentAtOnce(scope, value, message, incoming.now)) ??
    (await takeMessage(scope, message, incoming.now, (tx) => receivePayment(tx, scope, value, incoming)));
  const first = await take();
  const objectIds = value.payment.lines.map((line) => line.invoiceObjectId);
  const named = { buyerB2BId: value.buyerB2BId, objectIds };
  // Only what was refused is looked at twice: the usual payment comes after its bills.
  const isLookedAtAgain = first.kind === "refused" && (await catchUp(scope, named, incoming.now));
  return { ...(isLookedAtAgain ? await take() : first), echo: body };
}

/** Seed 002: the outcome of a req-pay that one of our buyers sent. */
async function respPay(incoming: Incoming): Promise<OperationResult> {
  const parsed = parseRespPay(incoming.json);
  if (!parsed.ok) return refused(parsed.refusal);
  const { value } = parsed;
  const scope = await networkScope(value.buyerB2BId, "resp-pay");
  if (!scope) return refused(refuse("UNKNOWN_BUYER", "b2bIds.buyerB2BId"));
  const message = {
    ...incoming.record,
    operation: "RESP_PAY",
    side: "BUYER",
    objectId: value.payment.objectId,
    revision: 0,
    reply: ackReply,
  } as const;
  return (
    (await receivePaymentSuccessAtOnce(scope, value, message, incoming.now)) ??
    (await takeMessage(scope, message, incoming.now, (tx) => receivePaymentOutcome(tx, scope, value, incoming.now)))
  );
}

/** Seed 000: a supplier has answered one of our buyers' payments. */
async function reqPayConfirmation(incoming: Incoming): Promise<OperationResult> {
  const parsed = parseReqPayConfirmation(incoming.json);
  if (!parsed.ok) return refused(parsed.refusal, parsed.body);
  const { value, body } = parsed;
  const scope = await networkScope(value.buyerB2BId, "req-pay-confirmation");
  if (!scope) return refused(refuse("UNKNOWN_BUYER", "b2bIds.buyerB2BId"), body);
  const objectId = value.confirmation.objectId;
  const message = {
    ...incoming.record,
    operation: "REQ_PAY_CONFIRMATION",
    side: "BUYER",
    objectId,
    revision: 0,
    reply: (reqMsgId: string) => confirmationReply(reqMsgId, body),
  } as const;
  const taken =
    (await receiveConfirmationAtOnce(scope, value, message, incoming.now)) ??
    (await takeMessage(scope, message, incoming.now, (tx) => receiveConfirmation(tx, scope, value, incoming.now)));
  return { ...taken, echo: body };
}

/** Seed 001: the outcome of a confirmation that one of our suppliers sent. */
async function respPayConfirmation(incoming: Incoming): Promise<OperationResult> {
  const parsed = parseRespPayConfirmation(incoming.json);
  if (!parsed.ok) return refused(parsed.refusal);
  const { value } = parsed;
  const scope = await networkScope(value.supplierB2BId, "resp-pay-confirmation");
  if (!scope) return refused(refuse("UNKNOWN_SUPPLIER", "b2bIds.supplierB2BId"));
  const usual = { ...incoming.record, objectId: value.confirmation.objectId, reply: ackReply };
  const taken = await receiveConfirmationSuccessAtOnce(scope, value, usual, incoming.now);
  if (taken) return taken;
  const take = async () => {
    const revision = await answeredRevision(scope, value, incoming.record.contentHash);
    const message = { ...usual, operation: "RESP_PAY_CONFIRMATION", side: "SUPPLIER", revision } as const;
    return takeMessage(scope, message, incoming.now, (tx) =>
      receiveConfirmationOutcome(tx, scope, value, revision, incoming.now),
    );
  };
  const first = await take();
  // Another outcome of the same answer may have come since it was looked up which answer this one is of.
  return first.kind === "refused" && first.refusal.code === "DUPLICATE_CONFLICT" ? take() : first;
}

/** What each operation does when the network calls it. */
export const networkOperations: Record<Operation, (incoming: Incoming) => Promise<OperationResult>> = {
  "req-pay": reqPay,
  "resp-pay": respPay,
  "req-pay-confirmation": reqPayConfirmation,
  "resp-pay-confirmation": respPayConfirmation,
};
