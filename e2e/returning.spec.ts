import type { Page } from "@playwright/test";
import { answer, chooseBills, fillDetails, newUtr, reviewAndSend } from "./support/steps";
import { expect, test } from "./support/test";
import { booksOf, demoBusiness, PEOPLE, type RaisedInvoice, raiseInvoices, rows, signIn } from "./support/world";

const BUYER = "anvaya-retail";
const SUPPLIER = "kaveri-metals";

/** An invoice as one side has it: `PAYABLE` the buyer, `RECEIVABLE` the supplier. */
async function rowOf(invoice: RaisedInvoice, side: "PAYABLE" | "RECEIVABLE") {
  const [row] = await rows<{ id: string; status: string; remarks: string | null; total: string }>(
    "SELECT id, status, remarks, total FROM invoice WHERE object_id = $1 AND side = $2::invoice_side",
    invoice.objectId,
    side,
  );
  return row;
}

/** Waits until both sides have an invoice so; the share between them takes a moment. */
async function expectBoth(invoice: RaisedInvoice, expected: { status: string; remarks: string | null }) {
  for (const side of ["PAYABLE", "RECEIVABLE"] as const)
    await expect.poll(() => rowOf(invoice, side), { timeout: 15_000 }).toMatchObject(expected);
}

async function openBill(page: Page, invoice: RaisedInvoice): Promise<void> {
  await expect.poll(() => rowOf(invoice, "PAYABLE"), { timeout: 15_000 }).toBeDefined();
  await page.goto(`/b/${BUYER}/bills/${(await rowOf(invoice, "PAYABLE"))?.id}`);
  await expect(page.getByRole("heading", { name: invoice.supplierInvoiceNumber, level: 1 })).toBeVisible();
}

/** Gives the answer in its window, which opens once the page's scripts run. */
async function give(page: Page, response: "Return" | "Reject", remarks: string): Promise<void> {
  const dialog = page.getByRole("alertdialog");
  await expect(async () => {
    await page.getByRole("button", { name: `${response}…` }).click();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await dialog.getByRole("textbox").fill(remarks);
  await dialog.getByRole("button", { name: `${response} bill` }).click();
  await expect(dialog).toBeHidden();
}

test("a buyer returns a bill, its supplier corrects it, and the buyer pays the corrected one", async ({
  page,
  browser,
  request,
}) => {
  const [buyer, supplier] = [await demoBusiness(request, BUYER), await demoBusiness(request, SUPPLIER)];
  const [invoice] = await raiseInvoices(request, supplier, buyer, 1_180);
  if (!invoice) throw new Error("nothing was raised");
  const remarks = "The rate is 12 %, as in our order 4711";

  await signIn(page, PEOPLE.ravi);
  await openBill(page, invoice);
  await give(page, "Return", remarks);
  await expect(page.getByText("Returned to Kaveri Metals")).toBeVisible();
  await expect(page.getByRole("link", { name: "Pay", exact: true })).toHaveCount(0);
  await expectBoth(invoice, { status: "RETURNED", remarks });

  // The supplier finds it from home, reads why, and corrects it.
  const theirs = await (await browser.newContext()).newPage();
  await signIn(theirs, PEOPLE.latha);
  await theirs.goto(`/b/${SUPPLIER}`);
  await theirs
    .getByRole("region", { name: "Get paid" })
    .getByRole("link", { name: /Came back to you/ })
    .click();
  const row = theirs.getByRole("row", { name: new RegExp(invoice.supplierInvoiceNumber) });
  await expect(row).toContainText("Returned");
  await expect(row).toContainText(remarks);
  await row.getByRole("link", { name: invoice.supplierInvoiceNumber }).click();
  await expect(theirs.getByText("Anvaya Retail returned this invoice")).toBeVisible();
  await expect(theirs.getByText(`Anvaya Retail returned it: “${remarks}”`)).toBeVisible();
  await theirs.getByRole("link", { name: "Correct" }).click();
  await expect(theirs.getByRole("button", { name: "Save and send again" })).toBeVisible();
  await expect(theirs.getByText(`“${remarks}”`, { exact: true })).toBeVisible();
  const amount = theirs.getByRole("textbox", { name: "Amount, with GST" });
  await expect(async () => {
    await amount.fill("1120");
    await theirs.getByRole("button", { name: "Save and send again" }).click();
    await theirs.waitForURL(new RegExp(`/invoices/${invoice.id}$`), { timeout: 3_000 });
  }).toPass();
  await expect(theirs.getByText("Anvaya Retail returned this invoice")).toHaveCount(0);
  await expectBoth(invoice, { status: "CREATED", remarks: null });
  expect((await rowOf(invoice, "PAYABLE"))?.total).toBe("112000");

  // The buyer sees what was changed, and pays.
  await openBill(page, invoice);
  await expect(page.getByText("Kaveri Metals changed: amount from ₹1,180.00 to ₹1,120.00")).toBeVisible();
  const utr = newUtr();
  await chooseBills(page, BUYER, [invoice]);
  await fillDetails(page, utr);
  await reviewAndSend(page);
  await answer(theirs, SUPPLIER, utr, "Accept", "Received");
  await expect
    .poll(() => booksOf(invoice.objectId), { timeout: 30_000 })
    .toEqual({
      PAYABLE: { status: "PAID", paid: 112_000, pending: 0 },
      RECEIVABLE: { status: "PAID", paid: 112_000, pending: 0 },
    });
  await theirs.context().close();
});

test("what was begun to be said of a bill is there again after a reload, and each answer has its own", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const [invoice] = await raiseInvoices(request, kaveri, anvaya, 640);
  if (!invoice) throw new Error("no invoice was raised");
  await signIn(page, PEOPLE.ravi);
  await openBill(page, invoice);
  const remarks = page.getByRole("alertdialog").getByRole("textbox");
  const ask = (response: "Return" | "Reject") =>
    expect(async () => {
      await page.getByRole("button", { name: `${response}…` }).click();
      await expect(remarks).toBeVisible({ timeout: 1_000 });
    }).toPass();
  await ask("Return");
  await remarks.fill("The rate is ₹18 a carton, as in our order 4411");
  await page.reload();
  await ask("Reject");
  await expect(remarks).toHaveValue("");
  await page.keyboard.press("Escape");
  await ask("Return");
  await expect(remarks).toHaveValue("The rate is ₹18 a carton, as in our order 4411");
  await page.getByRole("button", { name: "Return bill" }).click();
  await expectBoth(invoice, { status: "RETURNED", remarks: "The rate is ₹18 a carton, as in our order 4411" });
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes(":remark:")))).toEqual([]);
});

test("a buyer rejects a bill by mistake, puts it back, and its supplier may change it again", async ({
  page,
  browser,
  request,
}) => {
  const [buyer, supplier] = [await demoBusiness(request, BUYER), await demoBusiness(request, SUPPLIER)];
  const [invoice] = await raiseInvoices(request, supplier, buyer, 500);
  if (!invoice) throw new Error("nothing was raised");

  await signIn(page, PEOPLE.ravi);
  await openBill(page, invoice);
  await page.getByRole("button", { name: "Reject…" }).waitFor();
  await expect(async () => {
    await page.getByRole("button", { name: "Reject…" }).click();
    await expect(page.getByRole("alertdialog")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  // Without a reason nothing is sent, and Enter only begins a line.
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Reject bill" }).click();
  await expect(dialog.getByRole("textbox")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByRole("textbox").fill("Not ours");
  await dialog.getByRole("textbox").press("Enter");
  await expect(dialog).toBeVisible();
  expect((await rowOf(invoice, "PAYABLE"))?.status).toBe("CREATED");
  // What was typed is still there when the window is opened again.
  await dialog.getByRole("button", { name: "Back" }).click();
  await page.getByRole("button", { name: "Reject…" }).click();
  await expect(dialog.getByRole("textbox")).toHaveValue(/^Not ours/);
  await dialog.getByRole("button", { name: "Reject bill" }).click();
  await expectBoth(invoice, { status: "REJECTED", remarks: "Not ours" });

  const theirs = await (await browser.newContext()).newPage();
  await signIn(theirs, PEOPLE.latha);
  await theirs.goto(`/b/${SUPPLIER}/invoices/${invoice.id}`);
  await expect(theirs.getByText("Anvaya Retail rejected this invoice")).toBeVisible();
  await expect(theirs.getByRole("link", { name: "Edit" })).toHaveCount(0);
  await expect(theirs.getByRole("button", { name: "Cancel invoice" })).toBeVisible();

  await page.getByRole("button", { name: "Put it back" }).click();
  await expect(page.getByRole("link", { name: "Pay", exact: true })).toBeVisible();
  await expectBoth(invoice, { status: "CREATED", remarks: null });
  await theirs.reload();
  await expect(theirs.getByRole("link", { name: "Edit" })).toBeVisible();
  await expect(theirs.getByText("Anvaya Retail put it back: it is no longer rejected")).toBeVisible();
  await theirs.context().close();
});

test("of two clerks who answer a bill at once the second is told what stands", async ({ page, browser, request }) => {
  const [buyer, supplier] = [await demoBusiness(request, BUYER), await demoBusiness(request, SUPPLIER)];
  const [invoice] = await raiseInvoices(request, supplier, buyer, 700);
  if (!invoice) throw new Error("nothing was raised");
  await signIn(page, PEOPLE.ravi);
  await openBill(page, invoice);
  const dialog = page.getByRole("alertdialog");
  await expect(async () => {
    await page.getByRole("button", { name: "Reject…" }).click();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();

  const second = await (await browser.newContext()).newPage();
  await signIn(second, PEOPLE.asha);
  await openBill(second, invoice);
  await give(second, "Return", "Wrong rate");
  await second.context().close();

  await dialog.getByRole("textbox").fill("Not ours");
  await dialog.getByRole("button", { name: "Reject bill" }).click();
  await expect(
    dialog.getByText("This invoice is returned already, with the remarks “Wrong rate”. To answer otherwise"),
  ).toBeVisible();
  expect(await rowOf(invoice, "PAYABLE")).toMatchObject({ status: "RETURNED", remarks: "Wrong rate" });
  await dialog.getByRole("button", { name: "Back" }).click();
  await expect(page.getByText("Returned to Kaveri Metals")).toBeVisible();
});
