import { z } from "zod";

/** Why the other side refused: its own code, which need not be on our list, its words, and a field. */
export interface RemoteRefusal {
  readonly code: string;
  readonly detail: string;
  readonly field: string;
}

/** As long as an outcome may name it by (fields.ts). */
const REQ_MSG_ID_LIMIT = 500;

const RemoteResp = z.object({
  reqMsgId: z.string().nullish(),
  result: z.string().nullish(),
  errorCd: z.string().nullish(),
  errorDtl: z.string().nullish(),
  errorField: z.string().nullish(),
});
const RemoteReply = z.object({
  // Optional in seed 000, where the payload's `resp` says the same.
  response_code: z.number().nullish(),
  response_message: z.string().nullish(),
  payload: z.unknown(),
});

/** What a reply's body says, whatever its HTTP status; null when it is not a reply of the protocol. */
export type ReadReply =
  | { readonly taken: true; readonly reqMsgId: string }
  | { readonly taken: false; readonly refusal: RemoteRefusal };

/**
 * Reads the string ack, and as leniently a reply whose payload carries a `resp`, as webhooks give it (seeds 000, 004).
 * An ack without a `reqMsgId` is no ack: its outcome could not be matched.
 */
export function readReply(text: string): ReadReply | null {
  const reply = RemoteReply.safeParse(json(text));
  if (!reply.success) return null;
  const { response_message, payload } = reply.data;
  const resp = RemoteResp.safeParse((payload as { resp?: unknown } | null | undefined)?.resp).data;
  const code = reply.data.response_code ?? (resp?.result === "SUCCESS" || resp?.result === "FAILURE" ? 0 : null);
  if (code === null) return null;
  if (code !== 0 || resp?.result === "FAILURE") {
    return {
      taken: false,
      refusal: {
        code: bounded(resp?.errorCd, 100) || `RESPONSE_CODE_${code}`,
        detail: bounded(resp?.errorDtl, 1000) || bounded(response_message, 1000) || "The network gave no reason.",
        field: bounded(resp?.errorField, 500),
      },
    };
  }
  const reqMsgId = typeof payload === "string" ? payload : resp?.reqMsgId;
  const isUsable = reqMsgId && reqMsgId.length <= REQ_MSG_ID_LIMIT && !reqMsgId.includes("\0");
  return isUsable ? { taken: true, reqMsgId } : null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Stored and shown, so cut to length and free of what a database can't hold. */
function bounded(text: string | null | undefined, max: number): string {
  return (text ?? "").slice(0, max).toWellFormed().replaceAll("\0", "\uFFFD");
}
