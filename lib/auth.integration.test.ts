import { beforeAll, describe, expect, test } from "vitest";
import { findUser, requireUser } from "@/features/businesses/session";
import { PASSWORD_TOO_LONG } from "@/lib/auth-client";
import { makePerson, TEST_PASSWORD, type TestPerson } from "@/tests/business";
import { prisma } from "@/tests/prisma";
import { callAuth, cookiesOf, ORIGIN, signIn } from "@/tests/sign-in";

let asha: TestPerson;

beforeAll(async () => {
  asha = await makePerson("Asha");
});

const attempt = (email: string, password: string, headers?: Record<string, string>) =>
  callAuth("/sign-in/email", { email, password }, headers);

describe("signing in", () => {
  test("the right password opens a session that the database holds, in a cookie that scripts can't read", async () => {
    const response = await attempt("ASHA@example.in", TEST_PASSWORD);
    expect(response.status).toBe(200);
    const cookie = response.headers.getSetCookie().find((each) => each.startsWith("chukta.session_token="));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const user = await requireUser(new Headers({ cookie: cookiesOf(response) }));
    expect(user).toMatchObject({ id: asha.id, name: "Asha", email: asha.email, mustChangePassword: false });
    expect(await prisma.session.count({ where: { userId: asha.id } })).toBe(1);
  });

  test("a wrong password and an address that nobody has get the same answer", async () => {
    const wrong = [
      await attempt(asha.email, "not the password"),
      await attempt("nobody@example.in", "not the password"),
    ];
    const [first, second] = await Promise.all(wrong.map(async (response) => [response.status, await response.text()]));
    expect(first).toEqual(second);
    expect(first?.[0]).toBe(401);
  });

  test("nobody signs up, and what better-auth has besides is not there", async () => {
    const body = { email: "self@example.in", password: TEST_PASSWORD, name: "Self" };
    for (const path of [
      "/sign-up/email",
      "/delete-user",
      "/update-user",
      "/request-password-reset",
      "/list-sessions",
    ]) {
      expect((await callAuth(path, body)).status).toBe(404);
    }
    expect(await prisma.user.count({ where: { email: "self@example.in" } })).toBe(0);
  });

  test("another site's page can't sign anyone in or out", async () => {
    const evil = { origin: "https://evil.example" };
    expect((await attempt(asha.email, TEST_PASSWORD, evil)).status).toBe(403);
    const headers = await signIn(asha.email);
    expect((await callAuth("/sign-out", {}, { cookie: headers.get("cookie") ?? "", ...evil })).status).toBe(403);
    expect(await findUser(headers)).not.toBeNull();
  });
});

describe("guessing", () => {
  test("after ten failures an account is closed for a while, whatever address the caller claims", async () => {
    const target = await makePerson("Target");
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess++) {
      const response = await attempt(target.email, `guess number ${guess}`, {
        "x-forwarded-for": `203.0.113.${guess}`,
      });
      statuses.push(response.status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    const closed = await attempt(target.email, TEST_PASSWORD);
    expect(closed.status).toBe(429);
    expect(Number(closed.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await closed.json()).toMatchObject({
      message: expect.stringMatching(/^Too many attempts\. Try again in \d+ minutes?\.$/),
    });
  });

  test("guesses made all at once are counted before any is tried", async () => {
    const target = await makePerson("Racing");
    const guesses = Array.from({ length: 20 }, (_, guess) => attempt(target.email, `guess number ${guess}`));
    const statuses = (await Promise.all(guesses)).map((response) => response.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  });

  test("an address that nobody has is closed just the same", async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess < 11; guess++)
      statuses.push((await attempt("ghost@example.in", "no such person")).status);
    expect(statuses.at(-1)).toBe(429);
  });

  test("signing in well forgets the failures before it", async () => {
    const person = await makePerson("Clumsy");
    for (let round = 0; round < 3; round++) {
      for (let guess = 0; guess < 6; guess++) expect((await attempt(person.email, "mistyped it")).status).toBe(401);
      expect((await attempt(person.email, TEST_PASSWORD)).status).toBe(200);
    }
  });
});

describe("a password of one's own", () => {
  test("choosing one ends the duty to, and the other sessions", async () => {
    const person = await makePerson("Fresh", true);
    const [here, elsewhere] = [await signIn(person.email), await signIn(person.email)];
    await expect(requireUser(here)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const change = { currentPassword: TEST_PASSWORD, newPassword: "a password of my own", revokeOtherSessions: true };
    const short = await callAuth(
      "/change-password",
      { ...change, newPassword: "short" },
      { cookie: here.get("cookie") ?? "" },
    );
    expect(short.status).toBe(400);
    await expect(requireUser(here)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const changed = await callAuth("/change-password", change, { cookie: here.get("cookie") ?? "", origin: ORIGIN });
    expect(changed.status).toBe(200);
    const now = new Headers({ cookie: cookiesOf(changed) });
    await expect(requireUser(now)).resolves.toMatchObject({ mustChangePassword: false });
    expect(await findUser(elsewhere)).toBeNull();
  });

  test("the one that was handed out is none of one's own", async () => {
    const person = await makePerson("Lazy", true);
    const here = await signIn(person.email);
    const change = { currentPassword: TEST_PASSWORD, newPassword: TEST_PASSWORD };
    const refused = await callAuth("/change-password", change, { cookie: here.get("cookie") ?? "" });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ message: "Choose another one than you have now." });
    await expect(requireUser(here)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("one that is far too long is refused for that, and not looked at", async () => {
    const person = await makePerson("Endless");
    const cookie = (await signIn(person.email)).get("cookie") ?? "";
    // To judge it takes seconds.
    const change = { currentPassword: TEST_PASSWORD, newPassword: "1".repeat(7_900) };
    const refused = await callAuth("/change-password", change, { cookie });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: PASSWORD_TOO_LONG });
  });

  test("a change of password takes the one that is", async () => {
    const person = await makePerson("Careful");
    const cookie = (await signIn(person.email)).get("cookie") ?? "";
    const change = { currentPassword: "not the password", newPassword: "a password of my own" };
    const refused = await callAuth("/change-password", change, { cookie });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: "INVALID_PASSWORD" });
    expect((await attempt(person.email, TEST_PASSWORD)).status).toBe(200);
  });

  test("a password of 128 characters is taken to the last of them, exactly as typed", async () => {
    const person = await makePerson("Long Winded");
    const cookie = (await signIn(person.email)).get("cookie") ?? "";
    const newPassword = "Seven grey herons stood in the rain, ".repeat(4).slice(0, 127).concat("!");
    expect(newPassword).toHaveLength(128);
    const change = { currentPassword: TEST_PASSWORD, newPassword };
    expect((await callAuth("/change-password", change, { cookie })).status).toBe(200);
    for (const almost of [newPassword.slice(0, -1), `${newPassword.slice(0, -1)}?`, newPassword.toLowerCase()])
      expect((await attempt(person.email, almost)).status).toBe(401);
    const longer = await attempt(person.email, ` ${newPassword}`);
    expect([longer.status, await longer.json()]).toMatchObject([400, { code: PASSWORD_TOO_LONG }]);
    expect((await attempt(person.email, newPassword)).status).toBe(200);
  });
});
