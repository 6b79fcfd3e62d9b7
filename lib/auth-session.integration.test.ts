import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { listSessions } from "@/features/accounts/data";
import { pruneSessions } from "@/features/accounts/mutations/prune-sessions";
import { findUser } from "@/features/businesses/session";
import { SESSION_IDLE_SECONDS, SESSION_MAX_SECONDS } from "@/lib/auth-session";
import { makePerson, TEST_PASSWORD } from "@/tests/business";
import { prisma } from "@/tests/prisma";
import { callWith, nextOf } from "@/tests/second-factor";
import { callAuth, signIn } from "@/tests/sign-in";

let people = 0;
const person = () => makePerson(`Person ${++people}`);
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a session ends", () => {
  test("when it lies idle for an hour, and not while it is used", async () => {
    const asha = await person();
    const [used, idle] = [await signIn(asha.email), await signIn(asha.email)];
    for (let quarter = 0; quarter < 4; quarter++) {
      later(SESSION_IDLE_SECONDS / 4);
      expect(await findUser(used)).not.toBeNull();
    }
    expect(await findUser(idle)).toBeNull();
    expect(await prisma.session.count({ where: { userId: asha.id } })).toBe(1);
  });

  test("an hour after it was last used, to the minute; its use is noted once a minute", async () => {
    const asha = await person();
    const here = await signIn(asha.email);
    const lastSeen = async () => (await prisma.session.findFirstOrThrow({ where: { userId: asha.id } })).lastSeenAt;
    const begun = await lastSeen();
    later(59);
    await findUser(here);
    expect(await lastSeen()).toEqual(begun);
    later(1);
    await findUser(here);
    later(SESSION_IDLE_SECONDS - 1);
    expect(await findUser(here)).not.toBeNull();
  });

  test("when the clock that it was begun by turns out to have been ahead; not for minutes", async () => {
    const asha = await person();
    const here = await signIn(asha.email);
    later(-600);
    expect(await findUser(here)).not.toBeNull();
    later(600 + 365 * 86_400);
    const ahead = await signIn(asha.email);
    later(-365 * 86_400);
    expect(await findUser(ahead)).toBeNull();
  });

  test("idle, also for what changes credentials", async () => {
    const asha = await person();
    const here = await signIn(asha.email);
    later(SESSION_IDLE_SECONDS);
    expect((await callWith(here, "/two-factor/enable", { password: TEST_PASSWORD })).status).toBe(401);
    expect(await prisma.twoFactor.count({ where: { userId: asha.id } })).toBe(0);
  });

  test("a day after signing in, however busy it is", async () => {
    const asha = await person();
    const here = await signIn(asha.email);
    for (let passed = 0; passed < SESSION_MAX_SECONDS - 1_800; passed += 1_800) {
      later(1_800);
      expect(await findUser(here)).not.toBeNull();
    }
    later(1_801);
    expect(await findUser(here)).toBeNull();
  }, 60_000);

  test("and is gone from the table a day later, unused as it was left; not before it has run out", async () => {
    const asha = await person();
    const left = () => prisma.session.count({ where: { userId: asha.id } });
    await signIn(asha.email);
    later(SESSION_MAX_SECONDS);
    await signIn(asha.email);
    await pruneSessions(new Date());
    expect(await left()).toBe(2);
    later(SESSION_MAX_SECONDS + 1);
    await pruneSessions(new Date());
    expect(await left()).toBe(1);
  });

  test("at sign-out at once, for whoever kept its cookie", async () => {
    const asha = await person();
    const here = await signIn(asha.email);
    expect((await callWith(here, "/sign-out", {})).status).toBe(200);
    expect(await findUser(here)).toBeNull();
    expect(await prisma.session.count({ where: { userId: asha.id } })).toBe(0);
  });

  test("when someone signs in again in the same browser", async () => {
    const [asha, ravi] = [await person(), await person()];
    const before = await signIn(asha.email);
    const response = await callWith(before, "/sign-in/email", { email: ravi.email, password: TEST_PASSWORD });
    await expect(findUser(nextOf(response, before))).resolves.toMatchObject({ id: ravi.id });
    expect(await findUser(before)).toBeNull();
  });

  test("everywhere else when the password changes, even if nobody asked for that", async () => {
    const asha = await person();
    const [here, elsewhere] = [await signIn(asha.email), await signIn(asha.email)];
    const change = { currentPassword: TEST_PASSWORD, newPassword: "a password of my own", revokeOtherSessions: false };
    const changed = await callWith(here, "/change-password", change);
    expect(changed.status).toBe(200);
    expect(await findUser(elsewhere)).toBeNull();
    // The cookie that was there before is worth nothing either: the session is a new one.
    expect(await findUser(here)).toBeNull();
    expect(await findUser(nextOf(changed, here))).not.toBeNull();
  });
});

test("has a token of its own, of 32 random letters and digits", async () => {
  const asha = await person();
  for (let time = 0; time < 3; time++) await signIn(asha.email);
  const tokens = (await prisma.session.findMany({ where: { userId: asha.id } })).map(({ token }) => token);
  expect(new Set(tokens).size).toBe(3);
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9]{32}$/);
});

describe("one's own sessions", () => {
  test("are listed without what opens them", async () => {
    const [asha, ravi] = [await person(), await person()];
    const phone = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36";
    await callAuth("/sign-in/email", { email: asha.email, password: TEST_PASSWORD }, { "user-agent": phone });
    const here = await signIn(asha.email);
    await signIn(ravi.email);
    const user = await findUser(here);
    const sessions = await listSessions(asha.id, user?.sessionId ?? "", new Date());
    expect(sessions.map(({ browser, current }) => ({ browser, current }))).toEqual([
      { browser: "A program or an unknown browser", current: true },
      { browser: "Chrome on Android", current: false },
    ]);
    for (const { token } of await prisma.session.findMany({ where: { userId: asha.id } }))
      expect(JSON.stringify(sessions)).not.toContain(token);
    for (const [ipAddress, address] of [
      ["2001:0db8:0001:0002:0000:0000:0000:0000", "2001:db8:1:2::"],
      ["0000:0000:0000:0000:0000:0000:0000:0000", null],
      ["203.0.113.7", "203.0.113.7"],
    ]) {
      await prisma.session.updateMany({ where: { userId: asha.id }, data: { ipAddress: ipAddress ?? null } });
      expect((await listSessions(asha.id, "", new Date()))[0]?.address).toBe(address);
    }
    later(SESSION_IDLE_SECONDS);
    expect(await listSessions(asha.id, "", new Date())).toEqual([]);
  });

  test("end by the password: one of them, or all others; never this one, nor anybody else's", async () => {
    const [asha, ravi] = [await person(), await person()];
    const [here, first, second, third] = await Promise.all([0, 1, 2, 3].map(() => signIn(asha.email)));
    const his = await signIn(ravi.email);
    const idOf = async (headers: Headers | undefined) => (await findUser(headers ?? new Headers()))?.sessionId;
    const end = (body: object) => callWith(here ?? new Headers(), "/end-sessions", body);

    expect((await end({ password: "not the password" })).status).toBe(400);
    expect(await idOf(first)).toBeDefined();
    expect((await end({ password: TEST_PASSWORD, session: await idOf(first) })).status).toBe(200);
    expect([await idOf(first), await idOf(second)]).toEqual([undefined, expect.any(String)]);
    await end({ password: TEST_PASSWORD, session: await idOf(his) });
    await end({ password: TEST_PASSWORD, session: await idOf(here) });
    expect([await idOf(his), await idOf(here)]).toEqual([expect.any(String), expect.any(String)]);
    expect((await end({ password: TEST_PASSWORD })).status).toBe(200);
    expect([await idOf(second), await idOf(third), await idOf(here)]).toEqual([
      undefined,
      undefined,
      expect.any(String),
    ]);
    expect(await findUser(his)).not.toBeNull();
  });
});

describe("what leaves the server", () => {
  test("no session's token, but in its cookie", async () => {
    const asha = await person();
    const signedIn = await callAuth("/sign-in/email", { email: asha.email, password: TEST_PASSWORD });
    const here = nextOf(signedIn);
    expect(await signedIn.text()).toBe("{}");
    const change = { currentPassword: TEST_PASSWORD, newPassword: "a password of my own" };
    expect(await (await callWith(here, "/change-password", change)).text()).toBe("{}");
  });

  test("no list of sessions, and no session, by better-auth's own paths", async () => {
    const asha = await person();
    const here = await signIn(asha.email);
    for (const path of [
      "/list-sessions",
      "/get-session",
      "/revoke-sessions",
      "/two-factor/get-totp-uri",
      "/two-factor/view-backup-codes",
    ])
      expect((await callWith(here, path, { password: TEST_PASSWORD })).status, path).toBe(404);
  });
});

describe("who may write", () => {
  test("nobody from another site, or from nowhere", async () => {
    const asha = await person();
    const here = await signIn(asha.email);
    const cookie = here.get("cookie") ?? "";
    for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }, { origin: "" }])
      for (const path of ["/sign-out", "/end-sessions", "/two-factor/enable", "/sign-in/email"])
        expect((await callAuth(path, { password: TEST_PASSWORD }, { cookie, ...headers })).status, path).toBe(403);
    expect(await findUser(here)).not.toBeNull();
  });
});

test.each(["/end-sessions", "/two-factor/generate-backup-codes", "/two-factor/disable"])(
  "an open browser lets nobody guess its person's password without end: %s",
  async (path) => {
    const asha = await person();
    const here = await signIn(asha.email);
    const statuses: number[] = [];
    for (let guess = 0; guess < 11; guess++)
      statuses.push((await callWith(here, path, { password: `guess number ${guess}` })).status);
    expect(statuses.slice(-2)).toEqual([400, 429]);
  },
);

test("a stranger who closes an account by guessing doesn't lock its owner out of their own browser", async () => {
  const asha = await person();
  const known = await signIn(asha.email);
  for (let guess = 0; guess < 12; guess++)
    await callAuth("/sign-in/email", { email: asha.email, password: `guess number ${guess}` });
  const credentials = { email: asha.email, password: TEST_PASSWORD };
  expect((await callAuth("/sign-in/email", credentials)).status).toBe(429);
  const hers = await callWith(known, "/sign-in/email", credentials);
  expect(hers.status).toBe(200);
  // The cookie that tells the two apart is this account's alone, and bounded in the same way.
  const ravi = await person();
  for (let guess = 0; guess < 11; guess++)
    await callAuth("/sign-in/email", { email: ravi.email, password: `guess number ${guess}` });
  expect((await callWith(known, "/sign-in/email", { email: ravi.email, password: TEST_PASSWORD })).status).toBe(429);
  const statuses: number[] = [];
  for (let guess = 0; guess < 11; guess++)
    statuses.push((await callWith(known, "/sign-in/email", { ...credentials, password: `slip ${guess}` })).status);
  expect(statuses.at(-1)).toBe(429);
});
