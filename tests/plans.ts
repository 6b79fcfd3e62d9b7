import pg from "pg";
import { walledConnection } from "@/lib/wall";

/** A node of a plan, as EXPLAIN (FORMAT JSON) gives it. */
export interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Plan Rows": number;
  Plans?: PlanNode[];
  [more: string]: unknown;
}

export interface Explained {
  sql: string;
  plan: PlanNode;
}

/** The node and all below it. */
export function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

interface Statement {
  text: string;
  values: unknown[];
}

/** The statements that read, as the app sends them to PostgreSQL while `work` runs; watched where all of its clients pass. */
async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const seen: Statement[] = [];
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const send = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    const config = args[0] as { text?: string; values?: unknown[] } | undefined;
    if (config?.text && /^\s*(SELECT|WITH)\b/i.test(config.text))
      seen.push({ text: config.text, values: config.values ?? [] });
    return Reflect.apply(send, this, args);
  };
  try {
    await work();
  } finally {
    prototype.query = send;
  }
  return seen;
}

/**
 * The plans of all that `work` reads on behalf of one business: PostgreSQL's own for the very statements and values, with the app's role
 * and search path, and with row-level security as the app has it.
 * @param options.analyze also runs them: `Actual Rows`, `Shared Hit Blocks` …
 */
export async function plansOf(
  { businessId }: { businessId: string },
  work: () => Promise<unknown>,
  { analyze = false } = {},
): Promise<Explained[]> {
  const statements = await statementsOf(work);
  const { connectionString, options } = walledConnection();
  const client = new pg.Client({ connectionString, options });
  await client.connect();
  try {
    const explained: Explained[] = [];
    for (const { text, values } of statements) {
      await client.query("BEGIN");
      await client.query("SELECT set_config('chukta.business', $1, true)", [businessId]);
      const { rows } = await client.query({
        text: `EXPLAIN (FORMAT JSON${analyze ? ", ANALYZE, BUFFERS" : ""}) ${text}`,
        values,
      });
      await client.query("ROLLBACK");
      explained.push({ sql: text, plan: rows[0]["QUERY PLAN"][0].Plan });
    }
    return explained;
  } finally {
    await client.end();
  }
}
