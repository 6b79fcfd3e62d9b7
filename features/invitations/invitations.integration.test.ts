import { setTimeout as delay } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { POST as join } from "@/app/api/v1/businesses/[business]/join/route";
import { businessGate } from "@/features/businesses/gate";
import { addMember, letMemberIn } from "@/features/businesses/mutations/add-member";
import { resetMember } from "@/features/businesses/mutations/reset-member";
import type { BusinessScope } from "@/features/businesses/scope";
import { CODE_LIFETIME_MS } from "@/features/invitations/code";
import { listInvitations, listMyInvitations } from "@/features/invitations/data";
import { invitationGate } from "@/features/invitations/gate";
import { invite } from "@/features/invitations/mutations/invite";
import { joinBusiness as joinIn } from "@/features/invitations/mutations/join";
import { withdrawInvitation } from "@/features/invitations/mutations/withdraw";
import { lockAccount } from "@/lib/account-lock";
import { transactSystem } from "@/lib/db";
import { admitBusiness, type TestBusiness } from "@/tests/admit-business";
import { joinBusiness, makePerson, type TestPerson } from "@/tests/business";
import { prisma } from "@/tests/prisma";
import { callAuth, signIn } from "@/tests/sign-in";

let count = 0;
let acme: TestBusiness;
let other: TestBusiness;
let asha: BusinessScope;
let meera: TestPerson;
let headers: Headers;

beforeEach(async () => {
  count += 1;
  acme = await admitBusiness(`acme-${count}`);
  other = await admitBusiness(`other-${count}`);
  asha = await joinBusiness(acme, await makePerson(`Asha ${count}`), "OWNER");
  meera = await makePerson(`Meera ${count}`);
  await joinBusiness(other, meera, "FINANCE");
  headers = await signIn(meera.email);
});

const invited = (role: "OWNER" | "VIEWER" = "VIEWER", now = new Date()) =>
  invite(asha, { email: meera.email, role }, now);

/** Gives a code, as the page does. */
async function give(code: string, by = headers, business = acme.slug) {
  const sent = new Headers(by);
  sent.set("content-type", "application/json");
  const url = `http://localhost:3000/api/v1/businesses/${business}/join`;
  const response = await join(new Request(url, { method: "POST", headers: sent, body: JSON.stringify({ code }) }), {
    params: Promise.resolve({ business }),
  });
  return { status: response.status, body: await response.json() };
}

const roleOf = async (person = meera) =>
  (await prisma.membership.findUnique({ where: { businessId_userId: { businessId: acme.id, userId: person.id } } }))
    ?.role;
const audited = async () =>
  (await prisma.auditEvent.findMany({ where: { businessId: acme.id }, orderBy: { id: "asc" } })).map(
    ({ action, actorName }) => `${action} by ${actorName.split(" ")[0]}`,
  );

describe("someone who has an account", () => {
  test("is invited when an owner adds them, and in once they give the code, however they type it", async () => {
    const added = await addMember(asha, { email: meera.email, name: "Ignored", role: "FINANCE" });
    if (added.outcome !== "INVITED") throw new Error("let in unasked");
    expect(added.invitation).toMatchObject({ email: meera.email, role: "FINANCE", invitedBy: asha.actor.name });
    expect(await listInvitations(asha)).toEqual([added.invitation]);
    expect(await listMyInvitations(meera.id, new Date())).toMatchObject([{ slug: acme.slug, role: "FINANCE" }]);
    await expect(businessGate(headers, acme.slug)).rejects.toMatchObject({ code: "NOT_FOUND" });

    const typed = ` ${added.joiningCode.toUpperCase().replaceAll("-", " ")} `;
    expect(await give(typed)).toEqual({ status: 200, body: { slug: acme.slug, role: "FINANCE" } });
    expect((await businessGate(headers, acme.slug)).role).toBe("FINANCE");
    expect(await listInvitations(asha)).toEqual([]);
    expect(await audited()).toEqual(["member.invited by Asha", "member.joined by Meera"]);
    expect((await give(added.joiningCode)).status).toBe(404);
  });

  test("is not in by another code, another's code, another business's, or one of a week ago", async () => {
    const { joiningCode } = await invited();
    const wrong = await give("abcd-efgh-jkmn-pqrs");
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: "code", code: "WRONG_CODE" }] } });

    const ravi = await makePerson(`Ravi ${count}`);
    const raviIsIn = await invite(asha, { email: ravi.email, role: "OWNER" }, new Date());
    expect((await give(raviIsIn.joiningCode)).status).toBe(422);
    expect((await give(joiningCode, await signIn(ravi.email))).status).toBe(422);
    expect((await give(joiningCode, headers, other.slug)).status).toBe(404);

    const old = await invited("VIEWER", new Date(Date.now() - CODE_LIFETIME_MS - 1_000));
    expect((await give(old.joiningCode)).status).toBe(422);
    expect(await listMyInvitations(meera.id, new Date())).toEqual([]);
    expect([await roleOf(), await roleOf(ravi)]).toEqual([undefined, undefined]);
  });

  test("finds the first code void when they are invited again, or no longer", async () => {
    const first = await invited("OWNER");
    const second = await invited("VIEWER");
    expect((await give(first.joiningCode)).status).toBe(422);
    await withdrawInvitation(asha, meera.id);
    expect((await give(second.joiningCode)).status).toBe(404);
    await expect(withdrawInvitation(asha, meera.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await roleOf()).toBeUndefined();
    expect(await audited()).toEqual([
      "member.invited by Asha",
      "member.invited by Asha",
      "member.invitation-withdrawn by Asha",
    ]);
  });

  test("is not invited once they are in; and whom the operator lets in needs no code any more", async () => {
    const { joiningCode } = await invited();
    await letMemberIn(asha, { email: meera.email, role: "OWNER" });
    expect((await give(joiningCode)).status).toBe(404);
    expect(await roleOf()).toBe("OWNER");
    await expect(invited()).rejects.toMatchObject({ code: "CONFLICT", fields: [{ path: "email" }] });
    expect(await listInvitations(asha)).toEqual([]);
  });

  test("has a code that is kept nowhere", async () => {
    const { joiningCode } = await invited();
    const kept = JSON.stringify([
      await prisma.invitation.findMany({ where: { businessId: acme.id } }),
      await prisma.auditEvent.findMany({ where: { businessId: acme.id }, omit: { transactionId: true } }),
    ]);
    expect(kept).toContain(meera.email);
    expect(kept).not.toContain(joiningCode);
    expect(kept).not.toContain(joiningCode.replaceAll("-", ""));
  });
});

test("a code counts no more once the session that it is given in has ended", async () => {
  const { joiningCode } = await invited();
  const invitation = await invitationGate(headers, acme.slug);
  await prisma.session.deleteMany({ where: { userId: meera.id } });
  const joined = joinIn(invitation, { code: joiningCode }, new Date());
  await expect(joined).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(await roleOf()).toBeUndefined();
});

test("only owners invite and withdraw", async () => {
  await invited();
  const finance = await joinBusiness(acme, await makePerson(`Finance ${count}`), "FINANCE");
  await expect(invite(finance, { email: meera.email, role: "OWNER" }, new Date())).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(withdrawInvitation(finance, meera.id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await listInvitations(asha)).toHaveLength(1);
});

test("whoever made an account for somebody's address gets into no business that lets this somebody in", async () => {
  const email = `accountant.${count}@example.in`;
  const mallory = await joinBusiness(other, await makePerson(`Mallory ${count}`), "OWNER");
  const made = await addMember(mallory, { email, name: "The accountant", role: "VIEWER" });
  if (made.outcome !== "ADDED") throw new Error("the address was taken");
  const before = await signIn(email, made.firstPassword);
  const mine = {
    currentPassword: made.firstPassword,
    newPassword: "mallory's own long words",
    revokeOtherSessions: true,
  };
  expect((await callAuth("/change-password", mine, Object.fromEntries(before))).status).toBe(200);
  const malloryAsThem = await signIn(email, mine.newPassword);

  const added = await addMember(asha, { email, role: "OWNER" });
  expect(added.outcome).toBe("INVITED");
  await expect(businessGate(malloryAsThem, acme.slug)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await give("abcd-efgh-jkmn-pqrs", malloryAsThem)).status).toBe(422);
});

describe("at once", () => {
  test("a code that is given ten times lets in once", async () => {
    const { joiningCode } = await invited();
    const replies = await Promise.all(Array.from({ length: 10 }, () => give(joiningCode)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await audited()).toEqual(["member.invited by Asha", "member.joined by Meera"]);
  });

  test.each(Array.from({ length: 6 }, (_, round) => round))("joined or withdrawn, and never both (%i)", async () => {
    const { joiningCode } = await invited();
    const [joined, withdrawn] = await Promise.allSettled([give(joiningCode), withdrawInvitation(asha, meera.id)]);
    const isIn = joined.status === "fulfilled" && joined.value.status === 200;
    expect([isIn, withdrawn.status]).toEqual(isIn ? [true, "rejected"] : [false, "fulfilled"]);
    expect(await roleOf()).toBe(isIn ? "VIEWER" : undefined);
    expect(await audited()).toHaveLength(2);
  });

  test.each(Array.from({ length: 6 }, (_, round) => round))(
    "they join, or their first business gives the account a new password, and never both (%i)",
    async () => {
      const { joiningCode } = await invited();
      const owner = await joinBusiness(other, await makePerson(`Owner ${count}`), "OWNER");
      const [joined, reset] = await Promise.allSettled([
        give(joiningCode),
        resetMember(owner, meera.id, { removeSecondFactor: false }),
      ]);
      const isIn = joined.status === "fulfilled" && joined.value.status === 200;
      expect([isIn, reset.status]).toEqual(isIn ? [true, "rejected"] : [false, "fulfilled"]);
      expect(await roleOf()).toBe(isIn ? "VIEWER" : undefined);
    },
  );

  test("whoever joins at the moment of being invited anew is in, and no code for them is left open", async () => {
    let [release, lock] = [() => {}, () => {}];
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const locked = new Promise<void>((resolve) => {
      lock = resolve;
    });
    const joined = transactSystem(async (tx) => {
      await lockAccount(tx, meera.id);
      lock();
      await released;
      await tx.membership.create({ data: { businessId: acme.id, userId: meera.id, role: "VIEWER" } });
    });
    await locked;
    const again = invited("OWNER").then(
      () => "invited",
      (error: { code: string }) => error.code,
    );
    expect(await Promise.race([again, delay(500, "waits")])).toBe("waits");
    release();
    await joined;
    expect(await again).toBe("CONFLICT");
    expect(await listInvitations(asha)).toEqual([]);
  });
});
