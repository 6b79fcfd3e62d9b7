import { beforeEach, describe, expect, test } from "vitest";
import { listMembers } from "@/features/businesses/data";
import { businessGate } from "@/features/businesses/gate";
import { addMember, letMemberIn } from "@/features/businesses/mutations/add-member";
import { changeRole } from "@/features/businesses/mutations/change-role";
import { removeMember } from "@/features/businesses/mutations/remove-member";
import type { BusinessScope } from "@/features/businesses/scope";
import { admitBusiness, type TestBusiness } from "@/tests/admit-business";
import { joinBusiness, makePerson, type TestPerson } from "@/tests/business";
import { prisma } from "@/tests/prisma";
import { signIn } from "@/tests/sign-in";

let count = 0;
let business: TestBusiness;
let asha: TestPerson;
let ravi: TestPerson;
let ashaScope: BusinessScope;
let raviScope: BusinessScope;

beforeEach(async () => {
  count += 1;
  business = await admitBusiness(`business-${count}`);
  asha = await makePerson(`Asha ${count}`);
  ravi = await makePerson(`Ravi ${count}`);
  ashaScope = await joinBusiness(business, asha, "OWNER");
  raviScope = await joinBusiness(business, ravi, "OWNER");
});

const owners = () => prisma.membership.count({ where: { businessId: business.id, role: "OWNER" } });
const audited = () =>
  prisma.auditEvent.findMany({
    where: { businessId: business.id },
    orderBy: { id: "asc" },
    omit: { transactionId: true },
  });

describe("the last owner stays", () => {
  test.each(Array.from({ length: 8 }, (_, round) => round))("two owners demote each other at once (%i)", async () => {
    const outcomes = await Promise.allSettled([
      changeRole(ashaScope, ravi.id, "VIEWER"),
      changeRole(raviScope, asha.id, "VIEWER"),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await owners()).toBe(1);
    expect(await audited()).toHaveLength(1);
  });

  test("one owner leaves while the other removes them", async () => {
    await Promise.allSettled([
      removeMember(ashaScope, ravi.id),
      removeMember(raviScope, asha.id),
      changeRole(ashaScope, asha.id, "FINANCE"),
      changeRole(raviScope, ravi.id, "FINANCE"),
    ]);
    expect(await owners()).toBe(1);
  });

  test("the only owner can neither step down nor go", async () => {
    await removeMember(ashaScope, ravi.id);
    await expect(changeRole(ashaScope, asha.id, "FINANCE")).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(removeMember(ashaScope, asha.id)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await owners()).toBe(1);
  });
});

describe("letting people in", () => {
  test("someone new gets a first password that works once they change it", async () => {
    const input = { email: `meera.${count}@example.in`, name: "Meera", role: "FINANCE" } as const;
    const added = await addMember(ashaScope, input);
    if (added.outcome !== "ADDED") throw new Error("the address was taken");
    const { member, firstPassword } = added;
    expect(member).toMatchObject({ name: "Meera", role: "FINANCE", signedInBefore: false });
    const headers = await signIn(input.email, firstPassword);
    await expect(businessGate(headers, business.slug)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const stored = JSON.stringify([
      await audited(),
      await prisma.account.findMany({ where: { userId: member.userId } }),
    ]);
    expect(stored).not.toContain(firstPassword);
  });

  test("someone new needs a name", async () => {
    const unnamed = addMember(ashaScope, { email: `nobody.${count}@example.in`, role: "VIEWER" });
    await expect(unnamed).rejects.toMatchObject({ code: "INVALID", fields: [{ path: "name" }] });
  });

  test("ten requests to let the same new person in make one account, one member, one audit line", async () => {
    const input = { email: `twice.${count}@example.in`, name: "Twice", role: "VIEWER" } as const;
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => addMember(ashaScope, input)));
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    expect(await prisma.user.count({ where: { email: input.email } })).toBe(1);
    expect(await audited()).toHaveLength(1);
  });
});

describe("roles and bounds", () => {
  test("only an owner manages people, and an owner who was demoted is one no longer", async () => {
    await changeRole(ashaScope, ravi.id, "FINANCE");
    await expect(removeMember(raviScope, asha.id)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const viewer = await joinBusiness(business, await makePerson(`Viewer ${count}`), "VIEWER");
    await expect(changeRole(viewer, ravi.id, "OWNER")).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("someone who is in is let in no more, and a role that they have changes nothing", async () => {
    const again = letMemberIn(ashaScope, { email: ravi.email, role: "VIEWER" });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT", fields: [{ path: "email" }] });
    expect(await changeRole(ashaScope, ravi.id, "OWNER")).toMatchObject({ role: "OWNER" });
    expect(await audited()).toEqual([]);
  });

  test("someone who is removed is out at once, and the people of another business are not found", async () => {
    const headers = await signIn(ravi.email);
    await businessGate(headers, business.slug);
    await removeMember(ashaScope, ravi.id);
    await expect(businessGate(headers, business.slug)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(changeRole(ashaScope, ravi.id, "VIEWER")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await listMembers(ashaScope)).map((member) => member.name)).toEqual([asha.name]);
  });

  test("each change stands in the audit trail with what was and what is", async () => {
    await changeRole(ashaScope, ravi.id, "VIEWER");
    await removeMember(ashaScope, ravi.id);
    const [changed, removed] = await audited();
    expect(changed).toMatchObject({ action: "member.role-changed", actorId: asha.id, subjectId: ravi.id });
    expect(JSON.parse(changed?.after ?? "")).toEqual({ email: ravi.email, role: "VIEWER" });
    expect(removed).toMatchObject({ action: "member.removed" });
  });
});
