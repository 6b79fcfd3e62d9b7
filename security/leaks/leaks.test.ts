import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { filesIn, searchFiles } from "@/security/leaks/files";
import { SecretFinder } from "@/security/leaks/find";
import { secretsInDemoFile, secretsOfSettings } from "@/security/leaks/secrets";

const folder = mkdtempSync(join(tmpdir(), "chukta-leaks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEY = "chk_AZ-k2Q_x/9+very&secret";
const finder = new SecretFinder([{ what: "an API key", value: KEY }]);

describe("a secret is found", () => {
  test.each([
    ["as it is", `{"key":"${KEY}"}`],
    ["in an address", `/x?key=${encodeURIComponent(KEY)}`],
    ["in a page", `<p>${KEY.replace("&", "&amp;")}</p>`],
    ["in base64", `"${Buffer.from(KEY).toString("base64")}"`],
    ["in hex", Buffer.from(KEY).toString("hex")],
  ])("%s", (_how, text) => {
    expect(finder.find(text)).toHaveLength(text.includes(KEY) ? finder.find(text).length : 1);
    expect(finder.find(text)[0]).toContain("an API key");
    expect(finder.find(text)[0]).not.toContain(KEY);
  });

  test("a signing secret also by the bytes that it stands for", () => {
    const secret = Buffer.alloc(32, 7);
    const signing = new SecretFinder([{ what: "a webhook secret", value: `whsec_${secret.toString("base64")}` }]);
    expect(signing.find(`key: ${secret.toString("hex")}`)).toHaveLength(1);
    expect(signing.find(secret.toString("base64"))).not.toHaveLength(0);
  });

  test("in files, wherever they lie", () => {
    writeFileSync(join(folder, "clean.js"), "const hint = 'chk_';");
    writeFileSync(join(folder, "dirty.log"), `line\n${KEY}\n`);
    const { found, bytes } = searchFiles(filesIn(folder), [{ what: "an API key", value: KEY }]);
    expect(found[0]).toContain("dirty.log: an API key");
    expect(found.every((leak) => leak.includes("dirty.log"))).toBe(true);
    expect(bytes).toBeGreaterThan(30);
  });
});

test("what only looks like it is not", () => {
  expect(finder.find(KEY.slice(0, -1))).toEqual([]);
  expect(new SecretFinder([{ what: "too short to mean anything", value: "abc" }]).find("abc abc")).toEqual([]);
});

test("the settings' secrets: each of several, and the password in the database's address", () => {
  const values = secretsOfSettings({
    AUTH_SECRET: "a-session-secret-of-32-characters",
    NETWORK_SIGNING_SECRETS: "whsec_one, whsec_two",
    DATABASE_URL: "postgresql://portal:p%40ssword@db:5432/chukta",
  }).map(({ value }) => value);
  expect(values).toEqual(["a-session-secret-of-32-characters", "whsec_one", "whsec_two", "p@ssword"]);
  expect(secretsInDemoFile(join(folder, "none.json"))).toEqual([]);
});
