import { describe, expect, test } from "vitest";
import { POST as createInvoice } from "@/app/api/v1/businesses/[business]/invoices/route";
import { POST as pay } from "@/app/api/v1/businesses/[business]/payments/route";
import { MAX_PAISE } from "@/lib/money";
import { apiOf } from "@/tests/api";
import { makeBusiness, makeInvoice, paymentOf, statusesOf } from "@/tests/books";
import { callGateway } from "@/tests/gateway";
import { billOf, invoiceOf } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";

/** What was sent to the network of a payment. */
const sentOf = async (objectId: string) =>
  JSON.parse((await prisma.message.findFirstOrThrow({ where: { objectId, direction: "OUT" } })).body);

describe("what is taken from people and programs, the wire takes", () => {
  test("a supplier's UPI address of the greatest length", async () => {
    const buyer = await makeBusiness("Anvaya");
    const supplier = await makeBusiness("Kaveri");
    const api = await apiOf(buyer);
    const bill = billOf(supplier, { side: "payable" });
    const write = (vpa: string) =>
      api(createInvoice, { body: { ...bill, counterparty: { ...bill.counterparty, vpa } } });

    const refused = await write(`${"k".repeat(191)}@${"b".repeat(64)}`);
    expect([refused.status, await refused.json()]).toMatchObject([422, { errors: [{ path: "counterparty.vpa" }] }]);

    const taken = await write(`${"k".repeat(190)}@${"b".repeat(64)}`);
    expect(taken.status).toBe(201);
    const written = await invoiceOf(buyer, bill.supplierInvoiceNumber);
    const pair = {
      objectId: bill.objectId,
      number: bill.supplierInvoiceNumber,
      payableId: written?.id ?? "",
      receivableId: "",
    };
    const request = paymentOf(supplier, [{ invoice: pair, net: 100 }]);
    expect((await api(pay, { body: request })).status).toBe(201);
    // The supplier has no such invoice yet, and says so: each field is as it should be.
    const reply = await callGateway("req-pay", { body: await sentOf(request.objectId) });
    expect(reply.status).toBe(200);
  });

  test("bills of the largest amount, one in a payment", async () => {
    const buyer = await makeBusiness("Anvaya");
    const supplier = await makeBusiness("Kaveri");
    const api = await apiOf(buyer);
    const first = await makeInvoice(buyer, supplier, MAX_PAISE);
    const second = await makeInvoice(buyer, supplier, MAX_PAISE);
    const both = paymentOf(supplier, [
      { invoice: first, net: MAX_PAISE },
      { invoice: second, net: MAX_PAISE },
    ]);
    const refused = await api(pay, { body: both });
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      {
        errors: [
          {
            path: "lines",
            message: "One payment can't come to more than ₹9,999 crore. Pay these bills in several payments.",
          },
        ],
      },
    ]);
    expect(await statusesOf(both.objectId)).toEqual({ outgoing: null, incoming: null });

    const one = paymentOf(supplier, [{ invoice: first, net: MAX_PAISE }]);
    expect((await api(pay, { body: one })).status).toBe(201);
    const reply = await callGateway("req-pay", { body: await sentOf(one.objectId) });
    expect([reply.status, reply.json.response_code]).toEqual([200, 0]);
  });
});
