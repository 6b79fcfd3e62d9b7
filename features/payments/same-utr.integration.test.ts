import { beforeAll, describe, expect, test } from "vitest";
import { GET as checkUtr } from "@/app/api/v1/businesses/[business]/payments/check-utr/route";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { findByUtr } from "@/features/payments/data";
import { namesUtr } from "@/features/payments/filters";
import { createPayment } from "@/features/payments/mutations/create";
import { apiOf, type CallApi } from "@/tests/api";
import { makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { callGateway, NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answered, outcomeOf, respPayOf } from "@/tests/trade";

type Business = Awaited<ReturnType<typeof makeBusiness>>;

let supplier: Business;
let api: CallApi;

beforeAll(async () => {
  supplier = await makeBusiness("Kaveri");
  api = await apiOf(supplier);
});

/** A buyer pays the supplier, naming this UTR; it has arrived there. */
async function received(buyer: Business, utr: string) {
  const invoice = await makeInvoice(buyer, supplier, 100_000);
  const request = paymentOf(supplier, [{ invoice, net: 60_000, tds: 5_000 }], { utr });
  await createPayment(buyer, request, NOW);
  const sent = await prisma.message.findFirstOrThrow({ where: { objectId: request.objectId, direction: "OUT" } });
  const reqPay = JSON.parse(sent.body);
  await callGateway("req-pay", { body: reqPay });
  await callGateway("resp-pay", { body: respPayOf(reqPay) });
  return request;
}

const received1 = (utr: string) => findByUtr(supplier, { utr, side: "incoming" });
const idsOf = async (utr: string) => (await received1(utr)).map(({ objectId }) => objectId);

describe("a transfer that is told twice", () => {
  test("is shown to the supplier, whoever told it first and however they wrote it", async () => {
    const [anvaya, indus] = [await makeBusiness("Anvaya"), await makeBusiness("Indus")];
    const first = await received(anvaya, "HDFCN26000000001");
    await answerPayment(supplier, first.objectId, { response: "ACCEPT", remarks: "ok" }, NOW);
    const second = await received(indus, "hdfcn26000000001");
    const third = await received(anvaya, "HDFC N260 0000 0001");
    const reply = await api(checkUtr, { search: `?side=incoming&utr=${encodeURIComponent(" hdfc n260 0000 0001")}` });
    expect(reply.status).toBe(200);
    const { usedBy } = await reply.json();
    expect(usedBy.map(({ objectId }: { objectId: string }) => objectId).sort()).toEqual(
      [first, second, third].map(({ objectId }) => objectId).sort(),
    );
    expect(usedBy).toContainEqual({
      objectId: first.objectId,
      counterparty: { b2bId: anvaya.b2bId, name: anvaya.name },
      status: "CONFIRMING",
      undelivered: false,
      paidAt: new Date(first.paidAt).toISOString(),
      createdAt: expect.any(String),
      netPaise: 60_000,
      totalPaise: 65_000,
    });
  });

  test("is shown also where one of the two has the zeros that banks put in front of a number, or leave out", async () => {
    const buyer = await makeBusiness("Anvaya");
    const [short, long] = ["632412345678", "0000632412345678"];
    const ids = [await received(buyer, short), await received(buyer, long)].map(({ objectId }) => objectId).sort();
    for (const utr of [short, long, "0632 4123 45678"]) expect((await idsOf(utr)).sort()).toEqual(ids);
    expect(await idsOf("063241234567")).toEqual([]);
  });

  test("is shown also where one of the two was written with signs, or with characters that nobody sees", async () => {
    const buyer = await makeBusiness("Anvaya");
    const ways = ["HDFCN26000000777", "hdfc-n260/00000777", "HDFCN26\u034F000000777", "0HDFCN26000000777\uFE0F"];
    const ids: string[] = [];
    for (const utr of ways) ids.push((await received(buyer, utr)).objectId);
    for (const utr of ways) expect((await idsOf(utr)).sort()).toEqual(ids.sort());
  });

  test("of signs alone is looked for to the letter", async () => {
    const buyer = await makeBusiness("Anvaya");
    const [first, second] = [await received(buyer, "----"), await received(buyer, "////")];
    expect([await idsOf("----"), await idsOf(" //// ")]).toEqual([[first.objectId], [second.objectId]]);
  });

  test("is none where the other was rejected, or its rejection is on the way", async () => {
    const buyer = await makeBusiness("Anvaya");
    const first = await received(buyer, "HDFCN26000000002");
    expect(await idsOf("HDFCN26000000002")).toEqual([first.objectId]);
    const confirmation = await answered(
      { buyer, supplier, request: first },
      { response: "REJECT", remarks: "No money" },
    );
    expect(await idsOf("HDFCN26000000002")).toEqual([]);
    await callGateway("resp-pay-confirmation", { body: outcomeOf(confirmation) });
    expect(await idsOf("HDFCN26000000002")).toEqual([]);
  });

  test("is looked for on the side that is asked about: payments made, where none is said", async () => {
    const buyer = await makeBusiness("Anvaya");
    const request = await received(buyer, "HDFCN26000000003");
    const mine = await apiOf(buyer);
    const made = await (await mine(checkUtr, { search: "?utr=hdfcn26000000003" })).json();
    expect(made.usedBy).toMatchObject([{ objectId: request.objectId, counterparty: { b2bId: supplier.b2bId } }]);
    const got = await (await api(checkUtr, { search: "?utr=hdfcn26000000003" })).json();
    expect(got.usedBy).toEqual([]);
  });

  test("is found by its index, however many payments there are", async () => {
    const plan = await prisma.$transaction(async (tx) => {
      // Of the few rows here the planner would read all; with many it takes what it takes when it may not.
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRaw<{ "QUERY PLAN": string }[]>`
        EXPLAIN SELECT object_id FROM payment
         WHERE business_id = ${supplier.businessId}::uuid ${namesUtr("HDFCN26000000001")}`;
    });
    expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain("payment_utr_key_idx");
  });
});
