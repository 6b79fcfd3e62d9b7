import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as keyRoutes from "@/app/api/v1/businesses/[business]/api-keys/route";
import * as memberRoutes from "@/app/api/v1/businesses/[business]/members/route";
import * as businessRoutes from "@/app/api/v1/businesses/[business]/route";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { stampPeerAddresses } from "@/lib/http/client-address";
import type { RouteHandler } from "@/lib/http/route";
import { uuidv7 } from "@/lib/ids";
import { admitBusiness } from "@/tests/admit-business";
import { joinBusiness, makePerson } from "@/tests/business";
import { prisma } from "@/tests/prisma";
import { ORIGIN, signIn } from "@/tests/sign-in";

const cookies: Record<"owner" | "viewer" | "stranger", string> = { owner: "", viewer: "", stranger: "" };
let key = "";

beforeAll(async () => {
  const [acme, other] = [await admitBusiness("acme"), await admitBusiness("other")];
  const people = {
    owner: await makePerson("Asha"),
    viewer: await makePerson("Vik"),
    stranger: await makePerson("Omar"),
  };
  const owner = await joinBusiness(acme, people.owner, "OWNER");
  await joinBusiness(acme, people.viewer, "VIEWER");
  await joinBusiness(other, people.stranger, "OWNER");
  for (const who of ["owner", "viewer", "stranger"] as const) {
    cookies[who] = (await signIn(people[who].email)).get("cookie") ?? "";
  }
  key = (await createApiKey(owner, { id: uuidv7(), name: "ERP" })).keyText;
});

interface Call {
  as?: keyof typeof cookies | "key";
  /** Another key than the business's own. */
  apiKey?: string;
  /** Where the call comes from, as the portal's server saw it. */
  address?: string;
  business?: string;
  body?: unknown;
  origin?: string | null;
}

function call(
  handler: RouteHandler,
  { as, apiKey = key, address, business = "acme", body, origin = ORIGIN }: Call,
): Promise<Response> {
  const headers = new Headers({ host: "localhost:3000" });
  if (as === "key") headers.set("authorization", `Bearer ${apiKey}`);
  else if (as) headers.set("cookie", cookies[as]);
  if (address) headers.set("x-chukta-peer", address);
  if (origin) headers.set("origin", origin);
  if (body !== undefined) headers.set("content-type", "application/json");
  const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  const request = new Request(`${ORIGIN}/api/v1/businesses/${business}`, init);
  return handler(request, { params: Promise.resolve({ business }) });
}

describe("reading", () => {
  test.each([
    ["a member", { as: "viewer" }, 200],
    ["the business's own key", { as: "key" }, 200],
    ["nobody", {}, 401],
    ["a member of another business", { as: "stranger" }, 404],
    ["a member, of someone else's business", { as: "owner", business: "other" }, 404],
    ["a key, of someone else's business", { as: "key", business: "other" }, 404],
    ["a member, of no business at all", { as: "owner", business: "nowhere" }, 404],
  ] satisfies [string, Call, number][])("%s", async (_, request, status) => {
    expect((await call(businessRoutes.GET, request)).status).toBe(status);
  });

  test("someone else's business and none are answered alike, to people and to keys", async () => {
    for (const as of ["owner", "key"] as const) {
      const problems = await Promise.all(
        ["other", "nowhere"].map(async (business) => (await call(businessRoutes.GET, { as, business })).json()),
      );
      const [first, second] = problems.map(({ requestId: _, instance: __, ...rest }) => rest);
      expect(first).toEqual(second);
    }
  });

  test("keys are listed to members, without their text or hash", async () => {
    const text = await (await call(keyRoutes.GET, { as: "viewer" })).text();
    expect(text).toContain("ERP");
    expect(text).not.toMatch(/chk_|secretHash/);
  });
});

describe("writing", () => {
  const body = { email: "new@example.in", name: "New", role: "VIEWER" };

  test.each([
    ["a viewer", { as: "viewer" }, 403],
    ["an API key, where only people may", { as: "key" }, 403],
    ["nobody", {}, 401],
    ["a member of another business", { as: "stranger" }, 404],
    ["an owner, from another site's page", { as: "owner", origin: "https://evil.example" }, 403],
    ["an owner, from a page without an origin", { as: "owner", origin: null }, 403],
  ] satisfies [string, Call, number][])("%s is refused", async (_, request, status) => {
    expect((await call(memberRoutes.POST, { ...request, body })).status).toBe(status);
    expect(await prisma.user.count({ where: { email: body.email } })).toBe(0);
  });

  test("an owner lets someone in, and is told what is wrong by field", async () => {
    const wrong = await call(memberRoutes.POST, { as: "owner", body: { email: "nonsense", role: "BOSS" } });
    expect((await wrong.json()).errors.map((field: { path: string }) => field.path)).toEqual(["email", "role"]);
    const right = await call(memberRoutes.POST, { as: "owner", body });
    expect(right.status).toBe(201);
    expect(await right.json()).toMatchObject({ member: { email: body.email, role: "VIEWER" } });
    expect((await call(memberRoutes.POST, { as: "owner", body })).status).toBe(409);
  });
});

describe("too fast", () => {
  beforeEach(() => {
    // No time passes but what a test lets pass.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  });
  afterEach(() => void vi.useRealTimers());

  const statusesOf = async (count: number, handler: RouteHandler, request: Call) => {
    const answers = await Promise.all(Array.from({ length: count }, () => call(handler, request)));
    const counts: Record<number, number> = {};
    for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  };

  test("a key: a hundred at once and fifty a second, then 429 with Retry-After; another key isn't held up", async () => {
    const owner = await joinBusiness(await admitBusiness("fast"), await makePerson("Fay"), "OWNER");
    const keys = await Promise.all(
      ["one", "two"].map(async (name) => (await createApiKey(owner, { id: uuidv7(), name })).keyText),
    );
    const with1 = { as: "key", apiKey: keys[0], business: "fast" } as const;
    expect(await statusesOf(104, businessRoutes.GET, with1)).toEqual({ 200: 100, 429: 4 });
    const late = await call(businessRoutes.GET, with1);
    expect(late.headers.get("retry-after")).toBe("1");
    expect(await late.json()).toMatchObject({ code: "RATE_LIMITED", detail: expect.stringContaining("in a second") });
    expect((await call(businessRoutes.GET, { ...with1, apiKey: keys[1] })).status).toBe(200);
    vi.setSystemTime(Date.now() + 1000);
    expect(await statusesOf(51, businessRoutes.GET, with1)).toEqual({ 200: 50, 429: 1 });
  });

  test("a person: two hundred at once, whatever they ask for; nobody else is held up", async () => {
    expect(await statusesOf(202, businessRoutes.GET, { as: "viewer" })).toEqual({ 200: 200, 429: 2 });
    expect((await call(keyRoutes.GET, { as: "viewer" })).status).toBe(429);
    expect((await call(businessRoutes.GET, { as: "owner" })).status).toBe(200);
  });

  test("whoever tries keys: a hundred, then no key is looked up for that address", async () => {
    stampPeerAddresses();
    const guess = { as: "key", apiKey: "chk_nobody_has_this_key", address: "192.0.2.77" } as const;
    expect(await statusesOf(103, businessRoutes.GET, guess)).toEqual({ 401: 100, 429: 3 });
    expect((await call(businessRoutes.GET, { as: "key", address: guess.address })).status).toBe(429);
    expect((await call(businessRoutes.GET, { as: "key", address: "192.0.2.78" })).status).toBe(200);
  });
});

test("while sessions can't be looked up the answer is 503, not 401", async () => {
  await prisma.$executeRaw`ALTER TABLE session RENAME TO session_away`;
  try {
    const response = await call(businessRoutes.GET, { as: "owner" });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).not.toBeNull();
  } finally {
    await prisma.$executeRaw`ALTER TABLE session_away RENAME TO session`;
  }
});
