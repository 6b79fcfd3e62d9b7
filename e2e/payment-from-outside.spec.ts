import { NETWORKS } from "./support/networks";
import { answer, newUtr } from "./support/steps";
import { expect, test } from "./support/test";
import {
  booksOf,
  demoBusiness,
  PEOPLE,
  paymentsByUtr,
  raiseInvoices,
  sandboxUrl,
  setFaults,
  signIn,
} from "./support/world";

const BUYER = "anvaya-retail";
const SUPPLIER = "kaveri-metals";

test.afterEach(({ request }) => setFaults(request, {}));

for (const { name, faults } of NETWORKS) {
  test.describe(name, () => {
    test("a remote buyer pays one of our suppliers, who accepts", async ({ page, request }) => {
      const kaveri = await demoBusiness(request, SUPPLIER);
      const { counterparties } = await (await request.get(`${sandboxUrl()}/_sandbox/counterparties`)).json();
      const remote = counterparties.find((party: { behaviour: string }) => party.behaviour === "remote-buyer");
      const [invoice] = await raiseInvoices(request, kaveri, remote, 7_500);
      if (!invoice) throw new Error("an invoice was asked for");
      await signIn(page, PEOPLE.latha);
      await setFaults(request, faults);
      const utr = newUtr();
      const paid = await request.post(`${sandboxUrl()}/_sandbox/remote-buyer/pay`, {
        data: {
          supplierB2BId: kaveri.b2bId,
          mode: "NEFT",
          utr,
          type: "OFFPLATFORM",
          invoices: [
            {
              objectId: invoice.objectId,
              supplierInvoiceNumber: invoice.supplierInvoiceNumber,
              netPaidAmount: 7_500,
            },
          ],
        },
      });
      expect(paid.status(), await paid.text()).toBe(201);
      await answer(page, SUPPLIER, utr, "Accept", "Received");
      await expect
        .poll(async () => (await booksOf(invoice.objectId)).RECEIVABLE, { timeout: 30_000 })
        .toEqual({ status: "PAID", paid: 7_500_00, pending: 0 });
    });

    test("a business's software pays with an API key", async ({ page, request }) => {
      const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
      const [bill] = await raiseInvoices(request, kaveri, anvaya, 1_200);
      if (!bill) throw new Error("an invoice was asked for");
      await expect.poll(async () => Object.keys(await booksOf(bill.objectId)).length, { timeout: 20_000 }).toBe(2);
      await setFaults(request, faults);
      const utr = newUtr();
      const message = reqPay(anvaya.b2bId, kaveri.b2bId, bill, utr, 1_200);
      const headers = { authorization: `Bearer ${anvaya.apiKey}` };
      const reply = await request.post("/api/v0/payment/req-pay", { headers, data: message });
      expect(reply.status()).toBe(200);
      const ack = await reply.json();
      expect(ack).toEqual({ payload: expect.any(String), response_code: 0, response_message: expect.any(String) });
      // The reply was lost, so it is sent again: it counts once.
      const again = await request.post("/api/v0/payment/req-pay", { headers, data: message });
      expect(await again.json()).toEqual(ack);

      await signIn(page, PEOPLE.latha);
      await answer(page, SUPPLIER, utr, "Accept", "Received");
      await expect
        .poll(() => booksOf(bill.objectId), { timeout: 30_000 })
        .toEqual({
          PAYABLE: { status: "PAID", paid: 1_200_00, pending: 0 },
          RECEIVABLE: { status: "PAID", paid: 1_200_00, pending: 0 },
        });
      expect(await paymentsByUtr(utr)).toHaveLength(2);
    });
  });
}

function reqPay(
  buyerB2BId: string,
  supplierB2BId: string,
  bill: { objectId: string; supplierInvoiceNumber: string },
  utr: string,
  rupees: number,
) {
  const amounts = { netPaidAmount: rupees, netAdjustmentAmount: 0, totalAmount: rupees, currency: "INR" };
  return {
    device: { tag: { name: "GEOCODE", value: "19.0760,72.8777" } },
    b2bIds: { buyerB2BId, supplierB2BId },
    payment: {
      objectId: `PMT${crypto.randomUUID().replaceAll("-", "")}`,
      ts: "2026-11-20T14:05:00+05:30",
      type: "OFFPLATFORM",
      mode: "NEFT",
      utr,
      currency: "INR",
      paymentAmount: amounts,
      invoicesPayInfos: [
        {
          objectId: bill.objectId,
          supplierInvoiceNumber: bill.supplierInvoiceNumber,
          objectVersion: { currentVersion: 1, newVersion: 2 },
          statusTransition: { currentStatus: "CREATED", newStatus: "PAYMENT INITIATED" },
          invoiceAmount: { dueAmount: rupees, totalAmount: rupees, currency: "INR" },
          invoicePaymentAmount: { ...amounts, splits: [] },
          supplierBankAccountDetails: { maskedAccountNumber: "", ifsc: "", beneficiaryName: "", businessVPA: "" },
        },
      ],
    },
  };
}
