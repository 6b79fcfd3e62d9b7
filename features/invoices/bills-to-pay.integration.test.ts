import { expect, test } from "vitest";
import { getBillsToPay, getInvoice } from "@/features/invoices/data";
import { createPayment } from "@/features/payments/mutations/create";
import { paymentOf } from "@/tests/books";
import { callGateway, NOW } from "@/tests/gateway";
import { plansOf } from "@/tests/plans";
import { FAILURE, makeTrade, paidTrade, respPayOf } from "@/tests/trade";

test("bills to pay come as each by itself, in the order asked for, with what holds a part of them", async () => {
  const trade = await makeTrade();
  const { buyer, supplier, first, second } = trade;
  const paid = [
    paymentOf(supplier, [{ invoice: first, net: 10_000 }], { utr: "HDFCN00000000001" }),
    paymentOf(supplier, [{ invoice: first, net: 20_000 }], { utr: "HDFCN00000000002" }),
  ];
  for (const request of paid) await createPayment(buyer, request, NOW);
  const bills = await getBillsToPay(buyer, [second.payableId, first.payableId.toUpperCase()], NOW);

  const alone = await Promise.all([second, first].map(({ payableId }) => getInvoice(buyer, payableId, NOW)));
  expect(bills.map(({ heldBy: _, ...bill }) => bill)).toEqual(
    alone.map(({ payments: _p, paymentCount: _c, history: _h, ...invoice }) => invoice),
  );
  expect(bills.map(({ heldBy }) => heldBy.map(({ objectId }) => objectId))).toEqual([
    [],
    paid.map(({ objectId }) => objectId).reverse(),
  ]);
  expect(bills[1]?.heldBy[0]).toEqual({
    objectId: paid[1]?.objectId,
    paidAt: alone[1]?.payments[0]?.paidAt,
    totalPaise: 20_000,
  });
});

test("a payment that came to nothing holds nothing", async () => {
  const { buyer, first, reqPay } = await paidTrade();
  expect((await getBillsToPay(buyer, [first.payableId], NOW))[0]?.heldBy).toHaveLength(1);
  await callGateway("resp-pay", { body: respPayOf(reqPay, FAILURE) });
  expect((await getBillsToPay(buyer, [first.payableId], NOW))[0]).toMatchObject({ duePaise: 100_000, heldBy: [] });
});

test("what isn't there, or is another business's, is not found", async () => {
  const { buyer, supplier, first, second } = await makeTrade();
  const notFound = { code: "NOT_FOUND" };
  await expect(getBillsToPay(supplier, [first.payableId], NOW)).rejects.toMatchObject(notFound);
  await expect(getBillsToPay(buyer, [first.payableId, second.receivableId], NOW)).rejects.toMatchObject(notFound);
  await expect(getBillsToPay(buyer, [first.payableId, "1"], NOW)).rejects.toMatchObject(notFound);
});

test("as many statements read two bills as one", async () => {
  const { buyer, first, second } = await makeTrade();
  const statements = async (ids: string[]) => (await plansOf(buyer, () => getBillsToPay(buyer, ids, NOW))).length;
  expect(await statements([first.payableId, second.payableId])).toBe(await statements([first.payableId]));
});
