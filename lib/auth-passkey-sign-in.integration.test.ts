import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { findUser } from "@/features/businesses/session";
import { makePerson, type TestPerson } from "@/tests/business";
import { addPasskey, atSignIn, beginPasskey, giveAnswer, SoftPasskey, signInBy, withPasskey } from "@/tests/passkey";
import { prisma } from "@/tests/prisma";
import { callWith, enrol, nextOf } from "@/tests/second-factor";
import { signIn } from "@/tests/sign-in";

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

/** What a stranger is told, whatever is wrong: to compare two refusals by. */
async function refusal(response: Response) {
  return { status: response.status, text: await response.text(), cookies: response.headers.getSetCookie() };
}

describe("signing in by one", () => {
  test("opens a session without password and code, and counts as two factors", async () => {
    const asha = await person();
    const { passkey } = await withPasskey(asha);
    vi.setSystemTime(Date.now() + 60_000);
    const { response, browser } = await signInBy(passkey);
    expect([response.status, await response.text()]).toEqual([200, "{}"]);
    await expect(findUser(browser)).resolves.toMatchObject({ id: asha.id, hasSecondFactor: true });
    const [kept] = await keptOf(asha);
    expect(kept?.lastUsedAt).toEqual(new Date());
    const { token, ...session } = await prisma.session.findFirstOrThrow({
      where: { passkeyId: kept?.id ?? "" },
      orderBy: { id: "desc" },
    });
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(session).toMatchObject({ userId: asha.id, lastSeenAt: new Date() });
    expect(session.expiresAt.getTime()).toBe(Date.now() + 86_400_000);
    // By the password alone it is one factor, as before.
    await expect(findUser(await signIn(asha.email))).resolves.toMatchObject({ hasSecondFactor: false });
  });

  test("asks no code of who has an app as well", async () => {
    const asha = await person();
    const { here } = await enrol(asha);
    const passkey = await addPasskey(here);
    const { browser } = await signInBy(passkey);
    await expect(findUser(browser)).resolves.toMatchObject({ id: asha.id });
  });

  test("ends the session that the browser held before, also one that lay idle", async () => {
    const asha = await person();
    const { passkey, here } = await withPasskey(asha);
    vi.setSystemTime(Date.now() + 2 * 3_600_000);
    const { browser, challenge } = await atSignIn(here);
    const response = await giveAnswer(browser, passkey.signed({ challenge }));
    expect(response.status).toBe(200);
    expect(await sessionsOf(asha)).toBe(1);
    expect(await findUser(nextOf(response, browser))).not.toBeNull();
  });

  test("an answer counts once, and once only for many who send it at once", async () => {
    const asha = await person();
    const { passkey } = await withPasskey(asha);
    const { browser, challenge } = await atSignIn();
    const answer = passkey.signed({ challenge });
    const before = await sessionsOf(asha);
    const sent = await Promise.all(Array.from({ length: 6 }, () => giveAnswer(browser, answer)));
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401]);
    expect(await sessionsOf(asha)).toBe(before + 1);
    expect(await codeOf(await giveAnswer(browser, answer))).toBe("PASSKEY_TOO_LATE");
    // Nor does another answer to the same challenge.
    expect(await codeOf(await giveAnswer(browser, passkey.signed({ challenge })))).toBe("PASSKEY_TOO_LATE");
    expect(await sessionsOf(asha)).toBe(before + 1);
  });

  test("a challenge is used up by a wrong answer too", async () => {
    const asha = await person();
    const { passkey } = await withPasskey(asha);
    const { browser, challenge } = await atSignIn();
    const wrong = passkey.signed({ challenge, verified: false });
    expect(await codeOf(await giveAnswer(browser, wrong))).toBe("PASSKEY_REFUSED");
    expect(await codeOf(await giveAnswer(browser, passkey.signed({ challenge })))).toBe("PASSKEY_TOO_LATE");
  });

  test("only in the browser that asked, and within five minutes; its tabs don't get in each other's way", async () => {
    const asha = await person();
    const { passkey } = await withPasskey(asha);
    const one = await atSignIn();
    const other = await atSignIn();
    const tab = await atSignIn(one.browser);
    const answer = passkey.signed(one);
    expect(await codeOf(await giveAnswer(other.browser, answer))).toBe("PASSKEY_TOO_LATE");
    expect(await codeOf(await giveAnswer(new Headers(), answer))).toBe("PASSKEY_TOO_LATE");
    expect((await giveAnswer(one.browser, answer)).status).toBe(200);
    vi.setSystemTime(Date.now() + 5 * 60_000 - 1);
    expect((await giveAnswer(tab.browser, passkey.signed(tab))).status).toBe(200);
    vi.setSystemTime(Date.now() + 1);
    expect(await codeOf(await giveAnswer(other.browser, passkey.signed(other)))).toBe("PASSKEY_TOO_LATE");
  });

  test("none that was asked for to add one", async () => {
    const asha = await person();
    const { passkey, here } = await withPasskey(asha);
    const { challenge } = await beginPasskey(here);
    const { browser } = await atSignIn(here);
    expect(await codeOf(await giveAnswer(browser, passkey.signed({ challenge })))).toBe("PASSKEY_TOO_LATE");
  });

  test.each([
    ["by a page of another site", { origin: "https://evil.example" }, "PASSKEY_REFUSED"],
    ["for another site", { rpId: "evil.example" }, "PASSKEY_REFUSED"],
    ["without the person being verified", { verified: false }, "PASSKEY_REFUSED"],
    ["as one that is made", { type: "webauthn.create" }, "PASSKEY_REFUSED"],
    ["in a frame of another site", { crossOrigin: true }, "PASSKEY_TOO_LATE"],
  ])("none that was signed %s", async (_, wrong, code) => {
    const asha = await person();
    const { passkey } = await withPasskey(asha);
    const before = await sessionsOf(asha);
    const { response } = await signInBy(passkey, wrong);
    expect([response.status, await codeOf(response)]).toEqual([401, code]);
    expect(await sessionsOf(asha)).toBe(before);
    expect((await keptOf(asha))[0]?.lastUsedAt).toBeNull();
  });

  test("nobody signs in as somebody else, by name or by key", async () => {
    const [asha, ravi] = [await person(), await person()];
    const hers = (await withPasskey(asha)).passkey;
    const his = (await withPasskey(ravi)).passkey;
    const before = await sessionsOf(asha);
    // His key, under her passkey's name; then his own, in her name.
    const { browser, challenge } = await atSignIn();
    const forged = { ...his.signed({ challenge }), id: hers.id, rawId: hers.id };
    expect(await codeOf(await giveAnswer(browser, forged))).toBe("PASSKEY_REFUSED");
    his.userHandle = hers.userHandle;
    expect(await codeOf((await signInBy(his)).response)).toBe("PASSKEY_REFUSED");
    expect(await sessionsOf(asha)).toBe(before);
  });

  test("an unknown passkey, a removed one and a wrong signature are refused in the same words", async () => {
    const asha = await person();
    const { passkey } = await withPasskey(asha);
    const stranger = new SoftPasskey();
    stranger.userHandle = passkey.userHandle;
    const unknown = await refusal((await signInBy(stranger)).response);
    const { browser, challenge } = await atSignIn();
    const forged = { ...stranger.signed({ challenge }), id: passkey.id, rawId: passkey.id };
    const wrong = await refusal(await giveAnswer(browser, forged));
    await prisma.passkey.deleteMany({ where: { userId: asha.id } });
    const removed = await refusal((await signInBy(passkey)).response);
    expect(unknown).toMatchObject({ status: 401, cookies: [] });
    expect([wrong, removed]).toEqual([unknown, unknown]);
  });

  test("a counter that falls back, or stands still, is a copy's; one that is always 0 counts nothing", async () => {
    const asha = await person();
    const { passkey } = await withPasskey(asha);
    const at = async (counter: number) => {
      passkey.counter = counter;
      return (await signInBy(passkey)).response.status;
    };
    expect([await at(0), await at(0), await at(5), await at(5), await at(4), await at(0), await at(6)]).toEqual([
      200, 200, 200, 401, 401, 401, 200,
    ]);
    expect((await keptOf(asha))[0]?.counter).toBe(6n);
  });

  test("of a passkey and its copy that sign in at once, one gets in", async () => {
    const asha = await person();
    const { passkey } = await withPasskey(asha);
    const before = await sessionsOf(asha);
    passkey.counter = 1;
    const browsers = await Promise.all(Array.from({ length: 5 }, () => atSignIn()));
    const sent = browsers.map(({ browser, challenge }) => giveAnswer(browser, passkey.signed({ challenge })));
    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 401, 401, 401, 401]);
    expect(await sessionsOf(asha)).toBe(before + 1);
  });

  test("what is no answer at all is refused before anything is looked up", async () => {
    const { browser, challenge } = await atSignIn();
    const nobodys = new SoftPasskey();
    nobodys.userHandle = "bm9ib2R5";
    const answer = nobodys.signed({ challenge });
    const response = { ...answer.response, clientDataJSON: Buffer.from("{").toString("base64url") };
    expect(await codeOf(await giveAnswer(browser, { ...answer, response }))).toBe("PASSKEY_TOO_LATE");
    for (const body of [{}, { answer: null }, { answer: { ...answer, id: "no base64url!" } }, { answer, more: 1 }])
      expect((await callWith(browser, "/passkey/sign-in", body)).status).toBe(400);
  });
});
