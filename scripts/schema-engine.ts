import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type * as Bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { Problem } from "./problem";

/**
 * Prisma's Schema Engine as WebAssembly. The engine that the `prisma migrate` command downloads is a program from a server
 * that isn't the npm registry; this is the same engine from npm, over the same driver that the portal uses.
 */
export type SchemaEngine = Bindings.SchemaEngine;

export const MIGRATIONS_FOLDER = resolve("prisma/migrations");
export const SCHEMA_FILE = resolve("prisma/schema.prisma");
export const LOCK_CONTENT = 'provider = "postgresql"\n';

/** No table is managed by anything but Prisma, in the schema that Prisma looks at. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] };

let bindings: typeof Bindings | undefined;

async function loadBindings(): Promise<typeof Bindings> {
  if (bindings) return bindings;
  // The engine calls this hook before it panics; without it a panic is an "unreachable" without a word.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(`Schema engine: ${message}`) },
  });
  const path = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const loaded: typeof Bindings = await import(pathToFileURL(path).href);
  const wasm = readFileSync(join(dirname(path), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": loaded as never });
  loaded.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  bindings = loaded;
  return loaded;
}

/** The internal "char" type, which describing PostgreSQL's catalogue needs and Prisma's adapter doesn't know. */
const CHAR_OID = 18;
const BPCHAR_OID = 1042;
type Field = pg.FieldDef & { wasChar?: boolean };

/** Shows "char" columns to the adapter as a type that it knows, and marks them. */
class CharAwareClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: stands in for all overloads of pg's query
  override query(...args: any[]): any {
    // biome-ignore lint/suspicious/noExplicitAny: see above
    const running = (super.query as any)(...args);
    if (typeof running?.then !== "function") return running;
    return running.then((result: pg.QueryResult) => {
      for (const field of (result?.fields ?? []) as Field[])
        if (field.dataTypeID === CHAR_OID) Object.assign(field, { dataTypeID: BPCHAR_OID, wasChar: true });
      return result;
    });
  }
}

function adapterFor(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool, { disposeExternalPool: true });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    // The adapter's own reads go through performIO, whose last result still has the marks of the "char" columns.
    const adapter = await connect();
    const internals = adapter as unknown as {
      performIO: (query: unknown) => Promise<{ fields: Field[] }>;
      onError: (error: unknown) => never;
    };
    const performIO = internals.performIO.bind(adapter);
    const queryRaw = adapter.queryRaw.bind(adapter);
    let last: { fields: Field[] } | undefined;
    internals.performIO = async (query) => {
      last = await performIO(query);
      return last;
    };
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      last?.fields.forEach((field, index) => {
        if (field.wasChar) result.columnTypes[index] = ColumnTypeEnum.Character;
      });
      return result;
    };
    // The adapter cuts a script at every semicolon, through the bodies of functions too, and runs the pieces one by one.
    // Sent as a whole PostgreSQL cuts it, and all of it happens or nothing.
    adapter.executeScript = async (script) => {
      await pool.query(script).catch((error: unknown) => internals.onError(error));
    };
    return adapter;
  };
  return factory as unknown as SqlMigrationAwareDriverAdapterFactory;
}

/** The schema, as the engine takes it. */
export function schemaFiles(): { path: string; content: string }[] {
  return [{ path: SCHEMA_FILE, content: readFileSync(SCHEMA_FILE, "utf8") }];
}

/** Names of the committed migrations, oldest first. */
export function migrationNames(): string[] {
  if (!existsSync(MIGRATIONS_FOLDER)) return [];
  const entries = readdirSync(MIGRATIONS_FOLDER, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return folders.sort();
}

/** The migrations folder, or some of it, as the engine takes it. */
export function migrationsList(names: readonly string[] = migrationNames()) {
  return {
    baseDir: MIGRATIONS_FOLDER,
    shadowDbInitScript: "",
    lockfile: { path: "migration_lock.toml", content: LOCK_CONTENT },
    migrationDirectories: names.map((name) => {
      const value = readFileSync(join(MIGRATIONS_FOLDER, name, "migration.sql"), "utf8");
      return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value } } };
    }),
  };
}

/** What the engine says when it refuses, without its trace. */
function engineProblem(error: unknown): Problem {
  const raw = (error instanceof Error ? error.message : String(error)).replace(/\\n/g, "\n");
  const said = raw.split("\n").filter((line) => !/^\s*(\d+: |at |with |external connector error)/.test(line));
  const cause = raw.match(/ERROR: .*/)?.[0] ?? said.join(" ").trim();
  const migration = raw.match(/migration_name="([^"]+)"/)?.[1];
  return new Problem(migration ? `Migration ${migration} failed: ${cause}` : cause);
}

/** Runs with an engine on that database, and closes it. @throws Problem with the engine's own words */
export async function withSchemaEngine<T>(
  connection: pg.ClientConfig,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadBindings();
  // The engine reads what is applied, and when, as Prisma does: in UTC, and no day of a server's own style.
  const options = "-c timezone=UTC -c datestyle=ISO,YMD";
  const pool = new pg.Pool({ ...connection, options, Client: CharAwareClient, max: 2 } as pg.PoolConfig);
  pool.on("error", () => {});
  // One that breaks while a statement runs on it fails that statement, and must not end the whole program besides.
  pool.on("connect", (client) => client.on("error", () => {}));
  // pg's own pool.query passes a callback, which CharAwareClient can't see through.
  pool.query = (async (...args: unknown[]) => {
    const client = await pool.connect();
    try {
      return await (client.query as (...all: unknown[]) => unknown)(...args);
    } finally {
      client.release();
    }
  }) as typeof pool.query;
  const datamodels = schemaFiles().map(({ path, content }): [string, string] => [path, content]);
  const adapter = bindMigrationAwareSqlAdapterFactory(adapterFor(pool));
  try {
    const engine = await SchemaEngine.new({ datamodels }, () => {}, adapter);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } catch (error) {
    throw engineProblem(error);
  } finally {
    await pool.end().catch(() => {});
  }
}
