import { contentHash } from "@/features/protocol/content-hash";
import { refuse } from "@/features/protocol/errors";
import { ackReply, refusalReply, type WireReply } from "@/features/protocol/reply";
import type { Operation } from "@/features/protocol/schema";
import { mintReqMsgId } from "@/lib/ids";
import type { Outgoing, Participant, PostResult } from "@/sandbox/participants";
import { remember } from "@/sandbox/remember";

const MAX_REMEMBERED = 20_000;

/** How a played business judges a message: success is kept, and repeated byte for byte; a refusal is judged afresh next time. */
export type Decide = (operation: Operation, value: unknown, reqMsgId: string) => WireReply;

/** A participant that the sandbox plays itself. It takes each message exactly once, as the protocol asks of everybody. */
export function playParticipant(name: string, decide: Decide): Participant {
  const taken = new Map<string, { hash: string; body: string }>();

  function answer({ operation, body }: Outgoing): { status: number; body: string } {
    const value: unknown = JSON.parse(body);
    const reqMsgId = mintReqMsgId();
    if (operation.startsWith("resp-")) {
      decide(operation, value, reqMsgId);
      return { status: 200, body: JSON.stringify(ackReply(reqMsgId).body) };
    }
    const hash = contentHash(value);
    const key = `${operation} ${objectIdOf(value)}`;
    const first = taken.get(key);
    if (first?.hash === hash) return { status: 200, body: first.body };
    const reply = first ? refusalReply(refuse("DUPLICATE_CONFLICT"), reqMsgId) : decide(operation, value, reqMsgId);
    const text = JSON.stringify(reply.body);
    if (reply.status === 200 && reply.body.response_code === 0)
      remember(taken, key, { hash, body: text }, MAX_REMEMBERED);
    return { status: reply.status, body: text };
  }

  return {
    name,
    post: async (message): Promise<PostResult> => ({ kind: "reply", ...answer(message) }),
  };
}

function objectIdOf(value: unknown): string {
  const message = value as { payment?: { objectId?: string }; paymentConfirmation?: { objectId?: string } };
  return (message.payment ?? message.paymentConfirmation)?.objectId ?? "";
}
