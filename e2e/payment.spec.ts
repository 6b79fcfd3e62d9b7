import type { Page } from "@playwright/test";
import { answer, chooseBills, deductTds, fillDetails, newUtr, payInPart, reviewAndSend } from "./support/steps";
import { expect, test } from "./support/test";
import {
  booksOf,
  demoBusiness,
  PEOPLE,
  paymentsByUtr,
  raiseInvoices,
  rows,
  sandboxUrl,
  setFaults,
  signIn,
} from "./support/world";

const BUYER = "anvaya-retail";
const SUPPLIER = "kaveri-metals";

test.afterEach(({ request }) => setFaults(request, {}));

/** The buyer's page and the supplier's, in browsers of their own. */
async function both(buyerPage: Page): Promise<{ buyer: Page; supplier: Page }> {
  const browser = buyerPage.context().browser();
  if (!browser) throw new Error("no browser");
  const supplier = await (await browser.newContext({ baseURL: test.info().project.use.baseURL })).newPage();
  await Promise.all([signIn(buyerPage, PEOPLE.ravi), signIn(supplier, PEOPLE.latha)]);
  return { buyer: buyerPage, supplier };
}

const networks = [
  { name: "through a network that works", faults: {} },
  {
    name: "through a network that loses, repeats and reorders a fifth of everything",
    faults: { loss: 0.2, duplicates: 0.2, reordering: 0.2, latencyMs: { min: 0, max: 50 }, seed: "e2e" },
  },
];

for (const { name, faults } of networks) {
  test.describe(name, () => {
    test("a buyer pays three bills in part with TDS, the supplier accepts, and both books agree", async ({
      page,
      request,
    }) => {
      const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
      const [first, second, third] = await raiseInvoices(request, kaveri, anvaya, 10_000, 20_000, 30_000);
      if (!first || !second || !third) throw new Error("three invoices were asked for");
      const { buyer, supplier } = await both(page);
      await setFaults(request, faults);
      const utr = newUtr();

      await chooseBills(buyer, BUYER, [first, second, third]);
      await payInPart(buyer, first, "4,000.50");
      await deductTds(buyer, second, "20", "194Q");
      await payInPart(buyer, third, "15000");
      await deductTds(buyer, third, "300", "194C");
      await fillDetails(buyer, utr);
      // 4,000.50 + 19,980 + 15,000 paid, 320 adjusted.
      await expect(buyer.getByText("₹39,300.50")).toBeVisible();
      await reviewAndSend(buyer);
      // What leaves the bank, as its statement has it beside the UTR; what it settles is said below.
      await expect(buyer.getByRole("heading", { level: 1 })).toContainText("₹38,980.50 to Kaveri Metals");
      await expect(buyer.getByText("Settles ₹39,300.50, with ₹320.00 adjusted.")).toBeVisible();
      await expect(buyer.getByRole("status").getByText("Waiting for supplier")).toBeVisible({
        timeout: 30_000,
      });

      await answer(supplier, SUPPLIER, utr, "Accept", "Received in our Axis account");
      // The buyer's page follows by itself.
      await expect(buyer.getByRole("status").getByText("Accepted")).toBeVisible({ timeout: 30_000 });
      await expect(buyer.getByText("Received in our Axis account")).toBeVisible();

      await expect
        .poll(async () => (await paymentsByUtr(utr)).map((row) => row.status), { timeout: 30_000 })
        .toEqual(["ACCEPTED", "ACCEPTED"]);
      expect((await paymentsByUtr(utr)).map((row) => [row.side, row.net, row.total])).toEqual([
        ["OUTGOING", 38_980_50, 39_300_50],
        ["INCOMING", 38_980_50, 39_300_50],
      ]);
      const part = (paid: number, status: string) => ({
        PAYABLE: { status, paid, pending: 0 },
        RECEIVABLE: { status, paid, pending: 0 },
      });
      expect(await booksOf(first.objectId)).toEqual(part(4_000_50, "PART_PAID"));
      expect(await booksOf(second.objectId)).toEqual(part(20_000_00, "PAID"));
      expect(await booksOf(third.objectId)).toEqual(part(15_300_00, "PART_PAID"));

      await supplier.goto(`/b/${SUPPLIER}/invoices?q=${encodeURIComponent(second.supplierInvoiceNumber)}`);
      await expect(supplier.getByRole("row", { name: new RegExp(second.supplierInvoiceNumber) })).toContainText("Paid");
      await buyer.goto(`/b/${BUYER}/bills?q=${encodeURIComponent(first.supplierInvoiceNumber)}`);
      const row = buyer.getByRole("row", { name: new RegExp(first.supplierInvoiceNumber) });
      await expect(row).toContainText("₹5,999.50");
      await expect(row).toContainText("Part paid");
    });

    test("the supplier rejects with remarks, the buyer sees them, and pays again", async ({ page, request }) => {
      const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
      const [bill] = await raiseInvoices(request, kaveri, anvaya, 5_000);
      if (!bill) throw new Error("an invoice was asked for");
      const { buyer, supplier } = await both(page);
      await setFaults(request, faults);
      const [utr, secondUtr] = [newUtr(), newUtr()];

      await chooseBills(buyer, BUYER, [bill]);
      await fillDetails(buyer, utr);
      await reviewAndSend(buyer);
      await answer(supplier, SUPPLIER, utr, "Reject", "No such credit in our account");

      await expect(buyer.getByText("Kaveri Metals rejected this payment")).toBeVisible({ timeout: 30_000 });
      await expect(buyer.getByText("No such credit in our account").first()).toBeVisible();
      await expect
        .poll(() => booksOf(bill.objectId), { timeout: 30_000 })
        .toEqual({
          PAYABLE: { status: "CREATED", paid: 0, pending: 0 },
          RECEIVABLE: { status: "CREATED", paid: 0, pending: 0 },
        });

      await buyer.getByRole("link", { name: "Correct or pay again" }).click();
      await buyer.waitForURL(/\/pay\?/);
      await expect(buyer.getByText("No such credit in our account")).toBeVisible();
      await buyer.getByRole("radio", { name: "The same money" }).check();
      await expect(buyer.getByLabel("Mode")).toHaveValue("NEFT");
      await expect(buyer.getByLabel("UTR or reference")).toHaveValue(utr);
      await buyer.getByRole("radio", { name: "I pay anew" }).check();
      await expect(buyer.getByLabel("UTR or reference")).toHaveValue("");
      await fillDetails(buyer, secondUtr);
      // Answering otherwise, and back, wipes nothing that was typed.
      await buyer.getByRole("radio", { name: "The same money" }).check();
      await expect(buyer.getByLabel("UTR or reference")).toHaveValue(secondUtr);
      await buyer.getByRole("radio", { name: "I pay anew" }).check();
      await expect(buyer.getByLabel("Mode")).toHaveValue("NEFT");
      await reviewAndSend(buyer);
      await answer(supplier, SUPPLIER, secondUtr, "Accept", "Found it");
      await expect(buyer.getByRole("status").getByText("Accepted")).toBeVisible({ timeout: 30_000 });
      await expect
        .poll(() => booksOf(bill.objectId), { timeout: 30_000 })
        .toEqual({
          PAYABLE: { status: "PAID", paid: 5_000_00, pending: 0 },
          RECEIVABLE: { status: "PAID", paid: 5_000_00, pending: 0 },
        });
    });

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

test("a payment that can't be delivered is given up, and its bill is due again", async ({ page, request }) => {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const [bill] = await raiseInvoices(request, kaveri, anvaya, 4_000);
  if (!bill) throw new Error("an invoice was asked for");
  await signIn(page, PEOPLE.ravi);
  const utr = newUtr();
  await chooseBills(page, BUYER, [bill]);
  await fillDetails(page, utr);
  await setFaults(request, { blackout: true });
  await reviewAndSend(page);
  const giveUp = page.getByRole("button", { name: "Give up", exact: true });
  await expect(giveUp).toBeHidden();
  // As the worker leaves it when the network refuses the call: nothing is tried any more.
  const [{ objectId } = { objectId: "" }] = await paymentsByUtr(utr);
  const stop = () =>
    rows(
      `UPDATE message SET state = 'STOPPED', next_attempt_at = NULL, settled_at = now(),
              last_error = 'The network refused the call with HTTP 403.'
        WHERE object_id = $1 AND direction = 'OUT'`,
      objectId,
    );
  await stop();

  await expect(page.getByText("Bharat Connect refused this")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send again" })).toBeVisible();
  // As the form leaves it when the reply was lost and somebody walked on.
  const draft = { objectId, sent: true, openedAt: "2026-11-20T08:35:00Z", values: { money: "new", lines: [] } };
  const [ravi] = await rows<{ id: string }>("SELECT id FROM app_user WHERE email = $1", PEOPLE.ravi);
  await page.evaluate(([key, text]) => sessionStorage.setItem(key, text), [
    `chukta:${ravi?.id}:pay:${BUYER}::left`,
    JSON.stringify(draft),
  ] as const);
  await giveUp.click();
  const dialog = page.getByRole("alertdialog", { name: "Give this payment up?" });
  await expect(dialog).toContainText("the supplier's answer still counts");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(giveUp).toBeFocused();

  // Somebody sends it again meanwhile: the question stays, and the answer to it says so.
  await giveUp.click();
  await rows(
    `UPDATE message SET state = 'QUEUED', next_attempt_at = now() + interval '1 hour', settled_at = NULL
      WHERE object_id = $1 AND direction = 'OUT'`,
    objectId,
  );
  await expect(page.getByText("This has not gone out yet")).toBeAttached();
  await dialog.getByRole("button", { name: "Give it up" }).click();
  await expect(dialog.getByRole("alert")).toContainText("it is on its way");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator("#main")).toBeFocused();

  await stop();
  await giveUp.click();
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole("alert")).toBeHidden();
  await dialog.getByRole("button", { name: "Give it up" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("status").getByText("Failed")).toBeVisible();
  await expect(page.locator("#main")).toBeFocused();
  await expect(page.getByText(/gave this payment up, since it could not be delivered: .* HTTP 403\./)).toBeVisible();
  await expect(page.getByRole("link", { name: "Correct or pay again" })).toBeVisible();
  // Nothing leads back to it from its bill: "Pay" begins anew.
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.endsWith(":left")))).toEqual([]);

  const [payment] = await rows<{ status: string; failure_code: string }>(
    "SELECT status, failure_code FROM payment WHERE object_id = $1",
    objectId,
  );
  expect(payment).toEqual({ status: "FAILED", failure_code: "GIVEN_UP" });
  expect((await booksOf(bill.objectId)).PAYABLE).toEqual({ status: "CREATED", paid: 0, pending: 0 });
});

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
