import { randomInt, randomUUID } from "node:crypto";
import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { demoBusiness, paymentsByUtr, type RaisedInvoice, raiseInvoices, rows } from "./world";

/** An NEFT UTR of the right shape that no other test uses. */
export function newUtr(): string {
  return `HDFCN${String(randomInt(1e11)).padStart(11, "0")}`;
}

export interface WaitingPayment {
  utr: string;
  objectId: string;
  invoice: RaisedInvoice;
}

/** A payment's status on the supplier's side. */
export const incomingStatus = async (utr: string) =>
  (await paymentsByUtr(utr)).find(({ side }) => side === "INCOMING")?.status;

/** The bill that an invoice is in its buyer's books, once it has arrived there. */
export async function billOf({ objectId }: Pick<RaisedInvoice, "objectId">): Promise<string> {
  const copies = () =>
    rows<{ id: string }>("SELECT id FROM invoice WHERE object_id = $1 AND side = 'PAYABLE'", objectId);
  await expect.poll(async () => (await copies()).length, { timeout: 15_000 }).toBe(1);
  const [copy] = await copies();
  return copy?.id ?? "";
}

/**
 * Anvaya Retail's software pays a bill of Kaveri Metals.
 * @param payment in rupees; a reference of its own when it names none
 * @returns the payment's id
 */
export async function payBill(
  request: APIRequestContext,
  invoiceId: string,
  { paid, adjusted = 0, utr = newUtr() }: { paid: number; adjusted?: number; utr?: string },
): Promise<string> {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, "anvaya-retail")];
  const objectId = `PMT${randomUUID().replaceAll("-", "")}`;
  const splits = adjusted ? [{ name: "CREDIT NOTE", valuePaise: adjusted * 100, refNo: "CN/17" }] : [];
  const response = await request.post(`/api/v1/businesses/${anvaya.slug}/payments`, {
    headers: { authorization: `Bearer ${anvaya.apiKey}` },
    data: {
      objectId,
      supplierB2BId: kaveri.b2bId,
      type: "OFFPLATFORM",
      mode: "NEFT",
      utr,
      paidAt: "2026-11-21T11:30:00+05:30",
      lines: [{ invoiceId, netPaise: paid * 100, adjustmentPaise: adjusted * 100, splits }],
    },
  });
  expect(response.status(), await response.text()).toBe(201);
  return objectId;
}

/**
 * Invoices of Kaveri Metals that Anvaya Retail's software pays, each by itself, until all of it waits for the supplier's answer.
 * @param payments in rupees; a reference of its own for each that names none
 */
export async function payFromSoftware(
  request: APIRequestContext,
  ...payments: { paid: number; adjusted?: number; utr?: string }[]
): Promise<WaitingPayment[]> {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, "anvaya-retail")];
  const totals = payments.map(({ paid, adjusted = 0 }) => paid + adjusted);
  const made: WaitingPayment[] = [];
  for (const [index, invoice] of (await raiseInvoices(request, kaveri, anvaya, ...totals)).entries()) {
    const { utr = newUtr(), ...payment } = payments[index] ?? { paid: 0 };
    made.push({ utr, objectId: await payBill(request, await billOf(invoice), { ...payment, utr }), invoice });
  }
  for (const { utr } of made)
    await expect.poll(() => incomingStatus(utr), { timeout: 30_000 }).toBe("AWAITING_CONFIRMATION");
  return made;
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

/** Reviews and sends, to the supplier or for approval; ends on the payment's page. */
export async function reviewAndSend(page: Page, button = "Tell the supplier"): Promise<void> {
  await page.getByRole("button", { name: "Review payment" }).click();
  await expect(page.getByRole("heading", { name: "Is this right?" })).toBeVisible();
  await page.getByRole("button", { name: button }).click();
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

/** Opens a settings page whose scripts run: before that its buttons do nothing. */
export async function openSettings(page: Page, name: "people" | "api-keys", button: string): Promise<void> {
  await page.goto(`/b/anvaya-retail/settings/${name}`);
  await expect(async () => {
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

/** Keeps the page's requests to these addresses on their way, as over a slow line. @returns what lets them go on */
export async function holdRequests(page: Page, addresses: string | RegExp): Promise<() => void> {
  let goOn = () => {};
  const asked = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route(addresses, async (route) => {
    await asked;
    await route.continue();
  });
  return goOn;
}

/** Keeps the portal's other pages on their way. @returns what lets them come */
export const holdPages = (page: Page): Promise<() => void> => holdRequests(page, /[?&]_rsc=/);
