import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { uuidv7 } from "@/lib/ids";
import { makeBusiness } from "@/tests/books";
import { type Call, callGateway, makeApiKey, NOW, refusalIn } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { makeTrade, paidTrade, respPayOf } from "@/tests/trade";

const secretOf = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString("base64")}`;
const [OURS, NEXT, FORGED] = [secretOf(1), secretOf(2), secretOf(3)];
const TOKEN = "a-token-of-the-network-1234";
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

let body: unknown;
beforeAll(async () => {
  body = (await paidTrade()).reqPay;
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

interface Settings {
  secrets?: readonly string[];
  tokens?: readonly string[];
  addresses?: readonly string[];
}

/** The handler of a portal that was started with these settings for the network. */
async function startedWith({ secrets = [], tokens = [], addresses = [] }: Settings) {
  vi.stubEnv("NETWORK_SIGNING_SECRETS", secrets.join(","));
  vi.stubEnv("NETWORK_BEARER_TOKENS", tokens.join(","));
  vi.stubEnv("NETWORK_ALLOWED_IPS", addresses.join(","));
  // The settings are read once a process, so the modules are made afresh.
  vi.resetModules();
  const { handleOperation } = await import("@/features/gateway/handle");
  return (call: Partial<Call>) => callGateway("req-pay", { body, secrets: [], ...call }, handleOperation);
}

async function expectTaken(answer: Awaited<ReturnType<typeof callGateway>>) {
  expect({ status: answer.status, refusal: refusalIn(answer) }).toEqual({ status: 200, refusal: null });
}

async function expectStranger(answer: Awaited<ReturnType<typeof callGateway>>) {
  expect({ status: answer.status, code: answer.json.response_code, refusal: refusalIn(answer) }).toEqual({
    status: 401,
    code: 401,
    refusal: { code: "UNAUTHENTICATED", field: "" },
  });
  expect(answer.headers["www-authenticate"]).toBe('Bearer realm="chukta"');
  // What a stranger sends is not kept: it would be a way to fill the disk.
  expect(await prisma.refusedMessage.count()).toBe(0);
}

describe("the network's signature", () => {
  test("ours is taken, at most five minutes old or early", async () => {
    const post = await startedWith({ secrets: [OURS] });
    await expectTaken(await post({ secrets: [OURS] }));
    const signedAt = async (age: number) => {
      const { signWebhook } = await import("@/features/protocol/signing");
      const text = JSON.stringify(body);
      const headers = { ...signWebhook({ webhookId: uuidv7(), body: text, secrets: [OURS], now: minutes(-age) }) };
      return post({ body: text, headers });
    };
    await expectTaken(await signedAt(5));
    await expectTaken(await signedAt(-5));
    await expectStranger(await signedAt(5 + 1 / 60));
    await expectStranger(await signedAt(-5 - 1 / 60));
  });

  test("missing, forged, over another body, or with one header less: nobody we know", async () => {
    const post = await startedWith({ secrets: [OURS] });
    await expectStranger(await post({}));
    await expectStranger(await post({ secrets: [FORGED] }));
    const { signWebhook } = await import("@/features/protocol/signing");
    const other = signWebhook({ webhookId: uuidv7(), body: "{}", secrets: [OURS], now: NOW });
    await expectStranger(await post({ headers: { ...other } }));
    for (const header of ["webhook-id", "webhook-timestamp", "webhook-signature"])
      await expectStranger(await post({ secrets: [OURS], headers: { [header]: null } }));
    await expectStranger(await post({ secrets: [OURS], headers: { "webhook-id": uuidv7() } }));
  });

  test("secrets change without a gap: each of several is taken, alone or beside another", async () => {
    const post = await startedWith({ secrets: [NEXT, OURS] });
    await expectTaken(await post({ secrets: [OURS] }));
    await expectTaken(await post({ secrets: [NEXT] }));
    await expectTaken(await post({ secrets: [FORGED, OURS] }));
    const changed = await startedWith({ secrets: [NEXT] });
    await expectStranger(await changed({ secrets: [OURS] }));
    await expectTaken(await changed({ secrets: [OURS, NEXT] }));
  });
});

describe("the network's bearer token and address", () => {
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

  test("one of several tokens", async () => {
    const post = await startedWith({ tokens: ["another-token-of-the-network", TOKEN] });
    await expectTaken(await post(bearer(TOKEN)));
    for (const wrong of [`${TOKEN}x`, TOKEN.slice(0, -1), TOKEN.toUpperCase()])
      await expectStranger(await post(bearer(wrong)));
    await expectStranger(await post({}));
    await expectStranger(await post({ headers: { authorization: `Basic ${TOKEN}` } }));
  });

  test("an address on the list, in either notation; never one that isn't known", async () => {
    const post = await startedWith({ addresses: ["198.51.100.0/24", "2001:db8::/32"] });
    for (const address of ["198.51.100.7", "::ffff:198.51.100.7", "2001:db8::7"])
      await expectTaken(await post({ address }));
    for (const address of ["198.51.101.7", "2001:db9::7", null]) await expectStranger(await post({ address }));
  });

  test("of all that is set, each must hold", async () => {
    const post = await startedWith({ secrets: [OURS], tokens: [TOKEN], addresses: ["198.51.100.7"] });
    const good = { secrets: [OURS], address: "198.51.100.7", ...bearer(TOKEN) };
    await expectTaken(await post(good));
    await expectStranger(await post({ ...good, secrets: [FORGED] }));
    await expectStranger(await post({ ...good, secrets: [] }));
    await expectStranger(await post({ ...good, headers: {} }));
    await expectStranger(await post({ ...good, ...bearer("another-token-of-the-network") }));
    await expectStranger(await post({ ...good, address: "198.51.100.8" }));
  });

  test("with nothing set, nobody is the network", async () => {
    const post = await startedWith({});
    await expectStranger(await post({}));
    await expectStranger(await post({ secrets: [OURS], ...bearer(TOKEN) }));
  });
});

describe("a business's own software", () => {
  test("a key is taken, whatever is asked of the network", async () => {
    const trade = await paidTrade();
    const post = await startedWith({ secrets: [OURS], tokens: [TOKEN], addresses: ["198.51.100.7"] });
    await expectTaken(await post({ body: trade.reqPay, apiKey: await makeApiKey(trade.buyer) }));
  });

  test("revoked, unknown, cut short, or of a business that isn't there: nobody we know", async () => {
    const { buyer } = await makeTrade();
    const key = await makeApiKey(buyer);
    const post = await startedWith({ secrets: [OURS] });
    const unknown = `${key.slice(0, -4)}AAAA`;
    for (const apiKey of [unknown, key.slice(0, -1), "chk_", `chk_${"A".repeat(22)}_${"A".repeat(43)}`])
      await expectStranger(await post({ apiKey }));
    await prisma.apiKey.updateMany({
      where: { businessId: buyer.businessId },
      data: { revokedAt: NOW, revokedBy: "Asha" },
    });
    await expectStranger(await post({ apiKey: key }));
    // A good signature doesn't help a bad key: the call says whose it is.
    await expectStranger(await post({ apiKey: key, secrets: [OURS] }));
  });

  test("the key of another business may not: 403, and nothing is paid", async () => {
    const { reqPay } = await paidTrade();
    const other = await makeBusiness("Other");
    const post = await startedWith({ secrets: [OURS] });
    const answer = await post({ body: reqPay, apiKey: await makeApiKey(other) });
    expect([answer.status, answer.json.response_code]).toEqual([403, 403]);
    expect(refusalIn(answer)).toEqual({ code: "FORBIDDEN", field: "b2bIds.buyerB2BId" });
    expect(await prisma.payment.count({ where: { businessId: other.businessId } })).toBe(0);
    await prisma.refusedMessage.deleteMany();
  });
});

describe("calls that are no messages", () => {
  const call = async (changes: Partial<Call>) => {
    const { reqPay } = await paidTrade();
    const answer = await callGateway("req-pay", { body: reqPay, ...changes });
    expect(answer.json.response_code).toBe(answer.status === 200 ? 0 : answer.status);
    return { status: answer.status, code: refusalIn(answer)?.code, headers: answer.headers };
  };

  test.each(["GET", "PUT", "DELETE", "OPTIONS"])("%s: 405, and what is allowed", async (method) => {
    expect(await call({ method })).toMatchObject({
      status: 405,
      code: "METHOD_NOT_ALLOWED",
      headers: { allow: "POST" },
    });
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "", null])(
    "labelled %j: 415",
    async (type) => {
      expect(await call({ headers: { "content-type": type } })).toMatchObject({
        status: 415,
        code: "UNSUPPORTED_MEDIA_TYPE",
      });
    },
  );

  test("packed: 415, which says so", async () => {
    const packed = gzipSync("{}");
    const answer = await callGateway("req-pay", { body: packed, headers: { "content-encoding": "gzip" } });
    expect([answer.status, refusalIn(answer)?.code]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
    expect(answer.json.response_message).toContain("without Content-Encoding");
    expect(await call({ headers: { "content-encoding": "identity" } })).toMatchObject({ status: 200 });
  });

  test.each(["application/json; charset=utf-8", "Application/JSON"])("labelled %j is JSON", async (type) => {
    expect(await call({ headers: { "content-type": type } })).toMatchObject({ status: 200 });
  });

  test("a megabyte and a byte: 413", async () => {
    expect(await call({ body: " ".repeat(1024 * 1024 + 1) })).toMatchObject({ status: 413, code: "TOO_LARGE" });
  });

  test.each([
    ["", "MALFORMED_JSON"],
    ["{", "MALFORMED_JSON"],
    ['{"a":1,"a":2}', "DUPLICATE_KEY"],
    ['{"__proto__":1}', "FORBIDDEN_KEY"],
    ['{"a":"\\u0000"}', "BAD_CHARACTER"],
    [`${"[".repeat(40)}${"]".repeat(40)}`, "TOO_DEEP"],
  ])("%s: 400", async (text, code) => {
    expect(await call({ body: text })).toMatchObject({ status: 400, code });
  });

  test.each(["{}", "[]", "null", "1", '"text"'])("%s: 422", async (text) => {
    expect(await call({ body: text })).toMatchObject({ status: 422 });
  });
});

describe("too fast", () => {
  const strangers = (post: Awaited<ReturnType<typeof startedWith>>, count: number, call: Partial<Call>) =>
    Promise.all(Array.from({ length: count }, () => post({ body: "{}", ...call })));
  const statuses = (answers: Awaited<ReturnType<typeof callGateway>>[]) =>
    Object.fromEntries(
      [401, 422, 429].map((status) => [status, answers.filter((answer) => answer.status === status).length]),
    );

  test("an API key: 429 with Retry-After above a hundred at once, and then fifty a second", async () => {
    const post = await startedWith({ secrets: [OURS] });
    const { buyer, supplier } = await makeTrade();
    const apiKey = await makeApiKey(buyer);
    const answers = await strangers(post, 103, { apiKey });
    expect(statuses(answers)).toEqual({ 401: 0, 422: 100, 429: 3 });
    const late = answers.find((answer) => answer.status === 429);
    expect(late?.headers["retry-after"]).toBe("1");
    expect(late && refusalIn(late)).toEqual({ code: "RATE_LIMITED", field: "" });
    // Another key has its own limit, and time heals.
    expect((await post({ body: "{}", apiKey: await makeApiKey(supplier) })).status).toBe(422);
    const second = await strangers(post, 53, { apiKey, now: new Date(NOW.getTime() + 1000) });
    expect(statuses(second)).toEqual({ 401: 0, 422: 50, 429: 3 });
  });

  test("strangers of one address: 429 above a hundred; the network at the same address is never held up", async () => {
    const post = await startedWith({ secrets: [OURS] });
    const address = "192.0.2.66";
    const answers = await strangers(post, 105, { address });
    expect(statuses(answers)).toEqual({ 401: 100, 422: 0, 429: 5 });
    const { buyer } = await makeTrade();
    const apiKey = await makeApiKey(buyer);
    expect((await post({ body: "{}", apiKey, address })).status).toBe(429);
    expect((await post({ body: "{}", apiKey, address: "192.0.2.67" })).status).toBe(422);
    expect(statuses(await strangers(post, 150, { address, secrets: [OURS] }))).toEqual({ 401: 0, 422: 150, 429: 0 });
  });
});

test("an API key that is used is noted, once a minute", async () => {
  const trade = await paidTrade();
  const apiKey = await makeApiKey(trade.buyer);
  await callGateway("resp-pay", { body: respPayOf(trade.reqPay), apiKey });
  const key = () => prisma.apiKey.findFirstOrThrow({ where: { businessId: trade.buyer.businessId } });
  await vi.waitFor(async () => expect((await key()).lastUsedAt).toEqual(NOW));
});
