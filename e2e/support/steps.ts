import { randomInt } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import type { RaisedInvoice } from "./world";

/** An NEFT UTR of the right shape that no other test uses. */
export function newUtr(): string {
  return `HDFCN${String(randomInt(1e11)).padStart(11, "0")}`;
}

/** Opens Bills and chooses these, once they have arrived there. */
export async function chooseBills(page: Page, business: string, bills: readonly RaisedInvoice[]): Promise<void> {
  // The newest first: a page has 25, and other tests leave theirs open.
  await page.goto(`/b/${business}/bills?q=E2E&sort=-dueDate`);
  for (const bill of bills) {
    const box = page.getByRole("checkbox", { name: `Pay ${bill.supplierInvoiceNumber} of` });
    await expect(async () => {
      if (!(await box.isVisible())) await page.reload();
      await expect(box).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await box.check();
  }
  await page.getByRole("link", { name: bills.length === 1 ? "Pay 1 bill" : `Pay ${bills.length} bills` }).click();
  await page.waitForURL(/\/pay\?/);
  await expect(page.getByRole("button", { name: "Review payment" })).toBeVisible();
}

/** Fills in how it was paid. */
export async function fillDetails(page: Page, utr: string, mode = "NEFT"): Promise<void> {
  await page.getByLabel("Mode").selectOption({ label: mode });
  await page.getByLabel(/^UTR or reference|^Cheque number|^Receipt or reference/).fill(utr);
}

/** Pays a part of a bill. */
export async function payInPart(page: Page, bill: RaisedInvoice, rupees: string): Promise<void> {
  const group = page.getByRole("group", { name: `Bill ${bill.supplierInvoiceNumber}` });
  await group.getByRole("radio", { name: "In part" }).check();
  await group.getByLabel(`Amount paid for ${bill.supplierInvoiceNumber}`).fill(rupees);
}

/** Deducts TDS from a bill. */
export async function deductTds(page: Page, bill: RaisedInvoice, rupees: string, section: string): Promise<void> {
  const group = page.getByRole("group", { name: `Bill ${bill.supplierInvoiceNumber}` });
  await group.getByRole("button", { name: `Deduct TDS from ${bill.supplierInvoiceNumber}` }).click();
  await group.getByLabel("TDS amount").fill(rupees);
  await group.getByLabel("TDS reference").fill(section);
}

/** Reviews and sends; ends on the payment's page. */
export async function reviewAndSend(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Review payment" }).click();
  await expect(page.getByRole("heading", { name: "Is this right?" })).toBeVisible();
  await page.getByRole("button", { name: "Tell the supplier" }).click();
  await page.waitForURL(/\/payments\/PMT/);
}

/** The supplier finds the payment in the queue by its UTR, and answers it. */
export async function answer(
  page: Page,
  business: string,
  utr: string,
  response: "Accept" | "Reject",
  remark: string,
): Promise<void> {
  const row = page.getByRole("button", { name: new RegExp(`UTR ${utr}`) });
  await expect(async () => {
    await page.goto(`/b/${business}/to-confirm?q=${utr}`);
    await expect(row).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 40_000 });
  await row.click();
  await page
    .getByRole("button", { name: `${response}…` })
    .first()
    .click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("textbox", { name: "Remark" }).fill(remark);
  await dialog.getByRole("button", { name: `${response} payment` }).click();
  await expect(dialog).toBeHidden();
}
