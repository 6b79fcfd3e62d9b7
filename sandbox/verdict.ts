import { z } from "zod";
import { PaymentConfirmationResponse, PaymentResponse, Reply } from "@/features/protocol/schema";
import type { PostResult } from "@/sandbox/participants";
import type { RequestOperation } from "@/sandbox/transfer";

/** What a participant's answer to a forwarded request means. Silence is never a no: it means "ask again". */
export type Verdict =
  | { readonly kind: "success"; readonly additional: readonly unknown[] }
  | { readonly kind: "failure"; readonly errorCd: string; readonly errorDtl: string; readonly errorField: string }
  | { readonly kind: "again"; readonly why: string };

/** What a participant's answer to an outcome (`resp-…`) means. */
export type Receipt =
  | { readonly kind: "taken" }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "again"; readonly why: string };

const REFUSING: ReadonlySet<number> = new Set([400, 409, 413, 415, 422]);

const text = z.string().nullish();
const LenientPayload = z.object({
  resp: z.object({ result: text, errorCd: text, errorDtl: text, errorField: text }),
});

interface Answer {
  code: number;
  words: string;
  payload: unknown;
}

/** The reply's JSON; null when it is none of the protocol's. */
function answerIn(body: string): Answer | null {
  try {
    const reply = Reply.safeParse(JSON.parse(body)).data;
    return reply ? { code: reply.response_code, words: reply.response_message, payload: reply.payload } : null;
  } catch {
    return null;
  }
}

function failure(answer: Answer | null, status: number): Verdict {
  const resp = LenientPayload.safeParse(answer?.payload).data?.resp;
  return {
    kind: "failure",
    errorCd: (resp?.errorCd || `HTTP_${status}`).slice(0, 100),
    errorDtl: (resp?.errorDtl || answer?.words || `The receiver refused the message (HTTP ${status}).`).slice(0, 1000),
    errorField: (resp?.errorField ?? "").slice(0, 500),
  };
}

/** Judges the answer to a req-pay or req-pay-confirmation about the payment `objectId`. */
export function judgeRequest(operation: RequestOperation, objectId: string, result: PostResult): Verdict {
  if (result.kind === "none") return { kind: "again", why: result.why };
  const { status } = result;
  const answer = answerIn(result.body);
  if (REFUSING.has(status)) return failure(answer, status);
  if (status < 200 || status > 299) return { kind: "again", why: `HTTP ${status}${answer ? `: ${answer.words}` : ""}` };
  if (!answer) return { kind: "again", why: "the reply is not the protocol's" };
  if (answer.code === 1) return failure(answer, status);
  if (answer.code !== 0) return { kind: "again", why: `response_code ${answer.code} with HTTP ${status}` };
  return judgePayload(operation, objectId, answer, status);
}

function judgePayload(operation: RequestOperation, objectId: string, answer: Answer, status: number): Verdict {
  const isPayment = operation === "req-pay";
  const parsed = (isPayment ? PaymentResponse : PaymentConfirmationResponse).safeParse(answer.payload);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.map(String).join(".");
    return { kind: "again", why: `the reply's payload can't be read${path ? `: ${path}` : ""}` };
  }
  const payload = parsed.data;
  const content = "payment" in payload ? payload.payment : payload.paymentConfirmation;
  if (content.objectId !== objectId) return { kind: "again", why: "the reply is about another payment" };
  if (payload.resp.result === "FAILURE") return failure(answer, status);
  const additional = "payment" in payload ? payload.additionalInfos : payload.additionalInfo;
  return { kind: "success", additional: additional ?? [] };
}

/** Judges the answer to a resp-pay or resp-pay-confirmation. */
export function judgeOutcome(result: PostResult): Receipt {
  if (result.kind === "none") return { kind: "again", why: result.why };
  const { status } = result;
  const answer = answerIn(result.body);
  const why = answer?.words || `HTTP ${status}`;
  if (REFUSING.has(status)) return { kind: "refused", why };
  if (status < 200 || status > 299) return { kind: "again", why: `HTTP ${status}${answer ? `: ${answer.words}` : ""}` };
  if (answer?.code === 0) return { kind: "taken" };
  if (answer?.code === 1) return { kind: "refused", why };
  return { kind: "again", why: answer ? `response_code ${answer.code}` : "the reply is not the protocol's" };
}
