import { beforeEach, expect } from "vitest";
import { createPayment } from "@/features/payments/mutations/create";
import { makeBusiness, paymentOf } from "@/tests/books";
import { TODAY } from "@/tests/invoices";
import { sentReqPay } from "@/tests/trade";

export type Business = Awaited<ReturnType<typeof makeBusiness>>;

/** Who buys and who sells in a file of tests that imports them: made anew before each of its tests. */
export let buyer: Business;
export let supplier: Business;

beforeEach(async () => {
  buyer = await makeBusiness("Anvaya");
  supplier = await makeBusiness("Kaveri");
});

/** The buyer pays ₹400 of each of its bills; the req-pay, which is on its way. */
export async function paidFor(ids: readonly string[]) {
  const lines = ids.map((id) => ({
    invoice: { objectId: "", number: "", payableId: id, receivableId: "" },
    net: 40_000,
  }));
  const request = paymentOf(supplier, lines);
  expect(await createPayment(buyer, request, TODAY)).toMatchObject({ kind: "created" });
  return sentReqPay(request.objectId);
}
