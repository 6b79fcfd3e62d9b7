import { beforeEach, expect, test } from "vitest";
import { activityQuerySchema } from "@/features/activity/api";
import { listActivity } from "@/features/activity/data";
import { changeRole } from "@/features/businesses/mutations/change-role";
import { removeMember } from "@/features/businesses/mutations/remove-member";
import type { BusinessScope } from "@/features/businesses/scope";
import { listInvitations, listMyInvitations } from "@/features/invitations/data";
import { invite } from "@/features/invitations/mutations/invite";
import { admitBusiness, type TestBusiness } from "@/tests/admit-business";
import { joinBusiness, makePerson, type TestPerson } from "@/tests/business";
import { prisma } from "@/tests/prisma";

let count = 0;
let business: TestBusiness;
let ravi: TestPerson;
let meera: TestPerson;
let joseph: TestPerson;
let asha: BusinessScope;
let raviScope: BusinessScope;

beforeEach(async () => {
  count += 1;
  business = await admitBusiness(`ending-${count}`);
  ravi = await makePerson(`Ravi ${count}`);
  meera = await makePerson(`Meera ${count}`);
  joseph = await makePerson(`Joseph ${count}`);
  asha = await joinBusiness(business, await makePerson(`Asha ${count}`), "OWNER");
  raviScope = await joinBusiness(business, ravi, "OWNER");
});

const invited = (by: BusinessScope, { email }: TestPerson, now = new Date()) =>
  invite(by, { email, role: "OWNER" }, now);
const open = async () => (await listInvitations(asha)).map(({ email }) => email);
const audited = () =>
  prisma.auditEvent.findMany({
    where: { businessId: business.id },
    orderBy: { id: "asc" },
    omit: { transactionId: true },
  });

test.each([
  ["is removed", () => removeMember(asha, ravi.id)],
  ["leaves", () => removeMember(raviScope, ravi.id)],
  ["is made finance", () => changeRole(asha, ravi.id, "FINANCE")],
] as const)("the invitations of an owner who %s end with it, and nobody else's", async (_, go) => {
  await invited(raviScope, meera);
  await invited(asha, joseph);
  await go();
  expect(await open()).toEqual([joseph.email]);
  expect(await listMyInvitations(meera.id, new Date())).toEqual([]);
  const last = (await audited()).at(-1);
  expect(last).toMatchObject({ action: "member.invitation-withdrawn", subjectKind: "member", subjectId: meera.id });
  expect(JSON.parse(last?.before ?? "")).toEqual({ email: meera.email, role: "OWNER" });
  const { items } = await listActivity(asha, activityQuerySchema.parse({ about: "access" }));
  expect(items.map(({ words, detail }) => [words, detail])).toContainEqual([
    `Took the invitation of ${meera.email} back`,
    `${ravi.email} had sent it, who is an owner no longer`,
  ]);
});

test("one that another owner has sent anew since stays, and so does that of somebody of the same name", async () => {
  const namesake = { ...(await makePerson(`Namesake ${count}`)), name: ravi.name };
  const other = await joinBusiness(business, namesake, "OWNER");
  await invited(raviScope, meera, new Date(Date.now() - 60_000));
  await invited(asha, meera);
  await invited(other, joseph);
  const senders = (await listInvitations(asha)).map(({ email, inviterId }) => [email, inviterId]);
  expect(Object.fromEntries(senders)).toEqual({ [meera.email]: asha.actor.id, [joseph.email]: namesake.id });
  await removeMember(asha, ravi.id);
  expect((await open()).sort()).toEqual([meera.email, joseph.email].sort());
});

test("who gets the owner's role, or goes without having had it, ends nothing", async () => {
  await invited(raviScope, meera);
  const viewer = await makePerson(`Viewer ${count}`);
  await joinBusiness(business, viewer, "VIEWER");
  await changeRole(asha, viewer.id, "OWNER");
  await changeRole(asha, viewer.id, "FINANCE");
  await removeMember(asha, viewer.id);
  expect(await open()).toEqual([meera.email]);
});

test.each(Array.from({ length: 8 }, (_, round) => round))(
  "an invitation that is sent as its owner goes is not left open (%i)",
  async () => {
    const [sent] = await Promise.allSettled([invited(raviScope, meera), removeMember(asha, ravi.id)]);
    expect(await open()).toEqual([]);
    const actions = (await audited()).map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith("member.invit"))).toEqual(
      sent.status === "fulfilled" ? ["member.invited", "member.invitation-withdrawn"] : [],
    );
  },
);
