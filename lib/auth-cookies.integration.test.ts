import { expect, test, vi } from "vitest";

// As in production: people reach the portal over https. Read once, so it is set before anything else is loaded.
vi.hoisted(() => {
  process.env.PUBLIC_URL = "https://pay.example.in";
});

const { makePerson, TEST_PASSWORD } = await import("@/tests/business");
const { findUser } = await import("@/features/businesses/session");
const { POST } = await import("@/app/api/auth/[...all]/route");

const ORIGIN = "https://pay.example.in";

function call(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const sent = { "content-type": "application/json", origin: ORIGIN, host: "pay.example.in", ...headers };
  const url = `${ORIGIN}/api/auth${path}`;
  return POST(new Request(url, { method: "POST", headers: sent, body: JSON.stringify(body) }));
}

test("over https every cookie is bound to this host, secure, and out of scripts' reach", async () => {
  const asha = await makePerson("Asha");
  const response = await call("/sign-in/email", { email: asha.email, password: TEST_PASSWORD });
  expect(response.status).toBe(200);
  const cookies = response.headers.getSetCookie();
  expect(cookies.map((cookie) => cookie.split("=")[0]).sort()).toEqual([
    "__Host-chukta.device",
    "__Host-chukta.session_token",
  ]);
  for (const cookie of cookies) {
    const attributes = cookie
      .split("; ")
      .slice(1)
      .map((part) => part.toLowerCase());
    expect(attributes).toEqual(expect.arrayContaining(["path=/", "secure", "httponly", "samesite=lax"]));
    expect(cookie).not.toMatch(/domain=/i);
    expect(cookie.length).toBeLessThan(4096);
  }
  const cookie = cookies.map((each) => each.split(";")[0]).join("; ");
  await expect(findUser(new Headers({ cookie }))).resolves.toMatchObject({ id: asha.id });

  // Which a neighbouring host or plain http could have set: worth nothing.
  const weaker = cookie.replaceAll("__Host-", "__Secure-");
  expect(await findUser(new Headers({ cookie: weaker }))).toBeNull();
  expect(await findUser(new Headers({ cookie: cookie.replaceAll("__Host-", "") }))).toBeNull();
});

test("the cookie between password and code is bound in the same way", async () => {
  const ravi = await makePerson("Ravi");
  const { prisma } = await import("@/tests/prisma");
  await prisma.user.update({ where: { id: ravi.id }, data: { twoFactorEnabled: true } });
  const response = await call("/sign-in/email", { email: ravi.email, password: TEST_PASSWORD });
  const challenge = response.headers.getSetCookie().find((cookie) => cookie.startsWith("__Host-chukta.two_factor="));
  expect(challenge).toMatch(/; Secure/);
  expect(challenge).toMatch(/; HttpOnly/);
  expect(challenge).toMatch(/Max-Age=300/);
});

test("a browser that a passkey is asked of is known in the same way, and the passkey is for this host", async () => {
  const response = await call("/passkey/sign-in-options", {});
  expect(await response.json()).toMatchObject({ options: { rpId: "pay.example.in", userVerification: "required" } });
  const [browser = "", ...others] = response.headers.getSetCookie();
  expect(others).toEqual([]);
  expect(browser).toMatch(/^__Host-chukta\.passkey=/);
  for (const attribute of [/; Secure/, /; HttpOnly/, /; Path=\//, /; SameSite=Lax/i])
    expect(browser).toMatch(attribute);
  expect(browser).not.toMatch(/domain=/i);
});

test("only https is our own origin, whatever Host a caller claims", async () => {
  for (const origin of ["http://pay.example.in", "https://pay.example.in.evil.example", "http://localhost:3000"])
    expect((await call("/sign-out", {}, { origin, host: "localhost:3000" })).status, origin).toBe(403);
});
