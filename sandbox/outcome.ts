import type { Operation } from "@/features/protocol/schema";
import type { Content, RequestOperation } from "@/sandbox/transfer";
import type { Verdict } from "@/sandbox/verdict";

/** The operation by which a request's outcome goes back. */
export function outcomeOperation(operation: RequestOperation): Operation {
  return operation === "req-pay" ? "resp-pay" : "resp-pay-confirmation";
}

/**
 * The outcome of a request as resp-pay or resp-pay-confirmation (seeds 002, 001): the content as it was sent, and the network's own
 * `reqMsgId`, the one in its ack; the receiver's is of no use to the sender.
 */
export function outcomeBody(reqMsgId: string, content: Content, verdict: Exclude<Verdict, { kind: "again" }>): string {
  const success = verdict.kind === "success";
  const resp = success
    ? { reqMsgId, result: "SUCCESS", errorCd: "", errorDtl: "", errorField: "" }
    : {
        reqMsgId,
        result: "FAILURE",
        errorCd: verdict.errorCd,
        errorDtl: verdict.errorDtl,
        errorField: verdict.errorField,
      };
  const { b2bIds } = content;
  if ("payment" in content) {
    const additionalInfos = success ? verdict.additional : (content.additionalInfos ?? []);
    return JSON.stringify({ resp, b2bIds, payment: content.payment, additionalInfos });
  }
  const additionalInfo = success ? verdict.additional : [];
  return JSON.stringify({ resp, b2bIds, paymentConfirmation: content.paymentConfirmation, additionalInfo });
}
