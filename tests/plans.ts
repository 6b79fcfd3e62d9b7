import pg from "pg";
import { FRESH_PLAN_SETTINGS, walledConnection } from "@/lib/wall";

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
  /** Prepared under a name, so that its plan is kept. */
  isKept: boolean;
}

// Watched from the start where all of the app's connections pass: each keeps the `query` that it finds when it is made.
let seen: Statement[] | undefined;
const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
const send = prototype.query;
prototype.query = function (this: unknown, ...args: unknown[]) {
  const config = args[0] as { text?: string; values?: unknown[]; name?: string } | undefined;
  const text = config?.text;
  if (seen && text && /^(\s|\/\*.*?\*\/)*(SELECT|WITH)\b/i.test(text))
    seen.push({ text, values: config.values ?? [], isKept: Boolean(config.name) });
  return Reflect.apply(send, this, args);
};

/** The statements that read, as the app sends them to PostgreSQL while `work` runs. */
async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  seen = statements;
  try {
    await work();
  } finally {
    seen = undefined;
  }
  return statements;
}

/**
 * The plans of all that `work` reads on behalf of one business: PostgreSQL's own for the very statements and values, with the app's role
 * and search path, and with row-level security as the app has it. Of a statement whose plan is kept it is the one for whatever is asked,
 * made as it is made for the app.
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
    for (const { text, values, isKept } of statements) {
      await client.query("BEGIN");
      await client.query("SELECT set_config('chukta.business', $1, true)", [businessId]);
      if (!isKept)
        for (const setting of Object.entries(FRESH_PLAN_SETTINGS))
          await client.query("SELECT set_config($1, $2, true)", setting);
      // What is run needs its values, and is planned for them.
      const isGeneric = isKept && !analyze;
      const how = analyze ? ", ANALYZE, BUFFERS" : isGeneric ? ", GENERIC_PLAN" : "";
      const { rows } = await client.query({
        text: `EXPLAIN (FORMAT JSON${how}) ${text}`,
        ...(!isGeneric && { values }),
      });
      await client.query("ROLLBACK");
      explained.push({ sql: text, plan: rows[0]["QUERY PLAN"][0].Plan });
    }
    return explained;
  } finally {
    await client.end();
  }
}
