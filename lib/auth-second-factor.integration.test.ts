import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { findUser } from "@/features/businesses/session";
import { runAdminCommand } from "@/scripts/admin-commands";
import { makePerson, TEST_PASSWORD } from "@/tests/business";
import { prisma } from "@/tests/prisma";
import { callWith, codeOf, enrol, givePassword, nextOf } from "@/tests/second-factor";
import { callAuth, signIn } from "@/tests/sign-in";

const STEP_MS = 30_000;
let people = 0;
const person = () => makePerson(`Person ${++people}`);

// The clock stands still, so that a step lasts as long as a test wants.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

const nextStep = () => vi.setSystemTime(Date.now() + STEP_MS);
const giveCode = (headers: Headers, code: string) => callWith(headers, "/two-factor/verify-totp", { code });
const giveRecoveryCode = (headers: Headers, code: string) =>
  callWith(headers, "/two-factor/verify-backup-code", { code });

describe("setting it up", () => {
  test("it takes the password, and counts only once a code was typed", async () => {
    const asha = await person();
    const here = await signIn(asha.email);
    const wrong = await callWith(here, "/two-factor/enable", { password: "not the password" });
    expect(wrong.status).toBe(400);
    expect(await prisma.twoFactor.count({ where: { userId: asha.id } })).toBe(0);

    const begun = await callWith(here, "/two-factor/enable", { password: TEST_PASSWORD });
    const answer = (await begun.json()) as { totpURI: string; backupCodes: string[] };
    expect(Object.keys(answer).sort()).toEqual(["backupCodes", "totpURI"]);
    expect(answer.totpURI).toMatch(/^otpauth:\/\/totp\/Chukta:/);
    expect(answer.backupCodes).toHaveLength(10);
    expect(new Set(answer.backupCodes).size).toBe(10);
    // Nobody is locked out by a set-up that was left half done.
    await expect(findUser(await signIn(asha.email))).resolves.toMatchObject({ hasSecondFactor: false });

    expect((await giveCode(here, "000000")).status).toBe(401);
    const done = await giveCode(here, await codeOf(answer.totpURI));
    expect(done.status).toBe(200);
    await expect(findUser(nextOf(done, here))).resolves.toMatchObject({ hasSecondFactor: true });
  });

  test("one whose secret is lost says what else opens, to the person and to the operator", async () => {
    const asha = await person();
    const { totpURI, recoveryCodes } = await enrol(asha);
    const kept = await prisma.twoFactor.findUniqueOrThrow({ where: { userId: asha.id } });
    const lost = kept.secret.replace(/\d+/, "1");
    expect(lost).not.toBe(kept.secret);
    await prisma.twoFactor.update({ where: { id: kept.id }, data: { secret: lost } });
    const ravi = await person();
    await enrol(ravi);
    const his = () => prisma.twoFactor.findUniqueOrThrow({ where: { userId: ravi.id } });
    const { secret } = await his();
    const said = runAdminCommand("reencrypt", []);
    await expect(said).rejects.toThrow(/can be read neither by AUTH_SECRET nor by AUTH_SECRETS_ACCEPTED/);
    await expect(said).rejects.toThrow(`  ${asha.email}\n`);
    // Hers holds up nobody else's.
    expect((await his()).secret).not.toBe(secret);
    nextStep();
    const browser = await givePassword(asha);
    const refused = await giveCode(browser, await codeOf(totpURI));
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: "FACTOR_UNREADABLE" }]);
    expect((await giveRecoveryCode(browser, recoveryCodes[0] ?? "")).status).toBe(200);
    await prisma.twoFactor.delete({ where: { id: kept.id } });
  });

  test("the secret is kept encrypted, and the recovery codes as salted hashes", async () => {
    const asha = await person();
    const { totpURI, recoveryCodes } = await enrol(asha);
    const kept = await prisma.twoFactor.findUniqueOrThrow({ where: { userId: asha.id } });
    const secret = new URL(totpURI).searchParams.get("secret") ?? "none";
    expect(JSON.stringify(kept, (_, value) => (typeof value === "bigint" ? Number(value) : value))).not.toContain(
      secret,
    );
    for (const code of recoveryCodes) expect(kept.backupCodes).not.toContain(code);
    const hashes = JSON.parse(kept.backupCodes) as string[];
    expect(hashes).toHaveLength(10);
    for (const hash of hashes) expect(hash).toMatch(/^scrypt\$[\w-]{22}\$[\w-]{43}$/);
  });

  test("the other sessions end when it is set up, and when it is turned off", async () => {
    const asha = await person();
    const elsewhere = await signIn(asha.email);
    const { here, totpURI } = await enrol(asha);
    expect(await findUser(elsewhere)).toBeNull();
    expect(await findUser(here)).not.toBeNull();

    nextStep();
    const again = nextOf(await giveCode(await givePassword(asha), await codeOf(totpURI)));
    expect(await findUser(again)).not.toBeNull();
    expect((await callWith(here, "/two-factor/disable", { password: "not the password" })).status).toBe(400);
    await expect(findUser(here)).resolves.toMatchObject({ hasSecondFactor: true });
    const off = await callWith(here, "/two-factor/disable", { password: TEST_PASSWORD });
    expect(off.status).toBe(200);
    expect(await findUser(again)).toBeNull();
    await expect(findUser(nextOf(off, here))).resolves.toMatchObject({ hasSecondFactor: false });
    await expect(findUser(await signIn(asha.email))).resolves.not.toBeNull();
    expect(await prisma.twoFactor.count({ where: { userId: asha.id } })).toBe(0);
  });
});

describe("signing in", () => {
  test("the password alone opens nothing", async () => {
    const asha = await person();
    await enrol(asha);
    const before = await prisma.session.count({ where: { userId: asha.id } });
    const response = await callAuth("/sign-in/email", { email: asha.email, password: TEST_PASSWORD });
    expect(await response.json()).toEqual({ twoFactorRedirect: true });
    expect(await findUser(nextOf(response))).toBeNull();
    expect(await prisma.session.count({ where: { userId: asha.id } })).toBe(before);
  });

  test("a code opens a session once, in whichever browser it is typed again", async () => {
    const asha = await person();
    const { totpURI } = await enrol(asha);
    nextStep();
    const code = await codeOf(totpURI);
    const [first, second] = [await givePassword(asha), await givePassword(asha)];
    const opened = await giveCode(first, code);
    expect(opened.status).toBe(200);
    expect(await opened.text()).toBe("{}");
    await expect(findUser(nextOf(opened, first))).resolves.toMatchObject({ id: asha.id });

    const replay = await giveCode(second, code);
    expect(replay.status).toBe(401);
    expect(await replay.json()).toMatchObject({ code: "CODE_USED" });
    expect(await findUser(nextOf(replay, second))).toBeNull();
    // An older one that was never typed is too late as well; the next one is welcome.
    expect((await giveCode(second, await codeOf(totpURI, -1))).status).toBe(401);
    nextStep();
    expect((await giveCode(second, await codeOf(totpURI))).status).toBe(200);
  });

  test("the code that set it up can't sign anyone in", async () => {
    const asha = await person();
    const { totpURI } = await enrol(asha);
    expect((await giveCode(await givePassword(asha), await codeOf(totpURI))).status).toBe(401);
  });

  test("of many who type the same code at once, one gets in", async () => {
    const asha = await person();
    const { totpURI } = await enrol(asha);
    nextStep();
    const code = await codeOf(totpURI);
    const browsers = await Promise.all(Array.from({ length: 6 }, () => givePassword(asha)));
    const before = await prisma.session.count({ where: { userId: asha.id } });
    const statuses = (await Promise.all(browsers.map((each) => giveCode(each, code)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(await prisma.session.count({ where: { userId: asha.id } })).toBe(before + 1);
  });

  test("codes of a clock half a minute off are taken, others not", async () => {
    const asha = await person();
    const { totpURI } = await enrol(asha);
    vi.setSystemTime(Date.now() + 10 * STEP_MS);
    const browser = await givePassword(asha);
    expect((await giveCode(browser, await codeOf(totpURI, -2))).status).toBe(401);
    expect((await giveCode(browser, await codeOf(totpURI, 2))).status).toBe(401);
    expect((await giveCode(browser, await codeOf(totpURI, 1))).status).toBe(200);
  });

  test.each(["totp", "backup-code"])("nothing lets a browser skip the code the next time: %s", async (kind) => {
    const asha = await person();
    const { totpURI, recoveryCodes } = await enrol(asha);
    nextStep();
    const browser = await givePassword(asha);
    const code = kind === "totp" ? await codeOf(totpURI) : recoveryCodes[0];
    const body = { code, trustDevice: true };
    const opened = await callWith(browser, `/two-factor/verify-${kind}`, body);
    expect(opened.status).toBe(200);
    const known = nextOf(opened, browser);
    const again = await callWith(known, "/sign-in/email", { email: asha.email, password: TEST_PASSWORD });
    expect(await again.json()).toEqual({ twoFactorRedirect: true });
    expect(await findUser(nextOf(again, known))).toBeNull();
  });

  test("a recovery code opens a session once, however it is typed", async () => {
    const asha = await person();
    const { recoveryCodes } = await enrol(asha);
    const [code = "", other = ""] = recoveryCodes;
    const opened = await giveRecoveryCode(await givePassword(asha), ` ${code.toUpperCase().replace("-", " ")} `);
    expect(opened.status).toBe(200);
    await expect(findUser(nextOf(opened))).resolves.toMatchObject({ id: asha.id });
    expect((await giveRecoveryCode(await givePassword(asha), code)).status).toBe(401);
    expect((await giveRecoveryCode(await givePassword(asha), other)).status).toBe(200);
    const kept = await prisma.twoFactor.findUniqueOrThrow({ where: { userId: asha.id } });
    expect(JSON.parse(kept.backupCodes)).toHaveLength(8);
  });

  test("of many who type the same recovery code at once, one gets in", async () => {
    const asha = await person();
    const { recoveryCodes } = await enrol(asha);
    const browsers = await Promise.all(Array.from({ length: 5 }, () => givePassword(asha)));
    const before = await prisma.session.count({ where: { userId: asha.id } });
    await Promise.all(browsers.map((each) => giveRecoveryCode(each, recoveryCodes[0] ?? "")));
    expect(await prisma.session.count({ where: { userId: asha.id } })).toBe(before + 1);
  });

  test("what the database keeps of a recovery code is not one", async () => {
    const asha = await person();
    await enrol(asha);
    const kept = await prisma.twoFactor.findUniqueOrThrow({ where: { userId: asha.id } });
    const [hash = ""] = JSON.parse(kept.backupCodes) as string[];
    expect((await giveRecoveryCode(await givePassword(asha), hash)).status).toBe(401);
  });

  test("new recovery codes take the password, and the old ones are void", async () => {
    const asha = await person();
    const { here, recoveryCodes } = await enrol(asha);
    const path = "/two-factor/generate-backup-codes";
    expect((await callWith(here, path, { password: "not the password" })).status).toBe(400);
    const { backupCodes } = (await (await callWith(here, path, { password: TEST_PASSWORD })).json()) as {
      backupCodes: string[];
    };
    expect((await giveRecoveryCode(await givePassword(asha), recoveryCodes[0] ?? "")).status).toBe(401);
    expect((await giveRecoveryCode(await givePassword(asha), backupCodes[0] ?? "")).status).toBe(200);
  });
});

describe("guessing codes", () => {
  test("after ten wrong codes the second step is closed for a while, even for the right one", async () => {
    const asha = await person();
    const { totpURI } = await enrol(asha);
    nextStep();
    const right = await codeOf(totpURI);
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess++) {
      // A new challenge each time: the count is the account's, not the challenge's.
      const wrong = String((Number(right) + 1 + guess) % 1_000_000).padStart(6, "0");
      statuses.push((await giveCode(await givePassword(asha), wrong)).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    const closed = await giveCode(await givePassword(asha), right);
    expect(closed.status).toBe(429);
    expect(Number(closed.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("codes and recovery codes share one count", async () => {
    const asha = await person();
    await enrol(asha);
    const statuses: number[] = [];
    for (let guess = 0; guess < 11; guess++) {
      const browser = await givePassword(asha);
      const response = guess % 2 ? giveCode(browser, "000000") : giveRecoveryCode(browser, "aaaaa-aaaaa");
      statuses.push((await response).status);
    }
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.slice(0, 10)).not.toContain(200);
  });

  test("without the password's step there is nothing to guess at", async () => {
    const asha = await person();
    const { totpURI, recoveryCodes } = await enrol(asha);
    nextStep();
    expect((await giveCode(new Headers(), await codeOf(totpURI))).status).toBe(401);
    expect((await giveRecoveryCode(new Headers(), recoveryCodes[0] ?? "")).status).toBe(401);
  });

  test("a code can't end a sign-in that was begun before the password changed", async () => {
    const asha = await person();
    const { here, totpURI, recoveryCodes } = await enrol(asha);
    const [stranger, another] = [await givePassword(asha), await givePassword(asha)];
    const change = { currentPassword: TEST_PASSWORD, newPassword: "a password of my own" };
    const changed = await callWith(here, "/change-password", change);
    expect(changed.status).toBe(200);
    nextStep();
    expect((await giveCode(stranger, await codeOf(totpURI))).status).toBe(401);
    expect((await giveRecoveryCode(another, recoveryCodes[0] ?? "")).status).toBe(401);
    await expect(findUser(nextOf(changed, here))).resolves.toMatchObject({ id: asha.id });
    expect(await prisma.session.count({ where: { userId: asha.id } })).toBe(1);
  });

  test("the time between password and code is bounded", async () => {
    const asha = await person();
    const { totpURI } = await enrol(asha);
    const browser = await givePassword(asha);
    vi.setSystemTime(Date.now() + 5 * 60_000 + 1_000);
    expect((await giveCode(browser, await codeOf(totpURI))).status).toBe(401);
  });
});
