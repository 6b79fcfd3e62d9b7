import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { call } from "@/chaos/http";
import { withClient } from "@/chaos/sql";
import type { System } from "@/chaos/system";
import { DECOY } from "@/chaos/world";

const POLL_MS = 1_000;
/** The least time that what is open is given to end, in milliseconds: a killed worker's lease of 45 s, and what follows from it. */
const LEAST_MS = 90_000;
/** What is given beyond the latest attempt that is still to come, and beyond the last time that something ended. */
const MARGIN_MS = 45_000;
/** However late the next attempt: what is open then is a finding. */
const MOST_MS = 8 * 60_000;
/** How often what waits for minutes is sent again by hand, in polls. */
const AGAIN_POLLS = 10;
/** Nothing is open that many times in a row: what a client gave up on may have arrived all the same. */
const QUIET_POLLS = 3;

/** What still has to happen. */
export interface Open {
  readonly payments: number;
  readonly messages: number;
  readonly sharing: number;
  readonly unsealed: number;
  readonly network: number;
  /** When the latest of the attempts is due, in milliseconds since 1970; null when there is none. */
  readonly latest: number | null;
}

const OPEN_SQL = `SELECT
  (SELECT count(*)::int FROM payment p WHERE status IN ('AWAITING_APPROVAL', 'SENDING', 'AWAITING_CONFIRMATION', 'CONFIRMING')
      AND NOT (type = 'ONPLATFORM' AND status = 'AWAITING_CONFIRMATION' AND failure_code IS NOT DISTINCT FROM 'EXCEEDS_DUE')) AS payments,
  (SELECT count(*)::int FROM message WHERE state = 'QUEUED') AS messages,
  (SELECT count(*)::int FROM graphile_worker.jobs WHERE task_identifier = 'share-invoice' AND locked_at IS NULL AND run_at < now() + interval '20 s') AS sharing,
  (SELECT count(*)::int FROM audit_event e JOIN business b ON b.id = e.business_id WHERE b.slug <> $1 AND transaction_id >= coalesce(
      (SELECT max(through_transaction_id) FROM audit_seal s WHERE s.business_id = e.business_id), 0)) AS unsealed,
  (SELECT extract(epoch FROM max(next_attempt_at))::float8 * 1000 FROM message WHERE state = 'QUEUED') AS latest`;

const Health = z.object({ underWay: z.number() });

async function readOpen({ database, networkPort }: System): Promise<Open | null> {
  try {
    const health = Health.parse((await call(networkPort, { path: "/_sandbox/health" }))?.json);
    const { rows } = await withClient(database.url, (client) =>
      client.query<Omit<Open, "network">>(OPEN_SQL, [DECOY.slug]),
    );
    return rows[0] ? { ...rows[0], network: health.underWay } : null;
  } catch {
    return null;
  }
}

const countOf = ({ payments, messages, sharing, unsealed, network }: Open) =>
  payments + messages + sharing + unsealed + network;

/**
 * Waits until everything that was begun has ended, no longer than the attempts that are due can explain: the checks then say what is
 * still open.
 * @param parts.clients settles when no client asks for anything new any more
 * @param parts.again sends again by hand what waits for minutes
 * @returns how long it took, in milliseconds
 */
export async function settle(
  system: System,
  { clients, again, say }: { clients: Promise<unknown>; again: () => Promise<void>; say: (line: string) => void },
): Promise<number> {
  const begin = Date.now();
  let asking = true;
  void clients.finally(() => {
    asking = false;
  });
  let deadline = begin + LEAST_MS;
  let least = Number.POSITIVE_INFINITY;
  for (let polls = 1, quiet = 0; quiet < QUIET_POLLS && Date.now() <= deadline; polls++) {
    const open = await readOpen(system);
    const count = open ? countOf(open) : Number.POSITIVE_INFINITY;
    quiet = count === 0 && !asking ? quiet + 1 : 0;
    const extended = [open?.latest ?? 0, count < least ? Date.now() : 0].map((from) => from + MARGIN_MS);
    deadline = Math.max(deadline, Math.min(Math.max(...extended), begin + MOST_MS));
    least = Math.min(least, count);
    if (polls % AGAIN_POLLS === 0) await again();
    if (polls % 15 === 0) say(open ? words(open) : "the database does not answer yet");
    await delay(POLL_MS);
  }
  return Date.now() - begin;
}

function words({ payments, messages, network, sharing, unsealed }: Open): string {
  return `still open: ${payments} payments, ${messages} messages to send, ${network} under way in the network, ${sharing} copies, ${unsealed} events to seal`;
}
