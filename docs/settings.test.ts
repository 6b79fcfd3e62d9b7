import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { readEnvironment, SETTING_NAMES } from "@/lib/env";
import { readSettings, SANDBOX_SETTING_NAMES } from "@/sandbox/settings";

const read = (file: string) => readFileSync(join(import.meta.dirname, "..", file), "utf8");
const example = parseEnv(read(".env.example"));

test("every setting of the portal and of the sandbox stands in .env.example, and nothing else does", () => {
  // The demo's mark is no setting: only what starts a demo makes it.
  const names = new Set([...SETTING_NAMES, ...SANDBOX_SETTING_NAMES].filter((name) => name !== "CHUKTA_DEMO"));
  expect(Object.keys(example).sort()).toEqual([...names].sort());
});

test("what stands there already is the default", () => {
  const demo = { ...parseEnv(read(".env.demo")), CHUKTA_DEMO: "1", DATABASE_URL: "postgresql://localhost/chukta" };
  const filledIn = { ...Object.fromEntries(Object.entries(example).filter(([, value]) => value)), ...demo };
  expect(readEnvironment(filledIn)).toEqual(readEnvironment(demo));
  expect(readSettings(filledIn)).toEqual(readSettings(demo));
});

test("the sandbox's page explains what is its alone", () => {
  const own = SANDBOX_SETTING_NAMES.filter((name) => !(SETTING_NAMES as readonly string[]).includes(name));
  const explained = [...read("docs/sandbox.md").matchAll(/^\| (`.*?) +\|/gm)].map(([, names = ""]) => names).join(" ");
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter((name) => !explained.includes(`\`${name}\``))).toEqual([]);
});
