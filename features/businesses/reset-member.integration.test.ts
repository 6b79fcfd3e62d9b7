import { beforeEach, expect, test, vi } from "vitest";
import { addMember } from "@/features/businesses/mutations/add-member";
import { resetMember } from "@/features/businesses/mutations/reset-member";
import type { BusinessScope } from "@/features/businesses/scope";
import { findUser } from "@/features/businesses/session";
import type { AppError } from "@/lib/errors";
import { uuidv7 } from "@/lib/ids";
import { admitBusiness, type TestBusiness } from "@/tests/admit-business";
import { joinBusiness, makePerson, type TestPerson } from "@/tests/business";
import { atSignIn, giveAnswer, signInBy, withPasskey } from "@/tests/passkey";
import { prisma } from "@/tests/prisma";
import { callWith, enrol, givePassword } from "@/tests/second-factor";
import { callAuth, signIn } from "@/tests/sign-in";

const PASSWORD_ALONE = { removeSecondFactor: false };

let count = 0;
let business: TestBusiness;
let asha: BusinessScope;
let ravi: TestPerson;
let raviScope: BusinessScope;

beforeEach(async () => {
  count += 1;
  business = await admitBusiness(`business-${count}`);
  asha = await joinBusiness(business, await makePerson(`Asha ${count}`), "OWNER");
  ravi = await makePerson(`Ravi ${count}`);
  raviScope = await joinBusiness(business, ravi, "FINANCE");
});

const audited = () => prisma.auditEvent.findMany({ where: { businessId: business.id }, omit: { transactionId: true } });

test("an owner gives a person a new first password: the old one and their sessions end, and they choose their own", async () => {
  const before = await signIn(ravi.email);
  const { firstPassword } = await resetMember(asha, ravi.id, PASSWORD_ALONE);
  expect(await findUser(before)).toBeNull();
  await expect(signIn(ravi.email)).rejects.toThrow(/could not sign in/);
  expect(await findUser(await signIn(ravi.email, firstPassword))).toMatchObject({ mustChangePassword: true });

  const [event] = await audited();
  expect(event).toMatchObject({ action: "member.password-reset", actorId: asha.actor.id, subjectId: ravi.id });
  const kept = JSON.stringify([await audited(), await prisma.account.findMany({ where: { userId: ravi.id } })]);
  expect(kept).not.toContain(firstPassword);
});

test("a sign-in that waits for its code ends with the password that began it", async () => {
  const { recoveryCodes } = await enrol(ravi);
  const begun = await givePassword(ravi);
  await resetMember(asha, ravi.id, PASSWORD_ALONE);
  const ended = await callWith(begun, "/two-factor/verify-backup-code", { code: recoveryCodes[0] });
  expect(ended.status).toBe(401);
  expect(await prisma.session.count({ where: { userId: ravi.id } })).toBe(0);
});

test("two-step sign-in stays, unless that is lost too", async () => {
  await enrol(ravi);
  const { firstPassword } = await resetMember(asha, ravi.id, PASSWORD_ALONE);
  const asked = await callAuth("/sign-in/email", { email: ravi.email, password: firstPassword });
  expect(await asked.json()).toEqual({ twoFactorRedirect: true });

  const again = await resetMember(asha, ravi.id, { removeSecondFactor: true });
  expect(await findUser(await signIn(ravi.email, again.firstPassword))).toMatchObject({ hasSecondFactor: false });
  expect(await prisma.twoFactor.count({ where: { userId: ravi.id } })).toBe(0);
});

test("passkeys go with the old password: each is a whole way in", async () => {
  const { passkey } = await withPasskey(ravi);
  expect((await signInBy(passkey)).response.status).toBe(200);
  await resetMember(asha, ravi.id, PASSWORD_ALONE);
  expect(await prisma.passkey.count({ where: { userId: ravi.id } })).toBe(0);
  expect((await signInBy(passkey)).response.status).toBe(401);
  expect(await prisma.session.count({ where: { userId: ravi.id } })).toBe(0);
});

test("none outlives the reset by a sign-in at the same moment", async () => {
  const { passkey } = await withPasskey(ravi);
  const { browser, challenge } = await atSignIn();
  const [signedIn] = await Promise.all([
    giveAnswer(browser, passkey.signed({ challenge })),
    resetMember(asha, ravi.id, PASSWORD_ALONE),
  ]);
  expect([200, 401]).toContain(signedIn.status);
  expect(await prisma.session.count({ where: { userId: ravi.id } })).toBe(0);
});

test("whoever belongs to another business too keeps the password they have", async () => {
  const before = await signIn(ravi.email);
  await joinBusiness(await admitBusiness(`elsewhere-${count}`), ravi, "VIEWER");
  await expect(resetMember(asha, ravi.id, PASSWORD_ALONE)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await findUser(before)).not.toBeNull();
  await signIn(ravi.email);
  expect(await audited()).toEqual([]);
});

test("only an owner, not for themselves, and for nobody of another business", async () => {
  await expect(resetMember(raviScope, asha.actor.id, PASSWORD_ALONE)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(resetMember(asha, asha.actor.id, PASSWORD_ALONE)).rejects.toMatchObject({ code: "CONFLICT" });
  const stranger = await makePerson(`Stranger ${count}`);
  await joinBusiness(await admitBusiness(`strange-${count}`), stranger, "VIEWER");
  await expect(resetMember(asha, stranger.id, PASSWORD_ALONE)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await signIn(stranger.email);
});

test("passwords are handed out at a pace that leaves time for those who sign in", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  try {
    // Each is for nobody; whether there is such a person is looked up after the password was made.
    const given = Array.from({ length: 31 }, () => resetMember(asha, uuidv7(), PASSWORD_ALONE));
    const results = await Promise.allSettled(given);
    const codes = results.map((result) => result.status === "rejected" && (result.reason as AppError).code);
    expect(codes.filter((code) => code === "RATE_LIMITED")).toHaveLength(1);
    const newcomer = { email: `late-${count}@example.in`, name: "Late", role: "VIEWER" } as const;
    await expect(addMember(asha, newcomer)).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(await prisma.user.count({ where: { email: newcomer.email } })).toBe(0);
    vi.setSystemTime(Date.now() + 1_000);
    await expect(addMember(asha, newcomer)).resolves.toMatchObject({ outcome: "ADDED" });
  } finally {
    vi.useRealTimers();
  }
});
