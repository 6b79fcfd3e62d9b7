import type { Page } from "@playwright/test";
import { NETWORKS } from "./support/networks";
import { answer, chooseBills, deductTds, fillDetails, newUtr, payInPart, reviewAndSend } from "./support/steps";
import { expect, test } from "./support/test";
import { booksOf, demoBusiness, PEOPLE, paymentsByUtr, raiseInvoices, setFaults, signIn } from "./support/world";

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

for (const { name, faults } of NETWORKS) {
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
      // Whoever sees a slip now reads at once who can undo it.
      const slip = buyer.getByText("Kaveri Metals can reject it: ask them to.");
      await expect(slip).toBeVisible();
      await answer(supplier, SUPPLIER, utr, "Reject", "No such credit in our account");

      await expect(buyer.getByText("Kaveri Metals rejected this payment")).toBeVisible({ timeout: 30_000 });
      await expect(buyer.getByText("No such credit in our account").first()).toBeVisible();
      await expect(slip).toBeHidden();
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
  });
}
