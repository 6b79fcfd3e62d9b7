import { expect, test } from "vitest";
import { type ActivityQueryInput, activityQuerySchema } from "@/features/activity/api";
import { eachActivity, listActivity, listActors } from "@/features/activity/data";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { revokeApiKey } from "@/features/api-keys/mutations/revoke";
import { letMemberIn } from "@/features/businesses/mutations/add-member";
import { changeRole } from "@/features/businesses/mutations/change-role";
import { removeMember } from "@/features/businesses/mutations/remove-member";
import { resetMember } from "@/features/businesses/mutations/reset-member";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { invite } from "@/features/invitations/mutations/invite";
import { joinBusiness as giveCode } from "@/features/invitations/mutations/join";
import { withdrawInvitation } from "@/features/invitations/mutations/withdraw";
import { AppError } from "@/lib/errors";
import { uuidv7 } from "@/lib/ids";
import { admitBusiness } from "@/tests/admit-business";
import { joinBusiness, makePerson } from "@/tests/business";
import { callGateway, NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { signIn } from "@/tests/sign-in";
import { answeredTrade, arrivedTrade } from "@/tests/trade";

const listed = (scope: BusinessScope, query: ActivityQueryInput = {}) =>
  listActivity(scope, activityQuerySchema.parse(query));

/** Sorted by its words: what happens within one millisecond is in no order. */
const told = async (scope: BusinessScope, query: ActivityQueryInput = {}) =>
  (await listed(scope, query)).items.map(({ words, detail, actor }) => [words, detail, actor.name]).sort();

test("a payment's life, as each side's trail tells it", async () => {
  const { buyer, supplier, confirmation, request } = await answeredTrade({
    response: "REJECT",
    remarks: "Not in our account",
  });
  await callGateway("req-pay-confirmation", { body: confirmation, now: new Date(NOW.getTime() + 1) });

  expect(await told(buyer)).toEqual([
    ["Kaveri rejected ₹1,480.00", "“Not in our account”", "Bharat Connect"],
    ["Paid ₹1,480.00 to Kaveri", `UTR ${request.utr}`, buyer.actor.name],
    ["The payment of ₹1,480.00 to Kaveri reached the supplier's platform", null, "Bharat Connect"],
  ]);
  expect(await told(supplier)).toEqual([
    ["Anvaya paid ₹1,480.00", `UTR ${request.utr}`, "Bharat Connect"],
    ["Rejected ₹1,480.00 from Anvaya", "“Not in our account”", supplier.actor.name],
  ]);
  const [last] = (await listed(buyer)).items;
  expect(last).toMatchObject({
    action: "payment.rejected",
    subject: { kind: "payment", id: request.objectId, side: "outgoing" },
  });
});

/** A business with an owner who lets a clerk in and out of roles, and makes a key and revokes it. */
async function settledBusiness() {
  const business = await admitBusiness(`firm-${uuidv7().slice(-8)}`, `${uuidv7()}@BCB`);
  const owner = await joinBusiness(business, await makePerson("Asha Rao"), "OWNER");
  const email = `${uuidv7()}@example.in`;
  const { userId } = (await letMemberIn(owner, { email, name: "Ravi", role: "VIEWER" })).member;
  await changeRole(owner, userId, "FINANCE");
  const { apiKey } = await createApiKey(owner, { id: uuidv7(), name: "Tally" });
  await revokeApiKey(owner, apiKey.id);
  return { business, owner, email };
}

test("who was let in and with what, and who did it", async () => {
  const { owner, email } = await settledBusiness();
  const all = [
    [`Added ${email} as viewer`, null, "Asha Rao"],
    [`Changed ${email} from viewer to finance`, null, "Asha Rao"],
    ["Made the API key “Tally”", null, "Asha Rao"],
    ["Revoked the API key “Tally”", null, "Asha Rao"],
  ];
  expect(await told(owner, { about: "access" })).toEqual(all);
  expect(await told(owner, { by: "people" })).toEqual(all);
  expect(await told(owner, { by: owner.actor.id })).toEqual(all);
  expect(await told(owner, { by: uuidv7() })).toEqual([]);
  expect(await told(owner, { by: "api-keys" })).toEqual([]);
});

test("everybody who did something can be asked for, under the last of their names, those who are gone too", async () => {
  const { business, owner } = await settledBusiness();
  const zoya = await joinBusiness(business, await makePerson(`Zoya ${uuidv7()}`), "OWNER");
  const named = (name: string) => ({ ...zoya, actor: { ...zoya.actor, name } });
  await createApiKey(named("Zoya Khan"), { id: uuidv7(), name: "One" });
  await createApiKey(named("Zoya Sheikh"), { id: uuidv7(), name: "Two" });
  await removeMember(owner, zoya.actor.id);
  expect(await listActors(owner)).toEqual([
    { userId: owner.actor.id, name: "Asha Rao" },
    { userId: zoya.actor.id, name: "Zoya Sheikh" },
  ]);
  expect((await told(owner, { by: zoya.actor.id })).map(([words]) => words)).toEqual([
    "Made the API key “One”",
    "Made the API key “Two”",
  ]);
  const { supplier } = await arrivedTrade();
  expect(await listActors(supplier)).toEqual([]);
});

test("who was invited, joined, got a new password and was removed", async () => {
  const business = await admitBusiness("comings", "COMINGS@BCB");
  const owner = await joinBusiness(business, await makePerson("Asha Owner"), "OWNER");
  const meera = await makePerson("Meera Invited");
  await signIn(meera.email);
  const session = await prisma.session.findFirstOrThrow({ where: { userId: meera.id } });
  const asMeera = mintScope({ ...owner, actor: { kind: "USER", id: meera.id, name: meera.name }, role: "VIEWER" });

  await invite(owner, { email: meera.email, role: "VIEWER" }, new Date());
  await withdrawInvitation(owner, meera.id);
  const { joiningCode } = await invite(owner, { email: meera.email, role: "FINANCE" }, new Date());
  const invited = { scope: asMeera, sessionId: session.id, slug: business.slug };
  await giveCode(invited, { code: joiningCode }, new Date());
  await resetMember(owner, meera.id, { removeSecondFactor: true });
  await removeMember(owner, meera.id);
  expect(await told(owner)).toEqual([
    [`Gave ${meera.email} a new first password`, "And took their two-step sign-in away", "Asha Owner"],
    [`Invited ${meera.email} as finance`, null, "Asha Owner"],
    [`Invited ${meera.email} as viewer`, null, "Asha Owner"],
    ["Joined as finance", "Invited by Asha Owner", "Meera Invited"],
    [`Removed ${meera.email}, who was finance`, null, "Asha Owner"],
    [`Took the invitation of ${meera.email} back`, null, "Asha Owner"],
  ]);
});

test("a business sees nothing of another's trail", async () => {
  const { owner } = await settledBusiness();
  const { supplier } = await arrivedTrade();
  const ids = (await listed(supplier)).items.map(({ id }) => id);
  expect(ids).not.toHaveLength(0);
  expect((await listed(owner, { limit: 100 })).items.filter(({ id }) => ids.includes(id))).toEqual([]);
});

test("pages follow each other without a gap, forth and back, and the export has all of it", async () => {
  const { buyer } = await answeredTrade();
  const { items: whole } = await listed(buyer, { limit: 100 });
  const first = await listed(buyer, { limit: 1 });
  expect(first.previousCursor).toBeNull();
  const second = await listed(buyer, { limit: 1, cursor: first.nextCursor ?? "" });
  expect([...first.items, ...second.items]).toEqual(whole.slice(0, 2));
  expect((await listed(buyer, { limit: 1, cursor: second.previousCursor ?? "" })).items).toEqual(first.items);
  const exported = [];
  for await (const some of eachActivity(buyer, {})) exported.push(...some);
  expect(exported).toEqual(whole);
  await expect(listed(buyer, { cursor: "e30" })).rejects.toBeInstanceOf(AppError);
});

test("days are India's: an event belongs to the day it has there", async () => {
  const { buyer } = await arrivedTrade();
  // NOW is 20 November, 3:30 pm in India.
  expect(NOW.toISOString()).toBe("2026-11-20T10:00:00.000Z");
  const count = async (query: ActivityQueryInput) => (await listed(buyer, query)).items.length;
  const all = await count({});
  expect(all).toBeGreaterThan(0);
  expect(await count({ from: "2026-11-20", to: "2026-11-20" })).toBe(all);
  expect(await count({ to: "2026-11-19" })).toBe(0);
  expect(await count({ from: "2026-11-21" })).toBe(0);
});
