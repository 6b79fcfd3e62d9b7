import { beforeAll, describe, expect, test } from "vitest";
import * as keyRoutes from "@/app/api/v1/businesses/[business]/api-keys/route";
import * as memberRoutes from "@/app/api/v1/businesses/[business]/members/route";
import * as businessRoutes from "@/app/api/v1/businesses/[business]/route";
import { createApiKey } from "@/features/api-keys/mutations/create";
import type { RouteHandler } from "@/lib/http/route";
import { uuidv7 } from "@/lib/ids";
import { joinBusiness, makeBusiness, makePerson } from "@/tests/business";
import { prisma } from "@/tests/prisma";
import { ORIGIN, signIn } from "@/tests/sign-in";

const cookies: Record<"owner" | "viewer" | "stranger", string> = { owner: "", viewer: "", stranger: "" };
let key = "";

beforeAll(async () => {
  const [acme, other] = [await makeBusiness("acme"), await makeBusiness("other")];
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
  business?: string;
  body?: unknown;
  origin?: string | null;
}

function call(handler: RouteHandler, { as, business = "acme", body, origin = ORIGIN }: Call): Promise<Response> {
  const headers = new Headers({ host: "localhost:3000" });
  if (as === "key") headers.set("authorization", `Bearer ${key}`);
  else if (as) headers.set("cookie", cookies[as]);
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
