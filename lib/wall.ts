import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import { env } from "@/lib/env";
import { WATCHED, WatchedClient } from "@/lib/watched-client";

/*
 * Whom the database shows what (docs/decisions/022-row-level-security.md). Connections run as chukta_app, which sees the rows of the
 * business that the transaction names, and nothing where it names none. Naming it costs no round trip: it goes out in one piece
 * with the statement, before the Sync that ends their common transaction, or with the BEGIN.
 */

/** On whose behalf statements run: one business's, or the portal's own, across all of them. */
export type Binding = { readonly businessId: string } | "system";

// One a process, as the client is: Next.js and the portal's own server each load this module.
const held = globalThis as { chuktaBindings?: AsyncLocalStorage<Binding> };
held.chuktaBindings ??= new AsyncLocalStorage<Binding>();
const bindings = held.chuktaBindings;

/** Runs `work` so that every statement and transaction that it begins on a `WalledPool` runs on the binding's behalf. */
export function within<T>(binding: Binding, work: () => PromiseLike<T>): Promise<T> {
  // Awaited inside: a query of Prisma's begins when it is awaited, and not before.
  return bindings.run(binding, async () => await work());
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** SQL that sets these for the transaction, in conditions that never hold: no row comes back that would have to be read. */
const set = (settings: Readonly<Record<string, string>>): string => {
  const each = Object.entries(settings).map(([name, value]) => `set_config('${name}', ${value}, true) IS NULL`);
  return `SELECT WHERE ${each.join(" OR ")}`;
};
const BUSINESS = { "chukta.business": "$1" };
const SYSTEM = { role: "'chukta_system'", search_path: "'public'" };

/**
 * How plans that are kept are made (lib/kept-plans.ts): one for all, without a look at what is asked, and through the indexes even when
 * it is made while the tables are still empty. Every connection plans so from its start.
 */
const KEPT_PLAN_SETTINGS = {
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
};
/** How a statement whose plan isn't kept is planned: for what it asks, by all means. */
export const FRESH_PLAN_SETTINGS: Readonly<Record<string, string>> = {
  plan_cache_mode: "auto",
  enable_seqscan: "on",
  enable_hashjoin: "on",
  enable_mergejoin: "on",
};
const FRESH = Object.fromEntries(Object.entries(FRESH_PLAN_SETTINGS).map(([name, value]) => [name, `'${value}'`]));

/** `BEGIN` and what binds the transaction, as one message. Transactions find all they need by its key. */
function beginOf(binding: Binding): string {
  if (binding === "system") return `BEGIN; ${set(SYSTEM)}`;
  if (!UUID.test(binding.businessId)) throw new Error("a business's id is a UUID");
  return `BEGIN; ${set({ "chukta.business": `'${binding.businessId}'` })}`;
}

/** What binds one statement, and the name that it is prepared under. */
const BINDINGS = {
  business: {
    kept: { name: "chukta_business", text: set(BUSINESS) },
    fresh: { name: "chukta_business_fresh", text: set({ ...BUSINESS, ...FRESH }) },
  },
  system: {
    kept: { name: "chukta_system", text: set(SYSTEM) },
    fresh: { name: "chukta_system_fresh", text: set({ ...SYSTEM, ...FRESH }) },
  },
} as const;

function bindingOf(binding: Binding, isKept: boolean) {
  const [which, values] =
    binding === "system" ? (["system", []] as const) : (["business", [binding.businessId]] as const);
  return { ...BINDINGS[which][isKept ? "kept" : "fresh"], values: [...values] };
}

// Prisma names the schema in all that it writes. Values are never in the text, so nothing else looks like this.
const TABLE_OF_A_BUSINESS =
  /"public"\."(business|membership|invitation|api_key|counterparty|invoice|payment|payment_line|message|delivery|audit_event|audit_seal)"/g;

/** The same statement on the views of one business. */
export function onViews(text: string): string {
  return text.replace(TABLE_OF_A_BUSINESS, '"books"."$1"');
}

/** The statement as the binding sends it. A plan that is kept has a name for each kind of binding, whose texts and rows differ. */
function statementOf(config: pg.QueryConfig, binding: Binding): pg.QueryConfig {
  if (binding !== "system") return { ...config, text: onViews(config.text) };
  return config.name ? { ...config, name: `${config.name}_system` } : config;
}

/** What @types/pg doesn't tell of pg's own way of sending a statement in pieces. */
interface Wire extends pg.Connection {
  parsedStatements: Record<string, string | undefined>;
  parse(statement: { text: string; name: string }): void;
  bind(portal: { statement: string; values: string[] }): void;
  execute(portal: Record<string, never>): void;
}
interface Prepared {
  readonly name?: string;
  prepare(connection: Wire): void;
  handleCommandComplete(message: unknown, connection: Wire): void;
}
const Query = pg.Query as unknown as new (config: pg.QueryConfig) => pg.Query & Prepared;

/**
 * A statement with its binding before it: one round trip, one transaction. pg takes the word that the binding was parsed for the
 * statement's own as well; a pool closes a connection whose query failed, so that mistake ends with it.
 */
class BoundQuery extends Query {
  private isBound = false;

  constructor(
    config: pg.QueryConfig,
    private readonly binding: Binding,
  ) {
    super(statementOf(config, binding));
  }

  requiresPreparation(): boolean {
    return true;
  }

  override prepare(connection: Wire): void {
    const { name, text, values } = bindingOf(this.binding, Boolean(this.name));
    if (connection.parsedStatements[name] === undefined) {
      connection.parse({ text, name });
      connection.parsedStatements[name] = text;
    }
    connection.bind({ statement: name, values });
    connection.execute({});
    super.prepare(connection);
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.isBound) super.handleCommandComplete(message, connection);
    this.isBound = true;
  }
}

/** A statement that binds itself, for a pool that isn't a `WalledPool`. */
export function boundTo(binding: Binding, config: pg.QueryConfig): pg.QueryConfig {
  // pg takes a query that was made already wherever it takes one's description.
  return new BoundQuery(config, binding) as unknown as pg.QueryConfig;
}

type Send = (config: unknown, ...rest: unknown[]) => unknown;

/** A connection whose transaction runs on a binding's behalf. */
class WalledClient extends WatchedClient {
  /** Of the transaction that it was taken for. */
  binding: Binding | undefined;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const send = this.query.bind(this) as Send;
    const sendBound: Send = (config, ...rest) => send(this.boundHere(config), ...rest);
    this.query = sendBound as typeof this.query;
  }

  private boundHere(config: unknown): unknown {
    const { binding } = this;
    if (!binding || typeof config !== "object" || config === null || "submit" in config) return config;
    const statement = config as pg.QueryConfig;
    if (statement.text === "BEGIN") return { ...statement, values: undefined, text: beginOf(binding) };
    return statementOf(statement, binding);
  }
}

/**
 * What a connection is: whom it runs as, where it looks, and how it writes times, of winter and of summer. Prisma takes times to be in
 * UTC, whatever offset they are written with: on a server set to India's time all of them would be five and a half hours off.
 */
const CONNECTION = `
  SELECT current_user AS role, current_setting('search_path') AS path,
         concat_ws(', ', '2026-01-20T14:05Z'::timestamptz, '2026-07-20T14:05Z'::timestamptz) AS times`;
const TIMES_IN_UTC = "2026-01-20 14:05:00+00, 2026-07-20 14:05:00+00";

interface ConnectionRow {
  role: string;
  path: string;
  times: string;
}

/** What is wrong with a connection, if anything. */
function complaintAbout({ role, path, times }: ConnectionRow): string | null {
  if (role !== "chukta_app" || !path.startsWith("books,"))
    return "The portal must run as chukta_app, on the search path books, public";
  return times === TIMES_IN_UTC ? null : "The portal's connections must have the time zone UTC and the date style ISO";
}

/**
 * How the portal's connections to the database are made.
 * @param more settings of PostgreSQL, `name=value`: all go by way of `options`, which PgBouncer can be told to pass over
 */
export function walledConnection(...more: string[]): pg.PoolConfig & { Client: typeof WatchedClient } {
  // A statement here takes milliseconds; compiling it, which PostgreSQL may be built to do, takes a tenth of a second.
  const asked = [
    "role=chukta_app",
    "search_path=books,public",
    "jit=off",
    "timezone=UTC",
    "datestyle=ISO,YMD",
    ...Object.entries(KEPT_PLAN_SETTINGS).map(([name, value]) => `${name}=${value}`),
    ...more,
  ];
  return {
    ...WATCHED,
    Client: WatchedClient,
    connectionString: env.DATABASE_URL,
    application_name: "chukta",
    options: asked.map((setting) => `-c ${setting}`).join(" "),
    // Asked once a connection, since whatever stands between (PgBouncer) may drop the options above.
    verify: (client, done) => {
      // A pool listens to a connection only while nobody has it. One that breaks as it is handed over would end the whole process;
      // whoever has it is told by the query that fails, and the pool takes it out then.
      client.on("error", () => {});
      client.query<ConnectionRow>(CONNECTION).then(({ rows: [row] }) => {
        const complaint = row ? complaintAbout(row) : "The database told nothing of the connection";
        done(complaint ? new Error(complaint) : undefined);
      }, done);
    },
  };
}

/** Connections on which each statement, and each transaction, runs on behalf of the binding that it was begun `within`. */
export class WalledPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super({ ...config, Client: WalledClient } as pg.PoolConfig);
    const send = this.query.bind(this) as Send;
    const sendBound: Send = (config, ...rest) => {
      const binding = bindings.getStore();
      return send(binding ? boundTo(binding, config as pg.QueryConfig) : config, ...rest);
    };
    this.query = sendBound as typeof this.query;
    const take = this.connect.bind(this) as (done?: unknown) => unknown;
    const takeBound = async () => {
      const binding = bindings.getStore();
      const client = (await take()) as WalledClient;
      client.binding = binding;
      return client;
    };
    // The pool's own `query` takes its connections with a callback.
    this.connect = ((done?: unknown) => (done ? take(done) : takeBound())) as typeof this.connect;
  }
}
