import { Logger, run } from "graphile-worker";
import pg from "pg";
import { signWebhook } from "@/features/protocol/signing";

/*
 * What the portal's delivery is measured against: graphile-worker with a job for each message, the same signed HTTP call, and one
 * UPDATE for the result. No order among a payment's messages, no lease, no record of the attempts.
 */

const CONCURRENCY = 64;

const { DATABASE_URL: connectionString, NETWORK_URL, NETWORK_SIGNING_SECRETS = "" } = process.env;
const secrets = NETWORK_SIGNING_SECRETS.split(/[\s,]+/);
const pool = new pg.Pool({ connectionString, max: 10 });

async function deliver(payload: unknown): Promise<void> {
  const { id } = payload as { id: string };
  const { rows } = await pool.query({ name: "read", text: "SELECT body FROM message WHERE id = $1", values: [id] });
  const body: string = rows[0].body;
  const response = await fetch(`${NETWORK_URL}/api/v0/payment/req-pay-confirmation`, {
    method: "POST",
    headers: { "content-type": "application/json", ...signWebhook({ webhookId: id, body, secrets, now: new Date() }) },
    body,
  });
  const reply = (await response.json()) as { payload: string };
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const text = "UPDATE message SET delivered_at = now(), req_msg_id = $2 WHERE id = $1";
  await pool.query({ name: "settle", text, values: [id, reply.payload] });
}

// A connection for the listening and enough for the jobs: more than that it doesn't gain from.
const logger = new Logger(() => (level, message) => {
  if (level === "error") console.error(message);
});
await run({ connectionString, concurrency: CONCURRENCY, maxPoolSize: CONCURRENCY + 4, taskList: { deliver }, logger });
