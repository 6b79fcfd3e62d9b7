import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Taken, UsualMessage } from "@/features/messages/mutations/take";
import { withoutEcho } from "@/features/protocol/reply";
import { mintReqMsgId, uuidv7 } from "@/lib/ids";
import { isDatabaseAway } from "@/lib/outage";
import { runStatement } from "@/lib/pool";
import { Together } from "@/lib/together";

/** The functions of the database that take messages of the usual kind, any number in one round trip (docs/decisions/027). */
export type TakeFunction =
  | "take_req_pays"
  | "take_resp_pays"
  | "take_req_pay_confirmations"
  | "take_resp_pay_confirmations";

/** Raised by them when a message is not of the usual kind; then they have changed nothing. */
const MISFIT = "CK001";

/**
 * One statement at a time does the most for what a database can do; one that waits for a lock has another beside it before a caller
 * notices. Together the four operations fill the pool.
 */
const LIMITS = { atOnce: 2, most: 32, patience: 25 };

interface Entry {
  fields: Record<string, unknown>;
  body: Uint8Array;
}

type Outcome = { taken: boolean } | { error: unknown };

const queues = new Map<TakeFunction, Together<Entry, Outcome>>();

function queueOf(take: TakeFunction): Together<Entry, Outcome> {
  const known = queues.get(take);
  if (known) return known;
  const queue = new Together((entries: Entry[]) => takeAll(take, entries), LIMITS);
  queues.set(take, queue);
  return queue;
}

/**
 * What became of each. Where one of several doesn't fit, or fails in the database, each is tried alone: what is wrong with one
 * message is nothing to the others. Only a database that is away isn't asked again and again.
 */
async function takeAll(take: TakeFunction, entries: readonly Entry[]): Promise<Outcome[]> {
  if (entries.length > 1 && (await run(take, entries).catch(() => false))) return entries.map(() => ({ taken: true }));
  const outcomes: Outcome[] = [];
  let away: Outcome | undefined;
  for (const entry of entries) {
    const outcome = away ?? (await takeAlone(take, entry));
    if ("error" in outcome && isDatabaseAway(outcome.error)) away = outcome;
    outcomes.push(outcome);
  }
  return outcomes;
}

const takeAlone = (take: TakeFunction, entry: Entry): Promise<Outcome> =>
  run(take, [entry]).then(
    (taken) => ({ taken }),
    (error: unknown) => ({ error }),
  );

async function run(take: TakeFunction, entries: readonly Entry[]): Promise<boolean> {
  const { messages, bodies } = packed(entries);
  try {
    await runStatement(take, `SELECT ${take}($1, $2)`, [messages, bodies]);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === MISFIT) return false;
    throw error;
  }
}

/** The messages' fields as JSON, and their bodies as bytes: what is long goes through no second encoding. */
function packed(entries: readonly Entry[]): { messages: string; bodies: Buffer } {
  let end = 0;
  const messages = entries.map(({ fields, body }) => {
    const place = { bodyAt: end + 1, bodyBytes: body.byteLength };
    end += body.byteLength;
    return { ...fields, ...place };
  });
  const bodies = Buffer.concat(
    entries.map(({ body }) => body),
    end,
  );
  return { messages: JSON.stringify(messages), bodies };
}

/**
 * Takes a message in one round trip, shared with whatever else arrives at the same time, when it is of the usual kind: new, and
 * nothing speaks against it.
 * @returns null when it is not; nothing has changed then, and `takeMessage` takes it, or says why not
 * @param said what this function wants to know of it besides what it is told of every message
 * @throws whatever the database throws at this very message
 */
export async function takeAtOnce(
  take: TakeFunction,
  { businessId }: BusinessScope,
  { objectId, body, contentHash, requestId, reply: replyTo }: UsualMessage,
  now: Date,
  said: Record<string, unknown>,
): Promise<Taken | null> {
  const reqMsgId = mintReqMsgId();
  const reply = replyTo(reqMsgId);
  const ids = { business: businessId, id: uuidv7(), auditId: uuidv7(now.getTime()), objectId, reqMsgId, requestId };
  const replyBody = JSON.stringify(withoutEcho(reply));
  const outcome = await queueOf(take).add({ fields: { ...ids, contentHash, replyBody, at: now, ...said }, body });
  if ("error" in outcome) throw outcome.error;
  return outcome.taken ? { kind: "taken", status: reply.status, body: JSON.stringify(reply.body) } : null;
}
