import { expect, test } from "vitest";
import { handOutPassword, passwordHash } from "@/features/accounts/credentials";
import { findUser } from "@/features/businesses/session";
import { lockAccount } from "@/lib/account-lock";
import type { Tx } from "@/lib/db";
import { makePerson, TEST_PASSWORD, type TestPerson } from "@/tests/business";
import { holding, someoneWaits } from "@/tests/holding";
import { addPasskey, beginPasskey, SoftPasskey } from "@/tests/passkey";
import { prisma } from "@/tests/prisma";
import { callWith, codeOf, enrol, givePassword, nextOf } from "@/tests/second-factor";
import { callAuth, signIn } from "@/tests/sign-in";

/* What a password opens ends with it, also for what is under way at that moment: each step waits at the account's lock, and goes on after. */

const OTHER = "violet harbour nineteen ferns";
let people = 0;
const person = () => makePerson(`Person ${++people}`);

const passwordWorks = async ({ email }: TestPerson, password: string) =>
  (await callAuth("/sign-in/email", { email, password })).status === 200;

/** What is asked for while the account is held, and done once a first password has been handed out. */
async function asPasswordIsHandedOut<T>({ id }: TestPerson, first: string, ask: () => Promise<T>): Promise<T> {
  const hash = await passwordHash(first);
  let go = () => {};
  const asked = new Promise<void>((resolve) => {
    go = resolve;
  });
  const owner = holding(async (tx) => {
    await lockAccount(tx as Tx, id);
    go();
    await someoneWaits("");
    await handOutPassword(tx as Tx, id, hash);
  });
  await asked;
  const answer = ask();
  await owner.held;
  owner.release();
  await owner.done;
  return answer;
}

const FIRST = "handed out by an owner 7";

test("a change of password that waits as one is handed out changes nothing", async () => {
  const asha = await person();
  const thief = await signIn(asha.email);
  const change = { currentPassword: TEST_PASSWORD, newPassword: OTHER };
  const changed = await asPasswordIsHandedOut(asha, FIRST, () => callWith(thief, "/change-password", change));
  expect([changed.status, ((await changed.json()) as { code: string }).code]).toEqual([401, "SESSION_ENDED"]);
  expect(await findUser(nextOf(changed, thief))).toBeNull();
  expect([await passwordWorks(asha, OTHER), await passwordWorks(asha, TEST_PASSWORD)]).toEqual([false, false]);
  expect(await passwordWorks(asha, FIRST)).toBe(true);
  const { mustChangePassword } = await prisma.user.findUniqueOrThrow({ where: { id: asha.id } });
  expect(mustChangePassword).toBe(true);
});

test("a passkey that is added as a password is handed out isn't kept", async () => {
  const asha = await person();
  const thief = await signIn(asha.email);
  const passkey = new SoftPasskey();
  const answer = passkey.made(await beginPasskey(thief));
  const added = await asPasswordIsHandedOut(asha, FIRST, () =>
    callWith(thief, "/passkey/add", { name: "Mine", answer }),
  );
  expect([added.status, ((await added.json()) as { code: string }).code]).toEqual([401, "SESSION_ENDED"]);
  expect(await prisma.passkey.count({ where: { userId: asha.id } })).toBe(0);
});

test("a sign-in with the password of before opens nothing", async () => {
  const asha = await person();
  const thief = await asPasswordIsHandedOut(asha, FIRST, () =>
    callAuth("/sign-in/email", { email: asha.email.toUpperCase(), password: TEST_PASSWORD }),
  );
  expect([thief.status, ((await thief.json()) as { code: string }).code]).toEqual([401, "SESSION_ENDED"]);
  expect(await findUser(nextOf(thief, new Headers()))).toBeNull();
  expect(await prisma.session.count({ where: { userId: asha.id } })).toBe(0);
});

test("nor does the code of an app after it", async () => {
  const asha = await person();
  const { recoveryCodes } = await enrol(asha);
  const waiting = await givePassword(asha);
  const thief = await asPasswordIsHandedOut(asha, FIRST, () =>
    callWith(waiting, "/two-factor/verify-backup-code", { code: recoveryCodes[0] }),
  );
  expect(thief.status).toBe(401);
  expect(await prisma.session.count({ where: { userId: asha.id } })).toBe(0);
});

test("of two changes at once one counts, and the other's session is over", async () => {
  const asha = await person();
  const [here, elsewhere] = [await signIn(asha.email), await signIn(asha.email)];
  const wanted = [OTHER, "nineteen violet harbours of fern"];
  const changes = await Promise.all(
    [here, elsewhere].map((browser, index) =>
      callWith(browser, "/change-password", { currentPassword: TEST_PASSWORD, newPassword: wanted[index] }),
    ),
  );
  expect(changes.map(({ status }) => status).sort()).toEqual([200, 401]);
  const won = changes[0]?.status === 200 ? 0 : 1;
  expect(await passwordWorks(asha, wanted[won] ?? "")).toBe(true);
  expect(await passwordWorks(asha, wanted[1 - won] ?? "")).toBe(false);
});

test("a session that a passkey opened goes on with both factors after a change of password", async () => {
  const asha = await person();
  const here = await signIn(asha.email);
  await addPasskey(here);
  const changed = await callWith(here, "/change-password", { currentPassword: TEST_PASSWORD, newPassword: OTHER });
  expect(changed.status).toBe(200);
  await expect(findUser(nextOf(changed, here))).resolves.toMatchObject({ hasSecondFactor: true });
});

test.each([
  ["short", "PASSWORD_TOO_SHORT", "vq7#Lm2xTz9"],
  ["long", "PASSWORD_TOO_LONG", "violet harbour ".repeat(9)],
])("a new password is not too %s", async (_, code, newPassword) => {
  const asha = await person();
  const here = await signIn(asha.email);
  const refused = await callWith(here, "/change-password", { currentPassword: TEST_PASSWORD, newPassword });
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([400, code]);
  expect(await findUser(here)).not.toBeNull();
});

/** Whoever has the password alone, of a person who has a passkey. */
async function thiefOf(asha: TestPerson) {
  await addPasskey(await signIn(asha.email));
  return signIn(asha.email);
}

test("the password alone adds no passkey, takes none away and sets up no app where there is a passkey", async () => {
  const asha = await person();
  const thief = await thiefOf(asha);
  const kept = await prisma.passkey.findMany({ where: { userId: asha.id } });
  for (const [path, body] of [
    ["/passkey/begin", {}],
    ["/passkey/remove", { passkey: kept[0]?.id }],
    ["/two-factor/enable", {}],
  ] as const) {
    const refused = await callWith(thief, path, { password: TEST_PASSWORD, ...body });
    const { code } = (await refused.json()) as { code: string };
    expect([path, refused.status, code]).toEqual([path, 403, "PASSKEY_FIRST"]);
  }
  expect(await prisma.passkey.findMany({ where: { userId: asha.id } })).toEqual(kept);
  await expect(findUser(thief)).resolves.toMatchObject({ hasSecondFactor: false });
});

test("nor does it end what was begun before the passkey was there", async () => {
  const asha = await person();
  const thief = await signIn(asha.email);
  const begun = await callWith(thief, "/two-factor/enable", { password: TEST_PASSWORD });
  const { totpURI } = (await begun.json()) as { totpURI: string };
  // Its addition ends the thief's session; one by the same password is no further.
  const again = await thiefOf(asha);
  for (const browser of [thief, again]) {
    const refused = await callWith(browser, "/two-factor/verify-totp", { code: await codeOf(totpURI) });
    expect([401, 403]).toContain(refused.status);
  }
  await expect(findUser(again)).resolves.toMatchObject({ hasSecondFactor: false });
});

test("with an app's codes every session has both, and changes them", async () => {
  const asha = await person();
  const { here } = await enrol(asha);
  await addPasskey(here);
  await addPasskey(here, "Telephone");
  const [first] = await prisma.passkey.findMany({ where: { userId: asha.id } });
  const removed = await callWith(here, "/passkey/remove", { password: TEST_PASSWORD, passkey: first?.id });
  expect(removed.status).toBe(200);
});
