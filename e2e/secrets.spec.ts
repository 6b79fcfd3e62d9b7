import { join } from "node:path";
import { ROOT } from "../scripts/environment";
import { filesIn, searchFiles } from "../security/leaks/files";
import { accountNumbersIn } from "../security/leaks/secrets";
import { portalSecrets, stackFolder } from "./support/secrets";
import { expect, test } from "./support/test";
import { PEOPLE, signIn } from "./support/world";

// Run after all others (playwright.config.ts): what they made the portal do is in its logs by now.

test("the secrets that are looked for are there to be found", async ({ page }) => {
  await signIn(page, PEOPLE.asha);
  const kinds = new Set((await portalSecrets()).map(({ what }) => what));
  for (const kind of ["the session secret", "a webhook secret", "the database's password", "an API key"])
    expect([...kinds]).toContain(kind);
  for (const kind of ["a password's hash", "a session's token", "an API key's hash"])
    expect([...kinds]).toContain(kind);
});

test("no log holds a secret or a whole account number", async () => {
  const logs = filesIn(join(stackFolder(), "logs"));
  const accounts = await accountNumbersIn(process.env.CHUKTA_DATABASE_URL ?? "");
  expect(accounts.length).toBeGreaterThan(3);
  const { bytes, found } = searchFiles(logs, [...(await portalSecrets()), ...accounts]);
  expect(logs.map((file) => file.split(/[\\/]/).at(-1))).toEqual(expect.arrayContaining(["portal.log", "sandbox.log"]));
  expect(bytes, "logs that say something").toBeGreaterThan(10_000);
  expect(found).toEqual([]);
});

test("what the browser is given to run holds no secret", async () => {
  const files = filesIn(join(ROOT, ".next-test/static"));
  const { bytes, found } = searchFiles(files, await portalSecrets());
  expect(bytes).toBeGreaterThan(100_000);
  expect(found).toEqual([]);
  // Nor code of the server: the names of its settings stand in lib/env.ts alone.
  const { found: settings } = searchFiles(files, [
    { what: "the server's settings", value: "NETWORK_SIGNING_SECRETS" },
    { what: "the server's settings", value: "AUTH_SECRET is" },
  ]);
  expect(settings).toEqual([]);
});

test("the pages' replies are read", async ({ page, replies }) => {
  await signIn(page, PEOPLE.ravi);
  await page.waitForLoadState("networkidle");
  const urls = replies.map(({ url }) => new URL(url).pathname);
  expect(urls).toContain("/api/auth/sign-in/email");
  const home = replies.find(({ url }) => /\/b\/[\w-]+$/.test(new URL(url).pathname));
  expect(await home?.text).toContain("Anvaya");
});
