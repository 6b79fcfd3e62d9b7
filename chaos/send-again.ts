import { call } from "@/chaos/http";
import { withClient } from "@/chaos/sql";
import type { System } from "@/chaos/system";
import type { Business } from "@/chaos/world";

/**
 * Payments whose message has failed five times or more, and now waits for minutes or hours as it should. With fewer attempts no wait is
 * that long: such a one is stuck, and stays for the checks.
 */
const PATIENT = `SELECT b.slug, m.object_id AS "objectId" FROM message m JOIN business b ON b.id = m.business_id
  WHERE m.state = 'QUEUED' AND m.attempts - m.attempts_before >= 5 AND m.next_attempt_at > now() + interval '1 minute'`;

/** Sends again what waits by its back-off, as its business can on the payment's page: a long run would else end hours later. */
export async function sendAgain({ database, clientsPort }: System, businesses: readonly Business[]): Promise<void> {
  try {
    const { rows } = await withClient(database.url, (client) =>
      client.query<{ slug: string; objectId: string }>(PATIENT),
    );
    for (const { slug, objectId } of rows) {
      const key = businesses.find((business) => business.slug === slug)?.key ?? "";
      const path = `/api/v1/businesses/${slug}/payments/${objectId}/send-again`;
      await call(clientsPort, { method: "POST", path, key });
    }
  } catch {
    // The database is still coming back: there is another time.
  }
}
