import { afterAll, afterEach, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { makeOwnedDatabase, type OwnedDatabase, runAt } from "@/tests/owned-database";

/*
 * Secrets changed while portals are replaced one by one (docs/operations.md, "Secrets"). A portal with other settings is this
 * process with its modules loaded anew; the database is one.
 */

const before = { ...process.env };
const secret = (letter: string) => `${letter}`.repeat(40);
const [A, B, C] = ["a", "b", "c"].map(secret) as [string, string, string];

/** The portal as it starts with these settings; the one before it has ended. */
async function restart(settings: Record<string, string>) {
  const { disconnect } = await import("@/lib/db");
  // What still runs in the background (a key's last use is noted there) would connect once more, with the settings of before.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await disconnect();
  const held = globalThis as { chuktaTestPrisma?: { $disconnect: () => Promise<void> } };
  await held.chuktaTestPrisma?.$disconnect();
  delete held.chuktaTestPrisma;
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before, settings);
  vi.resetModules();
}

/** The settings of a portal, and of the test, whose database is at this address. */
const reachedAt = (url: string) => ({ DATABASE_URL: url, OWNERS_DATABASE_URL: url });

beforeEach(() => restart({}));
afterEach(() => restart({}));

describe("AUTH_SECRET", () => {
  async function portal(settings: Record<string, string>) {
    await restart(settings);
    const [{ signIn }, { findUser }, factor, passkeys, { auth }, { symmetricDecrypt }, { system }] = await Promise.all([
      import("@/tests/sign-in"),
      import("@/features/businesses/session"),
      import("@/tests/second-factor"),
      import("@/tests/passkey"),
      import("@/lib/auth"),
      import("better-auth/crypto"),
      import("@/lib/db"),
    ]);
    const plainFactor = async () => {
      const { secret } = await system.twoFactor.findFirstOrThrow();
      return symmetricDecrypt({ key: (await auth().$context).secretConfig, data: secret }).catch(() => null);
    };
    const isIn = async (headers: Headers) => (await findUser(headers)) !== null;
    return { signIn, isIn, plainFactor, ...factor, ...passkeys };
  }

  test("nobody is signed out, and no second factor is lost", async () => {
    const { makePerson } = await import("@/tests/business");
    const asha = await makePerson("Asha Rao");
    const ravi = await makePerson("Ravi Shah");

    // As it was.
    let at = await portal({ AUTH_SECRET: A });
    const old = await at.signIn(ravi.email);
    const { here } = await at.enrol(asha);
    const plain = await at.plainFactor();
    expect(plain).not.toBeNull();

    // 1. Every portal accepts the next one; those that don't know it yet still sign by the same.
    at = await portal({ AUTH_SECRET: A, AUTH_SECRETS_ACCEPTED: B });
    expect([await at.isIn(old), await at.isIn(here)]).toEqual([true, true]);

    // 2. One portal after the other signs by it.
    at = await portal({ AUTH_SECRET: B, AUTH_SECRETS_ACCEPTED: A });
    expect([await at.isIn(old), await at.isIn(here)]).toEqual([true, true]);
    const fresh = await at.signIn(ravi.email);
    expect(await at.isIn(fresh)).toBe(true);
    expect(await at.plainFactor()).toBe(plain);
    const signedOut = await at.callWith(here, "/end-sessions", {});
    expect(signedOut.status).toBeLessThan(500);

    // … while the others are still at the step before.
    at = await portal({ AUTH_SECRET: A, AUTH_SECRETS_ACCEPTED: B });
    expect([await at.isIn(old), await at.isIn(fresh)]).toEqual([true, true]);

    // 3. What was encrypted by the old one is encrypted by the new one, which the old one can then be dropped after.
    at = await portal({ AUTH_SECRET: B, AUTH_SECRETS_ACCEPTED: A });
    const { reencryptSecondFactors } = await import("@/lib/auth-reencrypt");
    expect(await reencryptSecondFactors()).toEqual({ count: 1, unread: [] });

    // 4. The old one is worth nothing any more.
    at = await portal({ AUTH_SECRET: B });
    expect([await at.isIn(old), await at.isIn(fresh)]).toEqual([false, true]);
    expect(await at.plainFactor()).toBe(plain);
  });

  test("a passkey signs what another portal asked, while either secret is accepted by the other", async () => {
    const { makePerson } = await import("@/tests/business");
    const meera = await makePerson("Meera Nair");
    let at = await portal({ AUTH_SECRET: A });
    const { passkey } = await at.withPasskey(meera);
    at = await portal({ AUTH_SECRET: A, AUTH_SECRETS_ACCEPTED: B });
    const [asked, unused] = [await at.atSignIn(), await at.atSignIn()];
    at = await portal({ AUTH_SECRET: B, AUTH_SECRETS_ACCEPTED: A });
    const [one, other] = [passkey.signed(asked), passkey.signed(unused)];
    expect((await at.giveAnswer(asked.browser, one)).status).toBe(200);
    // No secret encrypts a passkey, so that nothing has to be done to one.
    at = await portal({ AUTH_SECRET: B });
    expect((await at.giveAnswer(unused.browser, other)).status).toBe(401);
    expect((await at.signInBy(passkey)).response.status).toBe(200);
  });

  test("a secret that is none of them opens nothing, nor does a cookie that was touched", async () => {
    const { makePerson } = await import("@/tests/business");
    const person = await makePerson("Latha Iyer");
    let at = await portal({ AUTH_SECRET: C });
    const forged = await at.signIn(person.email);
    at = await portal({ AUTH_SECRET: B, AUTH_SECRETS_ACCEPTED: A });
    expect(await at.isIn(forged)).toBe(false);

    at = await portal({ AUTH_SECRET: A });
    const mine = (await at.signIn(person.email)).get("cookie") ?? "";
    at = await portal({ AUTH_SECRET: B, AUTH_SECRETS_ACCEPTED: A });
    expect(await at.isIn(new Headers({ cookie: mine }))).toBe(true);
    const touched = mine.replace(/session_token=(.)/, (_, first) => `session_token=${first === "x" ? "y" : "x"}`);
    expect(await at.isIn(new Headers({ cookie: touched }))).toBe(false);
    expect(
      await at.isIn(new Headers({ cookie: "chukta.session_token=%zz; chukta.x=.; chukta.session_token=a.b" })),
    ).toBe(false);
  });
});

describe("the network's secrets", () => {
  const whsec = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString("base64")}`;
  const [one, two, three] = [1, 2, 3].map(whsec) as [string, string, string];

  test("signing: while there are two, each is accepted and both sign, so either side may change first", async () => {
    const statusOf = async (secrets: string[]) => {
      const { callGateway } = await import("@/tests/gateway");
      return (await callGateway("resp-pay", { body: {}, secrets })).status;
    };
    // A message that is let in is read, and this one is found wanting: 422. A stranger's isn't read: 401.
    const both = { NETWORK_SIGNING_SECRETS: `${two},${one}` };
    await restart({ NETWORK_SIGNING_SECRETS: one });
    expect([await statusOf([one]), await statusOf([two])]).toEqual([422, 401]);
    await restart(both);
    expect([await statusOf([one]), await statusOf([two]), await statusOf([three])]).toEqual([422, 422, 401]);

    const sent = await sendTo(both);
    const { verifyWebhook } = await import("@/features/protocol/signing");
    const holds = (secrets: string[]) =>
      verifyWebhook({
        header: (name) => String(sent.headers[name]),
        body: Buffer.from(sent.body),
        secrets,
        now: new Date(),
      }).ok;
    expect([holds([one]), holds([two]), holds([three])]).toEqual([true, true, false]);

    await restart({ NETWORK_SIGNING_SECRETS: two });
    expect([await statusOf([one]), await statusOf([two])]).toEqual([401, 422]);
  });

  test("bearer tokens: each is accepted, the first is sent", async () => {
    const [first, second] = ["first-token-of-the-network", "second-token-of-the-network"];
    const settings = { NETWORK_BEARER_TOKENS: `${second},${first}`, NETWORK_SIGNING_SECRETS: "" };
    await restart(settings);
    const { callGateway } = await import("@/tests/gateway");
    const statusOf = async (token: string) =>
      (await callGateway("resp-pay", { body: {}, secrets: [], headers: { authorization: `Bearer ${token}` } })).status;
    expect([await statusOf(first), await statusOf(second), await statusOf("third-token-of-the-network")]).toEqual([
      422, 422, 401,
    ]);
    expect((await sendTo(settings)).headers.authorization).toBe(`Bearer ${second}`);
  });

  /** A real message as the worker sends it with these settings. */
  async function sendTo(settings: Record<string, string>) {
    const { TestNetwork } = await import("@/tests/network");
    const network = new TestNetwork();
    await network.start();
    await restart({ ...settings, NETWORK_URL: network.url });
    const { paidTrade } = await import("@/tests/trade");
    const { deliverMessage } = await import("@/tests/deliver");
    const { system } = await import("@/lib/db");
    const { request, buyer } = await paidTrade();
    const { id } = await system.message.findFirstOrThrow({ where: { objectId: request.objectId, direction: "OUT" } });
    await deliverMessage({ businessId: buyer.businessId, messageId: id }, () => new Date());
    await network.stop();
    const [arrival] = network.arrivals;
    if (!arrival) throw new Error("nothing arrived");
    return arrival;
  }
});

test("an API key: the new one works beside the old one, until that is revoked, at once", async () => {
  const { makeBusiness } = await import("@/tests/books");
  const { mintScope } = await import("@/features/businesses/scope");
  const { createApiKey } = await import("@/features/api-keys/mutations/create");
  const { revokeApiKey } = await import("@/features/api-keys/mutations/revoke");
  const { callGateway } = await import("@/tests/gateway");
  const { uuidv7 } = await import("@/lib/ids");
  const owner = mintScope({ ...(await makeBusiness("Anvaya")), role: "OWNER" });
  const statusOf = async (apiKey: string) => (await callGateway("req-pay", { body: {}, apiKey })).status;
  const id = uuidv7();
  const old = await createApiKey(owner, { id, name: "ERP" });
  const next = await createApiKey(owner, { id: uuidv7(), name: "ERP 2027" });
  expect([await statusOf(old.keyText), await statusOf(next.keyText)]).toEqual([422, 422]);
  await revokeApiKey(owner, id);
  expect([await statusOf(old.keyText), await statusOf(next.keyText)]).toEqual([401, 422]);
});

describe("the database's password", () => {
  const server = inject("postgresUrl");
  const owner = `rotating_${process.pid}`;
  const next = `${owner}_2`;
  let database: OwnedDatabase;

  afterAll(async () => {
    await restart({});
    await runAt(server, `DROP ROLE IF EXISTS ${next}`).catch(() => {});
    await database?.drop();
  });

  test("a second login of the same rights takes over, and the first is closed; payments go on", {
    timeout: 90_000,
  }, async () => {
    database = await makeOwnedDatabase(server, owner);
    const pay = async () => {
      const { paidTrade } = await import("@/tests/trade");
      return (await paidTrade()).request.objectId;
    };
    const countOf = async () => (await import("@/lib/db")).system.payment.count();
    await restart(reachedAt(database.url()));
    await pay();

    await runAt(server, `CREATE ROLE ${next} LOGIN PASSWORD 'another' IN ROLE ${owner}`);
    await runAt(server, `ALTER ROLE ${next} SET role = '${owner}'`);
    const second = new URL(database.url());
    Object.assign(second, { username: next, password: "another" });
    await restart(reachedAt(second.href));
    await pay();
    await runAt(server, `ALTER ROLE ${owner} NOLOGIN`);
    await expect(runAt(database.url(), "SELECT 1")).rejects.toThrow(/not permitted to log in/);
    await pay();
    expect(await countOf()).toBe(3);

    // The worker, with jobs and seals of its own, and the migrations.
    const { startWorker } = await import("@/worker/runtime");
    const { system } = await import("@/lib/db");
    const worker = await startWorker();
    await expect.poll(() => system.auditSeal.count(), { timeout: 20_000 }).toBeGreaterThan(0);
    await worker.stop();
    const { deployMigrations } = await import("@/scripts/migrate");
    expect(await deployMigrations(second.href)).toEqual([]);
    await runAt(second.href, "CREATE TABLE by_the_next (id int)");
    const [made] = await runAt<{ owner: string }>(
      second.href,
      "SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE relname = 'by_the_next'",
    );
    expect(made?.owner).toBe(owner);
    await runAt(server, `ALTER ROLE ${owner} LOGIN`);
  });
});
