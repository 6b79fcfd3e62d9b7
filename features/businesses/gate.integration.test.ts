import { beforeAll, describe, expect, test } from "vitest";
import { apiKeyGate } from "@/features/api-keys/gate";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { revokeApiKey } from "@/features/api-keys/mutations/revoke";
import { businessGate, networkScope, requireRole, systemScope } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { uuidv7 } from "@/lib/ids";
import { admitBusiness, type TestBusiness } from "@/tests/admit-business";
import { joinBusiness, makePerson } from "@/tests/business";
import { prisma } from "@/tests/prisma";
import { callAuth, ORIGIN, signIn } from "@/tests/sign-in";

let acme: TestBusiness;
let other: TestBusiness;
let owner: BusinessScope;
let viewer: BusinessScope;
let ownerHeaders: Headers;

beforeAll(async () => {
  acme = await admitBusiness("acme", "27AAPFU0939F1ZV@BCB");
  other = await admitBusiness("other");
  const asha = await makePerson("Asha");
  owner = await joinBusiness(acme, asha, "OWNER");
  viewer = await joinBusiness(acme, await makePerson("Vikram"), "VIEWER");
  await joinBusiness(other, await makePerson("Someone Else"), "OWNER");
  ownerHeaders = await signIn(asha.email);
});

describe("a person's way into a business", () => {
  test("a member gets in by its slug, its B2B ID, and its B2B ID as an address writes it", async () => {
    for (const name of ["acme", "27AAPFU0939F1ZV@BCB", "27AAPFU0939F1ZV%40BCB"]) {
      const scope = await businessGate(ownerHeaders, name);
      expect(scope).toMatchObject({ businessId: acme.id, b2bId: acme.b2bId, role: "OWNER", actor: { name: "Asha" } });
    }
  });

  test("someone else's business and one that doesn't exist give the same answer", async () => {
    const answers = await Promise.all(
      ["other", "nowhere", "%E0%A4%A"].map((name) => businessGate(ownerHeaders, name).catch((error: unknown) => error)),
    );
    for (const answer of answers)
      expect(answer).toMatchObject({
        code: "NOT_FOUND",
        message: "There is no such business, or you don't belong to it any more.",
      });
  });

  test("without a session, and with a made-up cookie, nobody gets in", async () => {
    for (const headers of [new Headers(), new Headers({ cookie: "chukta.session_token=made.up" })]) {
      await expect(businessGate(headers, "acme")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    }
  });

  test("a handed-out password opens nothing until it is changed", async () => {
    const newcomer = await makePerson("New Comer", true);
    await joinBusiness(acme, newcomer, "OWNER");
    const headers = await signIn(newcomer.email);
    await expect(businessGate(headers, "acme")).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("after signing out, the same cookie opens nothing", async () => {
    const person = await makePerson("Passing By");
    await joinBusiness(acme, person, "VIEWER");
    const headers = await signIn(person.email);
    await businessGate(headers, "acme");
    const left = await callAuth("/sign-out", {}, { cookie: headers.get("cookie") ?? "", origin: ORIGIN });
    expect(left.status).toBe(200);
    await expect(businessGate(headers, "acme")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("an ended session opens nothing", async () => {
    const person = await makePerson("Long Ago");
    await joinBusiness(acme, person, "VIEWER");
    const headers = await signIn(person.email);
    await prisma.session.updateMany({ where: { userId: person.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    await expect(businessGate(headers, "acme")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("a role covers what the lesser ones may, and no more", () => {
    expect(() => requireRole(owner, "FINANCE")).not.toThrow();
    expect(() => requireRole(viewer, "VIEWER")).not.toThrow();
    expect(() => requireRole(viewer, "FINANCE")).toThrow(/Ask an owner/);
  });
});

describe("a business's own software", () => {
  async function newKey() {
    return createApiKey(owner, { id: uuidv7(), name: "Tally" });
  }

  test("its key opens its own business with finance's rights", async () => {
    const { keyText, apiKey } = await newKey();
    const scope = await apiKeyGate(`Bearer ${keyText}`);
    expect(scope).toMatchObject({ businessId: acme.id, role: "FINANCE", actor: { kind: "API_KEY", id: apiKey.id } });
  });

  test("a key that is missing, malformed, unknown, of another business or revoked is refused in the same words", async () => {
    const { keyText, apiKey } = await newKey();
    const moved = `chk_${Buffer.from(other.id.replaceAll("-", ""), "hex").toString("base64url")}${keyText.slice(26)}`;
    await revokeApiKey(owner, apiKey.id);
    const headers = [null, "", "Basic abc", "Bearer ", "Bearer chk_nonsense", `Bearer ${moved}`, `Bearer ${keyText}`];
    const answers = await Promise.all(headers.map((header) => apiKeyGate(header).catch((error: unknown) => error)));
    for (const answer of answers) expect(answer).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(new Set(answers.map((answer) => (answer as Error).message)).size).toBe(1);
  });

  test("its use is noted once a minute", async () => {
    const { keyText, apiKey } = await newKey();
    const usedAt = async () =>
      (await prisma.apiKey.findFirstOrThrow({ where: { id: apiKey.id } })).lastUsedAt?.getTime();
    const start = Date.UTC(2026, 10, 20);
    await apiKeyGate(`Bearer ${keyText}`, new Date(start));
    await expect.poll(usedAt).toBe(start);
    await apiKeyGate(`Bearer ${keyText}`, new Date(start + 59_000));
    await apiKeyGate(`Bearer ${keyText}`, new Date(start + 61_000));
    await expect.poll(usedAt).toBe(start + 61_000);
  });
});

describe("the network and the portal's own tasks", () => {
  test("the network finds a hosted business by its B2B ID, and nobody else's", async () => {
    expect(await networkScope(acme.b2bId, "req-pay")).toMatchObject({
      businessId: acme.id,
      actor: { kind: "NETWORK" },
    });
    expect(await networkScope("ELSEWHERE@BCB", "req-pay")).toBeNull();
  });

  test("a task acts in the system's name", async () => {
    expect(await systemScope(acme.id, "sweep")).toMatchObject({
      b2bId: acme.b2bId,
      actor: { kind: "SYSTEM", id: "sweep" },
    });
    await expect(systemScope(uuidv7(), "sweep")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
