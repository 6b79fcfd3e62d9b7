import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { PATCH } from "@/app/api/v1/businesses/[business]/route";
import { businessGate } from "@/features/businesses/gate";
import { changeSettings } from "@/features/businesses/mutations/change-settings";
import type { BusinessScope } from "@/features/businesses/scope";
import { admitBusiness, type TestBusiness } from "@/tests/admit-business";
import { joinBusiness, makePerson, TEST_PASSWORD, type TestPerson } from "@/tests/business";
import { addPasskey, signInBy, withPasskey } from "@/tests/passkey";
import { prisma } from "@/tests/prisma";
import { callWith, enrol } from "@/tests/second-factor";
import { signIn } from "@/tests/sign-in";

let acme: TestBusiness;
let other: TestBusiness;
let asha: TestPerson;
let vikram: TestPerson;
let owner: BusinessScope;

const isRequired = async () =>
  (await prisma.business.findUniqueOrThrow({ where: { id: acme.id } })).requireSecondFactor;

beforeAll(async () => {
  [acme, other] = [await admitBusiness("acme"), await admitBusiness("other")];
  [asha, vikram] = [await makePerson("Asha"), await makePerson("Vikram")];
  owner = await joinBusiness(acme, asha, "OWNER");
  await joinBusiness(acme, vikram, "FINANCE");
  await joinBusiness(other, vikram, "OWNER");
});

describe("a business that asks for a second factor", () => {
  test("is not made by an owner who has none: they would shut themselves out", async () => {
    await expect(changeSettings(owner, { requireSecondFactor: true })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await isRequired()).toBe(false);
  });

  test("is made by its owners alone, and it is in the audit trail", async () => {
    const finance = await businessGate(await signIn(vikram.email), "acme");
    await expect(changeSettings(finance, { requireSecondFactor: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await isRequired()).toBe(false);

    const { here } = await enrol(asha);
    here.set("content-type", "application/json");
    const body = JSON.stringify({ requireSecondFactor: true });
    const request = new Request("http://localhost:3000/api/v1/businesses/acme", {
      method: "PATCH",
      headers: here,
      body,
    });
    const response = await PATCH(request, { params: Promise.resolve({ business: "acme" }) });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ slug: "acme", requireSecondFactor: true });
    expect(await isRequired()).toBe(true);
    // Said twice, done once.
    await changeSettings(owner, { requireSecondFactor: true });
    const events = await prisma.auditEvent.findMany({ where: { action: "business.second-factor-changed" } });
    expect(events).toMatchObject([{ businessId: acme.id, actorId: asha.id, after: '{"requireSecondFactor":true}' }]);
  });

  test("lets nobody in without one, from their next request on, and everyone with one", async () => {
    await changeSettings(owner, { requireSecondFactor: false });
    const session = await signIn(vikram.email);
    await expect(businessGate(session, "acme")).resolves.toMatchObject({ businessId: acme.id });
    await changeSettings(owner, { requireSecondFactor: true });
    await expect(businessGate(session, "acme")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(businessGate(session, "other")).resolves.toMatchObject({ businessId: other.id });
    const { here } = await enrol(vikram);
    await expect(businessGate(here, "acme")).resolves.toMatchObject({ businessId: acme.id });
  });

  test("lets in who signed in by a passkey, or has just added one, and not by the password alone", async () => {
    const meera = await makePerson("Meera");
    await joinBusiness(acme, meera, "FINANCE");
    await prisma.business.update({ where: { id: acme.id }, data: { requireSecondFactor: true } });
    const session = await signIn(meera.email);
    await expect(businessGate(session, "acme")).rejects.toMatchObject({ code: "FORBIDDEN" });
    const passkey = await addPasskey(session);
    await expect(businessGate(session, "acme")).resolves.toMatchObject({ businessId: acme.id });
    const { browser } = await signInBy(passkey);
    await expect(businessGate(browser, "acme")).resolves.toMatchObject({ businessId: acme.id });
    await expect(businessGate(await signIn(meera.email), "acme")).rejects.toMatchObject({ code: "FORBIDDEN" });

    const [kept] = await prisma.passkey.findMany({ where: { userId: meera.id } });
    await callWith(browser, "/passkey/remove", { passkey: kept?.id, password: TEST_PASSWORD });
    await expect(businessGate(browser, "acme")).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("is made by an owner who has a passkey", async () => {
    const nandini = await makePerson("Nandini");
    const scope = await joinBusiness(acme, nandini, "OWNER");
    await prisma.business.update({ where: { id: acme.id }, data: { requireSecondFactor: false } });
    await expect(changeSettings(scope, { requireSecondFactor: true })).rejects.toMatchObject({ code: "CONFLICT" });
    await withPasskey(nandini);
    await changeSettings(scope, { requireSecondFactor: true });
    expect(await isRequired()).toBe(true);
  });
});

describe("a portal whose operator asks it of everyone (SECOND_FACTOR)", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  test("lets nobody into any business without one, and leaves owners nothing to choose", async () => {
    const omar = await makePerson("Omar");
    await joinBusiness(other, omar, "VIEWER");
    const session = await signIn(omar.email);
    await expect(businessGate(session, "other")).resolves.toMatchObject({ businessId: other.id });

    vi.stubEnv("SECOND_FACTOR", "required");
    // The settings are read once a process, so the modules are made afresh.
    vi.resetModules();
    const [{ businessGate: gate }, { changeSettings: change }, { getBusiness, listMyBusinesses }] = await Promise.all([
      import("@/features/businesses/gate"),
      import("@/features/businesses/mutations/change-settings"),
      import("@/features/businesses/data"),
    ]);
    await expect(gate(session, "other")).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await listMyBusinesses(omar.id)).toMatchObject([{ slug: "other", requireSecondFactor: true }]);
    const { here } = await enrol(omar);
    const scope = await gate(here, "other");
    expect(await getBusiness(scope)).toMatchObject({ slug: "other", requireSecondFactor: true });
    await expect(change({ ...scope, role: "OWNER" }, { requireSecondFactor: false })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect((await prisma.business.findUniqueOrThrow({ where: { id: other.id } })).requireSecondFactor).toBe(false);
  });
});
