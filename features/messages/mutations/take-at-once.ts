import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Taken } from "@/features/messages/mutations/take";
import type { WireReply } from "@/features/protocol/reply";
import { uuidv7 } from "@/lib/ids";
import { runStatement } from "@/lib/pool";

/** The functions of the database that take a message of the usual kind in one round trip (docs/decisions/027). */
type TakeFunction = "take_req_pay" | "take_resp_pay" | "take_req_pay_confirmation" | "take_resp_pay_confirmation";

/** Raised by them when the message is not of the usual kind; then they have changed nothing. */
const MISFIT = "CK001";

/** What each of them is told first, whatever the message. */
interface UsualMessage {
  reqMsgId: string;
  record: { body: string; contentHash: string; requestId: string };
  reply: WireReply;
  now: Date;
}

/**
 * Takes a message in one round trip, when it is of the usual kind: new, and nothing speaks against it.
 * @param values what this function wants to know besides, in the order of its parameters
 * @returns null when it is not; nothing has changed then, and `takeMessage` takes it, or says why not
 */
export async function takeAtOnce(
  take: TakeFunction,
  scope: BusinessScope,
  { reqMsgId, record, reply, now }: UsualMessage,
  values: readonly unknown[],
): Promise<Taken | null> {
  const body = JSON.stringify(reply.body);
  const { contentHash, requestId } = record;
  const all = [scope.businessId, uuidv7(), reqMsgId, record.body, contentHash, body, requestId, now, ...values];
  const places = all.map((_, index) => `$${index + 1}`).join(", ");
  try {
    const [row] = await runStatement<{ taken: boolean }>(take, `SELECT ${take}(${places}) AS taken`, all);
    return row?.taken ? { kind: "taken", status: reply.status, body } : null;
  } catch (error) {
    if ((error as { code?: unknown }).code === MISFIT) return null;
    throw error;
  }
}
