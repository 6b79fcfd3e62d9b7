import { existsSync, readFileSync } from "node:fs";
import pg from "pg";
import type { Secret } from "./find";

type Variables = Record<string, string | undefined>;

const listed = (text = "") => text.split(/[\s,]+/).filter(Boolean);

/** The secrets of a portal's settings. */
export function secretsOfSettings(settings: Variables): Secret[] {
  const password = settings.DATABASE_URL ? decodeURIComponent(new URL(settings.DATABASE_URL).password) : "";
  return [
    ...listed(settings.AUTH_SECRET).map((value) => ({ what: "the session secret", value })),
    ...listed(settings.NETWORK_SIGNING_SECRETS).map((value) => ({ what: "a webhook secret", value })),
    ...listed(settings.NETWORK_BEARER_TOKENS).map((value) => ({ what: "a token of the network", value })),
    { what: "the database's password", value: password },
  ];
}

/** Columns that hold secrets, by table. */
const SECRET_COLUMNS: readonly [table: string, column: string, what: string][] = [
  ["account", "password", "a password's hash"],
  ["session", "token", "a session's token"],
  ["two_factor", "secret", "a second factor's secret"],
  ["two_factor", "backup_codes", "recovery codes"],
  ["api_key", "secret_hash", "an API key's hash"],
  ["verification", "value", "a verification's value"],
];

/** Of a second step that is under way the value is the person's id, which their own pages show; what is secret is its cookie. */
const NO_SECRET = "SELECT id::text FROM app_user";

const ACCOUNT_COLUMNS: readonly [table: string, column: string, what: string][] = [
  ["business", "bank_account_number", "an account number"],
  ["counterparty", "bank_account_number", "an account number"],
];

async function valuesIn(databaseUrl: string, columns: typeof SECRET_COLUMNS): Promise<Secret[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const found: Secret[] = [];
    for (const [table, column, what] of columns) {
      const { rows } = await client.query<{ value: string }>(
        `SELECT DISTINCT "${column}" AS value FROM "${table}" WHERE "${column}" IS NOT NULL AND "${column}" NOT IN (${NO_SECRET})`,
      );
      found.push(...rows.map(({ value }) => ({ what, value })));
    }
    return found;
  } finally {
    await client.end();
  }
}

/** The secrets in a portal's tables: hashes, tokens, second factors. */
export const secretsInDatabase = (databaseUrl: string): Promise<Secret[]> => valuesIn(databaseUrl, SECRET_COLUMNS);

/** Whole account numbers: pages show them to whoever pays, but no log does. */
export const accountNumbersIn = (databaseUrl: string): Promise<Secret[]> => valuesIn(databaseUrl, ACCOUNT_COLUMNS);

/** The API keys that the demo's file hands to scripts. */
export function secretsInDemoFile(file: string): Secret[] {
  if (!existsSync(file)) return [];
  const { businesses } = JSON.parse(readFileSync(file, "utf8")) as { businesses: { apiKey: string }[] };
  return businesses.map(({ apiKey }) => ({ what: "an API key", value: apiKey }));
}
