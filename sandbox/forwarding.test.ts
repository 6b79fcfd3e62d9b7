import { afterEach, describe, expect, test } from "vitest";
import { refuse } from "@/features/protocol/errors";
import { REQ_PAY_EXAMPLE } from "@/features/protocol/examples";
import { refusalReply } from "@/features/protocol/reply";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { eventually } from "@/sandbox/testing/eventually";
import { anAnswer, aPayment, BUYER, SUPPLIER, sendTo } from "@/sandbox/testing/messages";
import { type Interference, SECRET, startTestPortal, type TestPortal } from "@/sandbox/testing/portal";

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

const FAST = { backOffMs: () => 5, supplierThinksMs: 5, holdFactor: 0.02, longestRetryAfterMs: 50 };

async function setUp(interfere?: Interference): Promise<{ portal: TestPortal; network: RunningSandbox }> {
  const portal = await startTestPortal(interfere);
  const network = await startSandbox({ portalUrl: portal.url, signingSecrets: [SECRET], timing: FAST });
  running.push(portal, network);
  return { portal, network };
}

const of = (portal: TestPortal, operation: string) => portal.received.filter((one) => one.operation === operation);

describe("a payment through the network", () => {
  test("is acked, forwarded to the supplier's platform, and its answer carried back under the network's own reqMsgId", async () => {
    const { portal, network } = await setUp();
    const payment = aPayment();
    const ack = await sendTo(network.url, payment);
    expect(ack).toMatchObject({ status: 200, body: { response_code: 0, payload: expect.stringMatching(/^REQ/) } });
    const outcome = await eventually(() => of(portal, "resp-pay")[0]);
    expect(of(portal, "req-pay")).toHaveLength(1);
    expect(of(portal, "req-pay")[0]).toMatchObject({ signed: true, value: payment });
    expect(outcome).toMatchObject({ signed: true, result: "SUCCESS", reqMsgId: ack.body.payload });
    expect(outcome.value).toMatchObject({ b2bIds: payment.b2bIds, payment: payment.payment });
  });

  test("is confirmed the same way, in the other direction", async () => {
    const { portal, network } = await setUp();
    const payment = aPayment();
    await sendTo(network.url, payment);
    await eventually(() => of(portal, "resp-pay")[0]);
    const answer = anAnswer(payment);
    const ack = await sendTo(network.url, answer);
    const outcome = await eventually(() => of(portal, "resp-pay-confirmation")[0]);
    expect(of(portal, "req-pay-confirmation")[0]?.value).toEqual(answer);
    expect(outcome).toMatchObject({ result: "SUCCESS", reqMsgId: ack.body.payload });
  });

  test("that the supplier's platform refuses comes back as FAILURE with its reason", async () => {
    const { portal, network } = await setUp(({ operation }) =>
      operation === "req-pay"
        ? refusalReply(refuse("EXCEEDS_DUE", "payment.invoicesPayInfos[0].invoicePaymentAmount.totalAmount"), "REQ1")
        : undefined,
    );
    const ack = await sendTo(network.url, aPayment());
    const outcome = await eventually(() => of(portal, "resp-pay")[0]);
    expect(outcome.value).toMatchObject({
      resp: {
        reqMsgId: ack.body.payload,
        result: "FAILURE",
        errorCd: "EXCEEDS_DUE",
        errorField: "payment.invoicesPayInfos[0].invoicePaymentAmount.totalAmount",
      },
    });
  });

  test.each(["DUPLICATE_CONFLICT", "AMOUNT_SUM", "TOO_LARGE", "MALFORMED_JSON"] as const)(
    "that is definitely refused over HTTP (%s) comes back as FAILURE",
    async (code) => {
      const { portal, network } = await setUp(({ operation }) =>
        operation === "req-pay" ? refusalReply(refuse(code), "REQ1") : undefined,
      );
      await sendTo(network.url, aPayment());
      const outcome = await eventually(() => of(portal, "resp-pay")[0]);
      expect(outcome.value).toMatchObject({ resp: { result: "FAILURE", errorCd: code } });
      expect(of(portal, "req-pay")).toHaveLength(1);
    },
  );

  test("is sent again under the same webhook-id until there is a definite answer", async () => {
    let tries = 0;
    const { portal, network } = await setUp(({ operation }) => {
      if (operation !== "req-pay") return undefined;
      tries += 1;
      if (tries === 1) return "hang up";
      if (tries === 2) return { status: 503, body: { response_code: 503, response_message: "away", payload: null } };
      if (tries === 3) return { status: 200, body: "<html>" as never };
      if (tries === 4) return { status: 401, body: { response_code: 401, response_message: "who?", payload: null } };
      return undefined;
    });
    await sendTo(network.url, aPayment());
    const outcome = await eventually(() => of(portal, "resp-pay")[0]);
    expect(outcome.result).toBe("SUCCESS");
    expect(new Set(of(portal, "req-pay").map((one) => one.webhookId)).size).toBe(1);
    expect(tries).toBe(5);
  });

  test("to a business that no participant hosts fails with UNKNOWN_SUPPLIER", async () => {
    const portal = await startTestPortal();
    const participants = [{ url: portal.url, b2bIds: [BUYER] }];
    const network = await startSandbox({ portalUrl: portal.url, participants, signingSecrets: [SECRET], timing: FAST });
    running.push(portal, network);
    await sendTo(network.url, aPayment());
    const outcome = await eventually(() => of(portal, "resp-pay")[0]);
    expect(outcome.value).toMatchObject({
      resp: { result: "FAILURE", errorCd: "UNKNOWN_SUPPLIER", errorField: "b2bIds.supplierB2BId" },
    });
  });

  test("goes to the platform that hosts the supplier, and its outcome to the one that hosts the buyer", async () => {
    const [buyers, suppliers] = [await startTestPortal(), await startTestPortal()];
    const participants = [{ url: suppliers.url, b2bIds: [SUPPLIER] }, { url: buyers.url }];
    const network = await startSandbox({ portalUrl: buyers.url, participants, signingSecrets: [SECRET], timing: FAST });
    running.push(buyers, suppliers, network);
    await sendTo(network.url, aPayment());
    await eventually(() => of(buyers, "resp-pay")[0]);
    expect(buyers.received.map((one) => one.operation)).toEqual(["resp-pay"]);
    expect(suppliers.received.map((one) => one.operation)).toEqual(["req-pay"]);
  });
});

describe("the same objectId again", () => {
  test("with the same content gets the same ack, fifty times at once, and is forwarded once", async () => {
    const { portal, network } = await setUp();
    const payment = aPayment();
    const acks = await Promise.all(Array.from({ length: 50 }, () => sendTo(network.url, payment)));
    expect(new Set(acks.map(({ body }) => body.payload)).size).toBe(1);
    await eventually(() => of(portal, "resp-pay")[0]);
    expect(of(portal, "req-pay")).toHaveLength(1);
  });

  test("with other content is a conflict and changes nothing", async () => {
    const { portal, network } = await setUp();
    const payment = aPayment();
    await sendTo(network.url, payment);
    const other = { ...payment, payment: { ...payment.payment, utr: "ANOTHER" } };
    const reply = await sendTo(network.url, other);
    expect(reply).toMatchObject({
      status: 409,
      body: { response_code: 409, payload: { resp: { errorCd: "DUPLICATE_CONFLICT" } } },
    });
    await eventually(() => of(portal, "resp-pay")[0]);
    expect(of(portal, "req-pay")).toHaveLength(1);
  });

  test("after a FAILURE is judged afresh: a supplier may answer anew", async () => {
    let refused = false;
    const { portal, network } = await setUp(({ operation }) => {
      if (operation !== "req-pay-confirmation" || refused) return undefined;
      refused = true;
      return refusalReply(refuse("PAYMENT_NOT_FOUND"), "REQ1");
    });
    const payment = aPayment();
    const first = await sendTo(network.url, anAnswer(payment));
    await eventually(() => of(portal, "resp-pay-confirmation")[0]);
    const second = await sendTo(network.url, anAnswer(payment, "ACCEPT", "Found it now"));
    expect(second.status).toBe(200);
    expect(second.body.payload).not.toBe(first.body.payload);
    const outcome = await eventually(() => of(portal, "resp-pay-confirmation")[1]);
    expect(outcome).toMatchObject({ result: "SUCCESS", reqMsgId: second.body.payload });
  });

  test("after two FAILUREs the first answer, given again in a message of its own, is carried again", async () => {
    let refused = 0;
    const { portal, network } = await setUp(({ operation }) =>
      operation === "req-pay-confirmation" && refused++ < 2
        ? refusalReply(refuse("DUPLICATE_CONFLICT"), "REQ1")
        : undefined,
    );
    const payment = aPayment();
    const outcomes = () => of(portal, "resp-pay-confirmation");
    const first = await sendTo(network.url, anAnswer(payment));
    await eventually(() => outcomes()[0]);
    await sendTo(network.url, anAnswer(payment, "REJECT", "Not here"));
    await eventually(() => outcomes()[1]);
    const again = await sendTo(network.url, anAnswer(payment));
    expect(again.body.payload).not.toBe(first.body.payload);
    expect(await eventually(() => outcomes()[2])).toMatchObject({ result: "SUCCESS", reqMsgId: again.body.payload });
  });
});

describe("what is not a valid message", () => {
  const post = (url: string, init: RequestInit) => fetch(`${url}/api/v0/payment/req-pay`, { method: "POST", ...init });

  async function open(): Promise<string> {
    const portal = await startTestPortal();
    const network = await startSandbox({ portalUrl: portal.url });
    running.push(portal, network);
    return network.url;
  }

  test("is refused by its kind, with the field", async () => {
    const url = await open();
    const json = { "content-type": "application/json" };
    expect((await post(url, { headers: json, body: "{" })).status).toBe(400);
    expect((await post(url, { headers: { "content-type": "text/plain" }, body: "{}" })).status).toBe(415);
    expect((await post(url, { headers: json, body: " ".repeat(1024 * 1024 + 1) })).status).toBe(413);
    expect((await fetch(`${url}/api/v0/payment/req-pay`)).status).toBe(405);
    const wrong = structuredClone(REQ_PAY_EXAMPLE);
    wrong.payment.paymentAmount.totalAmount += 1;
    const reply = await post(url, { headers: json, body: JSON.stringify(wrong) });
    expect(reply.status).toBe(422);
    expect(await reply.json()).toMatchObject({
      payload: { resp: { errorCd: "AMOUNT_TOTAL", errorField: "payment.paymentAmount.totalAmount" } },
    });
  });

  test("is refused when its signature does not hold", async () => {
    const { network, portal } = await setUp();
    const stranger = `whsec_${Buffer.from("a secret that nobody told the network").toString("base64")}`;
    const reply = await sendTo(network.url, aPayment(), { secret: stranger });
    expect(reply).toMatchObject({ status: 401, body: { payload: { resp: { errorCd: "UNAUTHENTICATED" } } } });
    expect(portal.received).toHaveLength(0);
  });

  test("is refused when a bearer token is asked for and missing", async () => {
    const portal = await startTestPortal();
    const network = await startSandbox({ portalUrl: portal.url, bearerTokens: ["a-token-of-the-network-1234"] });
    running.push(portal, network);
    expect((await sendTo(network.url, aPayment())).status).toBe(401);
  });
});
