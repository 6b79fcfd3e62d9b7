import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { EnvironmentError, readEnvironment, SETTING_NAMES } from "../lib/env";
import { Problem } from "./problem";

export const ROOT = resolve(import.meta.dirname, "..");

/** How the project's own programs run: TypeScript as it stands, and `server-only` is a no-op as in a React server bundle. */
export const NODE_ARGS = ["--import", "tsx", "--conditions=react-server"];

export type Variables = Record<string, string | undefined>;

function readEnvFile(name: string): Variables {
  const file = resolve(ROOT, name);
  return existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
}

/** What was set outside, without empty values. */
function given(): Variables {
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
}

/**
 * The settings of everything that isn't the demo: the environment first, then `.env`.
 * Next.js reads `.env` the same way, so the portal and the programs beside it see the same.
 */
export function ownEnvironment(): Variables {
  return { ...readEnvFile(".env"), ...given() };
}

/**
 * The demo's settings: the environment, then `.env.demo`. Never `.env`, which may name a real database and a real network;
 * what is unset is passed on as empty, so that Next.js doesn't fill it from there either.
 */
export function demoEnvironment(overrides: Variables): NodeJS.ProcessEnv {
  const unset = Object.fromEntries(SETTING_NAMES.map((name) => [name, ""]));
  const settings = { ...unset, ...readEnvFile(".env.demo"), ...given() };
  const sandboxPort = overrides.SANDBOX_PORT || settings.SANDBOX_PORT || "3100";
  return {
    ...settings,
    CHUKTA_DEMO: "1",
    NETWORK_URL: `http://localhost:${sandboxPort}`,
    ...overrides,
  } as unknown as NodeJS.ProcessEnv;
}

export function dataFolder(variables: Variables): string {
  return resolve(ROOT, variables.DATA_DIR || ".data");
}

export function portOf(variables: Variables, name: "PORT" | "SANDBOX_PORT"): number {
  return Number(variables[name] || (name === "PORT" ? 3000 : 3100));
}

/** @throws Problem that says what is wrong with the settings, each on a line; an embedded database needs no address yet */
export function checkSettings(variables: Variables): void {
  try {
    readEnvironment({ ...variables, DATABASE_URL: variables.DATABASE_URL || "postgresql://embedded" });
  } catch (error) {
    throw error instanceof EnvironmentError ? new Problem(error.message) : error;
  }
}
