import {
  billOf,
  chooseBills,
  deductTds,
  fillDetails,
  newUtr,
  payBill,
  payInPart,
  reviewAndSend,
} from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, raiseInvoices, rows, signIn } from "./support/world";

const BUYER = "anvaya-retail";
const SUPPLIER = "kaveri-metals";

test.beforeEach(({ page }) => signIn(page, PEOPLE.ravi));

test("TDS of one section is deducted from all bills at once, but where it may have been before", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const [first, second, begun] = await raiseInvoices(request, kaveri, anvaya, 1_18_000, 59_000, 11_800);
  if (!first || !second || !begun) throw new Error("three invoices were asked for");
  await payBill(request, await billOf(begun), { paid: 1_800 });
  const utr = newUtr();

  await chooseBills(page, BUYER, [first, second, begun]);
  await deductTds(page, second, "1", "typed by hand");
  await page.getByRole("button", { name: "TDS on all" }).click();
  const window = page.getByRole("dialog", { name: "Deduct TDS from all bills" });
  const enter = window.getByRole("button", { name: "Enter" });
  await expect(enter).toBeDisabled();
  await window.getByLabel("What the bills are for").selectOption({ label: "Professional fees, 10\u00a0%" });
  await window.getByLabel("GST in each bill").selectOption({ label: "18\u00a0%" });
  const row = (bill: { supplierInvoiceNumber: string }) =>
    window.getByRole("row", { name: new RegExp(bill.supplierInvoiceNumber) });
  await expect(row(first)).toContainText("₹1,00,000.00");
  await expect(row(second)).toContainText("instead of ₹1.00");
  await expect(row(begun)).toContainText("A part of it is settled");
  await window.getByRole("button", { name: "Enter ₹15,000.00 for 2 bills" }).click();
  await expect(window).toBeHidden();
  await expect(page.getByLabel("TDS amount")).toHaveCount(2);

  await fillDetails(page, utr);
  await reviewAndSend(page);
  const lines = await rows<{ number: string; net: string; total: string; splits: { name: string; value: number }[] }>(
    `SELECT invoice.supplier_invoice_number AS number, line.net, line.total, line.splits
       FROM payment
       JOIN payment_line line ON line.business_id = payment.business_id AND line.payment_object_id = payment.object_id
       JOIN invoice ON invoice.business_id = line.business_id AND invoice.id = line.invoice_id
      WHERE payment.utr = $1 AND payment.side = 'OUTGOING' ORDER BY line.total DESC`,
    utr,
  );
  const tds = (value: number) => [{ name: "TDS", value, refNo: "393(1) Sl. 6(iii), earlier 194J" }];
  expect(lines).toEqual([
    { number: first.supplierInvoiceNumber, net: "10800000", total: "11800000", splits: tds(10_000_00) },
    { number: second.supplierInvoiceNumber, net: "5400000", total: "5900000", splits: tds(5_000_00) },
    { number: begun.supplierInvoiceNumber, net: "1000000", total: "1000000", splits: [] },
  ]);
});

test("what is wrong with one of several bills is said with its number", async ({ page, request }) => {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const bills = await raiseInvoices(request, kaveri, anvaya, 1_000, 2_000);
  const [first, second] = bills;
  if (!first || !second) throw new Error("two invoices were asked for");
  await chooseBills(page, BUYER, bills);
  // A decimal comma: read as India groups digits it would be a hundred times as much.
  await payInPart(page, second, "1234,50");
  await fillDetails(page, newUtr());
  await page.getByRole("button", { name: "Review payment" }).click();
  const problem = page.getByRole("button", {
    name: `${second.supplierInvoiceNumber}: Write an amount like 1,23,456.50`,
  });
  await problem.click();
  await expect(page.getByLabel(`Amount paid for ${second.supplierInvoiceNumber}`)).toBeFocused();
  await expect(page.locator(":focus")).toHaveValue("1234,50");
});
