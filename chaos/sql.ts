import pg from "pg";
import { DECOY } from "@/chaos/world";

/** A statement or two on the run's database, as its superuser, past every line that can be cut. */
export async function withClient<Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, statement_timeout: 20_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** So many rows of so many bytes are more than PostgreSQL may have in one file while the disk is full. */
const ROWS = 10_000;
const REPEATS = 55;

/** Fills the table of messages beyond that size with taken messages of a business that does nothing else. */
export async function fillMessages(url: string): Promise<void> {
  await withClient(url, (client) =>
    client.query(
      `INSERT INTO message (business_id, id, direction, operation, side, object_id, body, content_hash, reply_status, reply_body, state, settled_at)
       SELECT business.id, gen_random_uuid(), 'IN', 'REQ_PAY', 'SUPPLIER', 'filler-' || n, repeat(md5(n::text), $1), 'filler', 200, '{}', 'TAKEN', now()
         FROM business, generate_series(1, $2::int) AS n WHERE business.slug = $3`,
      [REPEATS, ROWS, DECOY.slug],
    ),
  );
}
