import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { listPasskeys } from "@/features/accounts/data";
import { findUser } from "@/features/businesses/session";
import { MAX_PASSKEYS } from "@/lib/passkey-store";
import { makePerson, TEST_PASSWORD, type TestPerson } from "@/tests/business";
import { addPasskey, atSignIn, beginPasskey, giveAnswer, SoftPasskey, signInBy, withPasskey } from "@/tests/passkey";
import { prisma } from "@/tests/prisma";
import { callWith, enrol, givePassword, nextOf } from "@/tests/second-factor";
import { callAuth, signIn } from "@/tests/sign-in";

let people = 0;
const person = () => makePerson(`Person ${++people}`);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code;
const keptOf = ({ id }: TestPerson) => prisma.passkey.findMany({ where: { userId: id }, orderBy: { id: "asc" } });
const sessionsOf = ({ id }: TestPerson) => prisma.session.count({ where: { userId: id } });

describe("adding one", () => {
  test("takes the password, and keeps the public key alone, under a name", async () => {
    const asha = await person();
    const here = await signIn(asha.email);
    expect((await callWith(here, "/passkey/begin", { password: "not the password" })).status).toBe(400);
    const { challenge, user } = await beginPasskey(here);
    // What an authenticator keeps says nothing of the person.
    expect(Buffer.from(user?.id ?? "", "base64url").toString("hex")).toBe(asha.id.replaceAll("-", ""));
    expect(user?.name).toBe(asha.email);

    const passkey = new SoftPasskey();
    const answer = passkey.made({ challenge });
    expect((await callWith(here, "/passkey/add", { name: " ", answer })).status).toBe(400);
    expect((await callWith(here, "/passkey/add", { name: "Lap\u200btop", answer })).status).toBe(400);
    expect(await keptOf(asha)).toEqual([]);
    const added = await callWith(here, "/passkey/add", { name: " Laptop ", answer });
    expect([added.status, await added.text()]).toEqual([200, "{}"]);
    const [kept] = await keptOf(asha);
    expect(kept).toMatchObject({ name: "Laptop", credentialId: passkey.id, counter: 0n, lastUsedAt: null });
    const { x = "", y = "" } = passkey.publicKey.export({ format: "jwk" });
    const point = Buffer.from(kept?.publicKey ?? []).toString("hex");
    expect(point).toContain(Buffer.from(x, "base64url").toString("hex"));
    expect(point).toContain(Buffer.from(y, "base64url").toString("hex"));
  });

  test("only what was asked for in this session a moment ago, once", async () => {
    const asha = await person();
    const [here, elsewhere] = [await signIn(asha.email), await signIn(asha.email)];
    const { challenge } = await beginPasskey(here);
    const give = async (headers: Headers, answer: object) =>
      codeOf(await callWith(headers, "/passkey/add", { name: "Laptop", answer }));
    const [first, second] = [new SoftPasskey(), new SoftPasskey()];
    expect(await give(elsewhere, first.made({ challenge }))).toBe("PASSKEY_TOO_LATE");
    const ofSignIn = await atSignIn(here);
    expect(await give(here, first.made({ challenge: ofSignIn.challenge }))).toBe("PASSKEY_TOO_LATE");
    expect(await give(here, first.made({ challenge: "bWFkZSB1cA" }))).toBe("PASSKEY_TOO_LATE");
    expect(await give(here, first.made({ challenge }))).toBeUndefined();
    expect(await give(here, second.made({ challenge }))).toBe("PASSKEY_TOO_LATE");

    const late = await beginPasskey(here);
    vi.setSystemTime(Date.now() + 5 * 60_000);
    expect(await give(here, second.made(late))).toBe("PASSKEY_TOO_LATE");
    expect(await keptOf(asha)).toHaveLength(1);
  });

  test.each([
    ["without the person being verified", { verified: false }],
    ["by a page of another site", { origin: "https://evil.example" }],
    ["for another site", { rpId: "evil.example" }],
    ["as a signature", { type: "webauthn.get" }],
  ])("none that was made %s", async (_, wrong) => {
    const asha = await person();
    const here = await signIn(asha.email);
    const { challenge } = await beginPasskey(here);
    const answer = new SoftPasskey().made({ challenge, ...wrong });
    const response = await callWith(here, "/passkey/add", { name: "Laptop", answer });
    expect([response.status, await codeOf(response)]).toEqual([400, "PASSKEY_NOT_MADE"]);
    expect(await keptOf(asha)).toEqual([]);
  });

  test("ends the other sessions, and sign-ins that wait for their code", async () => {
    const asha = await person();
    const { recoveryCodes } = await enrol(asha);
    vi.setSystemTime(Date.now() + 30_000);
    const [elsewhere, waiting] = [await givePassword(asha), await givePassword(asha)];
    const here = nextOf(await callWith(elsewhere, "/two-factor/verify-backup-code", { code: recoveryCodes[0] }));
    expect(await sessionsOf(asha)).toBe(2);
    await addPasskey(here);
    expect(await findUser(here)).not.toBeNull();
    expect(await sessionsOf(asha)).toBe(1);
    expect((await callWith(waiting, "/two-factor/verify-backup-code", { code: recoveryCodes[1] })).status).toBe(401);
  });

  test("ten at most, also of many that are added at once; one is never anyone else's", async () => {
    const [asha, ravi] = [await person(), await person()];
    const { passkey, here } = await withPasskey(asha);
    for (let made = 1; made < MAX_PASSKEYS - 1; made++) await addPasskey(here, `Key ${made}`);
    const begun = [await beginPasskey(here), await beginPasskey(here), await beginPasskey(here)];
    expect(begun[0]?.excludeCredentials?.map(({ id }) => id)).toContain(passkey.id);
    const adding = begun.map((options) =>
      callWith(here, "/passkey/add", { name: "Last", answer: new SoftPasskey().made(options) }),
    );
    const outcomes = await Promise.all((await Promise.all(adding)).map(codeOf));
    expect(outcomes.filter((code) => code === undefined)).toHaveLength(1);
    expect(outcomes.filter((code) => code === "TOO_MANY_PASSKEYS")).toHaveLength(2);
    expect(await keptOf(asha)).toHaveLength(MAX_PASSKEYS);
    expect(await codeOf(await callWith(here, "/passkey/begin", { password: TEST_PASSWORD }))).toBe("TOO_MANY_PASSKEYS");

    const his = await signIn(ravi.email);
    const answer = passkey.made(await beginPasskey(his));
    expect(await codeOf(await callWith(his, "/passkey/add", { name: "Hers", answer }))).toBe("PASSKEY_KNOWN");
    expect(await keptOf(ravi)).toEqual([]);
  });

  test("not while the password is one that was handed out: who did so could leave one behind", async () => {
    const asha = await person();
    const here = await signIn(asha.email);
    await prisma.user.update({ where: { id: asha.id }, data: { mustChangePassword: true } });
    const response = await callWith(here, "/passkey/begin", { password: TEST_PASSWORD });
    expect([response.status, await codeOf(response)]).toEqual([403, "PASSWORD_FIRST"]);
  });
});

describe("renaming and removing", () => {
  test("one's own, by the password, and then it opens nothing", async () => {
    const asha = await person();
    const { passkey, here } = await withPasskey(asha);
    await addPasskey(here, "Telephone");
    const [laptop, phone] = await listPasskeys(asha.id);
    expect([laptop?.name, phone?.name]).toEqual(["Laptop", "Telephone"]);
    const id = laptop?.id ?? "";
    expect((await callWith(here, "/passkey/rename", { passkey: id, name: "Office laptop" })).status).toBe(200);
    expect((await listPasskeys(asha.id))[0]?.name).toBe("Office laptop");

    const elsewhere = (await signInBy(passkey)).browser;
    expect(await findUser(elsewhere)).not.toBeNull();
    const wrong = await callWith(here, "/passkey/remove", { passkey: id, password: "not the password" });
    expect(wrong.status).toBe(400);
    expect(await keptOf(asha)).toHaveLength(2);
    expect((await callWith(here, "/passkey/remove", { passkey: id, password: TEST_PASSWORD })).status).toBe(200);
    expect((await listPasskeys(asha.id)).map(({ name }) => name)).toEqual(["Telephone"]);
    expect(await findUser(elsewhere)).toBeNull();
    expect(await findUser(here)).not.toBeNull();
    expect((await signInBy(passkey)).response.status).toBe(401);
    const again = await callWith(here, "/passkey/remove", { passkey: id, password: TEST_PASSWORD });
    expect([again.status, await codeOf(again)]).toEqual([404, "NO_SUCH_PASSKEY"]);
  });

  test("a session that stands on a passkey has one factor when that is gone", async () => {
    const asha = await person();
    const { passkey } = await withPasskey(asha);
    const { browser } = await signInBy(passkey);
    const [kept] = await keptOf(asha);
    await callWith(browser, "/passkey/remove", { passkey: kept?.id, password: TEST_PASSWORD });
    await expect(findUser(browser)).resolves.toMatchObject({ hasSecondFactor: false });
  });

  test("nobody else's", async () => {
    const [asha, ravi] = [await person(), await person()];
    await withPasskey(asha);
    const his = await signIn(ravi.email);
    const [kept] = await keptOf(asha);
    const passkey = kept?.id;
    expect((await callWith(his, "/passkey/rename", { passkey, name: "Mine" })).status).toBe(404);
    expect((await callWith(his, "/passkey/remove", { passkey, password: TEST_PASSWORD })).status).toBe(404);
    expect(await keptOf(asha)).toEqual([kept]);
  });

  test("none outlives its removal by a sign-in at the same moment", async () => {
    const asha = await person();
    const here = await signIn(asha.email);
    for (let time = 0; time < 8; time++) {
      const passkey = await addPasskey(here);
      const { browser, challenge } = await atSignIn();
      const [kept] = await keptOf(asha);
      const remove = { passkey: kept?.id, password: TEST_PASSWORD };
      const [signedIn, removed] = await Promise.all([
        giveAnswer(browser, passkey.signed({ challenge })),
        callWith(here, "/passkey/remove", remove),
      ]);
      expect(removed.status).toBe(200);
      expect([200, 401]).toContain(signedIn.status);
      expect(await findUser(nextOf(signedIn, browser))).toBeNull();
      expect(await sessionsOf(asha)).toBe(1);
    }
  });

  test("without a session there is nothing to add, rename or remove", async () => {
    for (const path of ["/passkey/begin", "/passkey/add", "/passkey/rename", "/passkey/remove"]) {
      const body = {
        password: TEST_PASSWORD,
        passkey: crypto.randomUUID(),
        name: "Laptop",
        answer: new SoftPasskey().made({ challenge: "bWFkZSB1cA" }),
      };
      const wanted: Record<string, (keyof typeof body)[]> = {
        "/passkey/begin": ["password"],
        "/passkey/add": ["name", "answer"],
        "/passkey/rename": ["passkey", "name"],
        "/passkey/remove": ["password", "passkey"],
      };
      const sent = Object.fromEntries((wanted[path] ?? []).map((field) => [field, body[field]]));
      expect([path, (await callAuth(path, sent)).status]).toEqual([path, 401]);
    }
  });
});
