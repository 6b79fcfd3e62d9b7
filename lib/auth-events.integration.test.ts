import { afterEach, beforeEach, expect, test, vi } from "vitest";

const lines = vi.hoisted((): Record<string, unknown>[] => []);
vi.mock("@/lib/logger", () => {
  const at = (level: string) => (fields: object) => void lines.push({ level, ...fields });
  return { logger: { debug: () => {}, info: at("info"), warn: at("warn"), error: at("error") } };
});

const { listPasskeys } = await import("@/features/accounts/data");
const { businessGate, requireRole } = await import("@/features/businesses/gate");
const { admitBusiness } = await import("@/tests/admit-business");
const { joinBusiness, makePerson, TEST_PASSWORD } = await import("@/tests/business");
const { addPasskey, signInBy } = await import("@/tests/passkey");
const { callWith, codeOf, enrol, givePassword } = await import("@/tests/second-factor");
const { callAuth, ORIGIN, signIn } = await import("@/tests/sign-in");

let people = 0;
const person = () => makePerson(`Person ${++people}`);

// The clock stands still, so that a code's step lasts as long as a test wants.
beforeEach(() => {
  lines.length = 0;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

const events = () => lines.filter(({ event }) => event).map(({ event, outcome, userId }) => [event, outcome, userId]);

test("every sign-in is in the log, good or bad, with who and by which factors", async () => {
  const asha = await person();
  const { totpURI } = await enrol(asha);
  lines.length = 0;
  vi.setSystemTime(Date.now() + 30_000);
  await callAuth("/sign-in/email", { email: asha.email, password: "not the password" });
  const browser = await givePassword(asha);
  await callWith(browser, "/two-factor/verify-totp", { code: "000000" });
  await callWith(browser, "/two-factor/verify-totp", { code: await codeOf(totpURI) });
  expect(events()).toEqual([
    ["auth/sign-in/email", "refused", undefined],
    ["auth/sign-in/email", "second step asked", asha.id],
    ["auth/two-factor/verify-totp", "refused", asha.id],
    ["auth/two-factor/verify-totp", "ok", asha.id],
  ]);
  // Whose account was tried is told by a digest, the same each time.
  const [refused, asked] = lines.filter(({ event }) => event === "auth/sign-in/email");
  expect(refused?.account).toMatch(/^[0-9a-f]{16}$/);
  expect(asked?.account).toBe(refused?.account);
});

test("passkeys: added, used, refused and removed, with who; a copy is a warning", async () => {
  const asha = await person();
  const here = await signIn(asha.email);
  lines.length = 0;
  const passkey = await addPasskey(here);
  passkey.counter = 7;
  await signInBy(passkey);
  await signInBy(passkey);
  await signInBy(passkey, { origin: "https://evil.example" });
  const id = (await listPasskeys(asha.id))[0]?.id;
  await callWith(here, "/passkey/remove", { passkey: id, password: TEST_PASSWORD });
  expect(events()).toEqual([
    ["auth/passkey/begin", "ok", asha.id],
    ["auth/passkey/add", "ok", asha.id],
    ["auth/passkey/sign-in", "ok", asha.id],
    ["passkey refused", undefined, asha.id],
    ["auth/passkey/sign-in", "refused", undefined],
    ["passkey refused", undefined, undefined],
    ["auth/passkey/sign-in", "refused", undefined],
    ["auth/passkey/remove", "ok", asha.id],
  ]);
  const [copy, elsewhere] = lines.filter(({ event }) => event === "passkey refused");
  expect(copy).toMatchObject({ level: "warn", passkeyId: id });
  expect(elsewhere?.reason).toContain("https://evil.example");
});

test("too many attempts are a warning, and changes of credentials are there too", async () => {
  const asha = await person();
  const here = await signIn(asha.email);
  await callWith(here, "/change-password", { currentPassword: TEST_PASSWORD, newPassword: "a password of my own" });
  await callWith(here, "/sign-out", {});
  for (let guess = 0; guess < 11; guess++)
    await callAuth("/sign-in/email", { email: asha.email, password: `guess number ${guess}` });
  expect(events()).toContainEqual(["auth/change-password", "ok", asha.id]);
  expect(lines.filter(({ outcome }) => outcome === "throttled")).toMatchObject([
    { level: "warn", event: "auth/sign-in/email" },
  ]);
});

test("a password that is too easily guessed, a used code, and another site's page show as refusals", async () => {
  const asha = await person();
  const { totpURI, here } = await enrol(asha);
  lines.length = 0;
  await callWith(here, "/change-password", { currentPassword: TEST_PASSWORD, newPassword: "password1234" });
  await callWith(await givePassword(asha), "/two-factor/verify-totp", { code: await codeOf(totpURI) });
  await callAuth("/sign-out", {}, { cookie: here.get("cookie") ?? "", origin: "https://evil.example" });
  expect(events()).toContainEqual(["auth/change-password", "refused", asha.id]);
  expect(events()).toContainEqual(["auth/two-factor/verify-totp", "refused", asha.id]);
  expect(lines.at(-2)).toMatchObject({ level: "warn", from: "https://evil.example", publicUrl: ORIGIN });
  expect(lines.at(-1)).toMatchObject({ event: "auth refused", status: 403, code: "FORBIDDEN" });
});

test("no password, code, secret or cookie stands in any of it", async () => {
  const asha = await person();
  const { totpURI, recoveryCodes, here } = await enrol(asha);
  await callAuth("/sign-in/email", { email: asha.email, password: "my secret slip" });
  await callWith(await givePassword(asha), "/two-factor/verify-backup-code", { code: recoveryCodes[0] });
  const text = JSON.stringify(lines);
  const token = /session_token=([^;]+)/.exec(here.get("cookie") ?? "")?.[1]?.split(".")[0] ?? "no token";
  const secret = new URL(totpURI).searchParams.get("secret") ?? "no secret";
  for (const hidden of [TEST_PASSWORD, "my secret slip", secret, token, ...recoveryCodes, asha.email])
    expect(text).not.toContain(hidden);
});

test("who is refused a business, or a role's rights, is in the log", async () => {
  const [acme, asha, omar] = [await admitBusiness("acme"), await person(), await person()];
  const viewer = await joinBusiness(acme, asha, "VIEWER");
  await expect(businessGate(await signIn(omar.email), "acme")).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(() => requireRole(viewer, "OWNER")).toThrow();
  expect(lines.slice(-2)).toMatchObject([
    { event: "access refused", userId: omar.id, business: "acme" },
    { event: "access refused", actor: asha.id, role: "VIEWER", needed: "OWNER" },
  ]);
});
