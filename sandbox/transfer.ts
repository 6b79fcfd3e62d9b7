import type { Refusal } from "@/features/protocol/errors";
import { parseReqPay, parseReqPayConfirmation } from "@/features/protocol/parse";
import type { Operation, ReqPay, ReqPayConfirmation } from "@/features/protocol/schema";

/** What participants send to the network; the outcomes of these are what the network sends back. */
export type RequestOperation = Extract<Operation, "req-pay" | "req-pay-confirmation">;
export type Content = ReqPay | ReqPayConfirmation;

/** One request on its way through the network: taken, then answered by its receiver, then settled with its sender. */
export interface Transfer {
  readonly reqMsgId: string;
  readonly operation: RequestOperation;
  readonly objectId: string;
  readonly buyerB2BId: string;
  readonly supplierB2BId: string;
  readonly hash: string;
  readonly webhookId: string | null;
  readonly takenAt: Date;
  /** Settles when the journal has it. */
  readonly kept: Promise<void>;
  /** The exact text that came in, which is what is forwarded; null once it is settled. */
  body: string | null;
  result: "SUCCESS" | "FAILURE" | null;
  /** The outcome as it goes back to the sender; null until it is known, and once it is settled. */
  outcome: string | null;
  settled: boolean;
}

/** Who sends the request, and who receives it. */
export function endsOf(transfer: Pick<Transfer, "operation" | "buyerB2BId" | "supplierB2BId">): {
  sender: string;
  receiver: string;
} {
  const { operation, buyerB2BId, supplierB2BId } = transfer;
  return operation === "req-pay"
    ? { sender: buyerB2BId, receiver: supplierB2BId }
    : { sender: supplierB2BId, receiver: buyerB2BId };
}

/** The JSON of a request that was taken, from its exact text: that may begin with a byte order mark. */
export const valueIn = (body: string): unknown => JSON.parse(body.replace(/^\uFEFF/, ""));

export type ParsedContent =
  | { readonly ok: true; readonly objectId: string; readonly content: Content }
  | { readonly ok: false; readonly refusal: Refusal; readonly content: Content | undefined };

/** Parses and checks a request's JSON by the protocol's own schemas. */
export function parseContent(operation: RequestOperation, value: unknown): ParsedContent {
  if (operation === "req-pay") {
    const parsed = parseReqPay(value);
    return parsed.ok
      ? { ok: true, objectId: parsed.value.payment.objectId, content: parsed.body }
      : { ok: false, refusal: parsed.refusal, content: parsed.body };
  }
  const parsed = parseReqPayConfirmation(value);
  return parsed.ok
    ? { ok: true, objectId: parsed.value.confirmation.objectId, content: parsed.body }
    : { ok: false, refusal: parsed.refusal, content: parsed.body };
}
