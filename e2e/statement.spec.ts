import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { newUtr } from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, paymentsByUtr, raiseInvoices, rows, signIn } from "./support/world";

const SUPPLIER = "kaveri-metals";

/** Invoices that the buyer's software pays, each in full with a UTR of its own, until all of it waits for the supplier. */
async function paid(request: APIRequestContext, ...rupees: number[]): Promise<string[]> {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, "anvaya-retail")];
  const utrs: string[] = [];
  for (const { objectId, totalPaise } of await raiseInvoices(request, kaveri, anvaya, ...rupees)) {
    const copy = () =>
      rows<{ id: string }>("SELECT id FROM invoice WHERE object_id = $1 AND side = 'PAYABLE'", objectId);
    await expect.poll(async () => (await copy()).length, { timeout: 15_000 }).toBe(1);
    const utr = newUtr();
    const response = await request.post(`/api/v1/businesses/${anvaya.slug}/payments`, {
      headers: { authorization: `Bearer ${anvaya.apiKey}` },
      data: {
        objectId: `PMT${randomUUID().replaceAll("-", "")}`,
        supplierB2BId: kaveri.b2bId,
        type: "OFFPLATFORM",
        mode: "NEFT",
        utr,
        paidAt: "2026-11-21T11:30:00+05:30",
        lines: [{ invoiceId: (await copy())[0]?.id, netPaise: totalPaise, adjustmentPaise: 0, splits: [] }],
      },
    });
    expect(response.status(), await response.text()).toBe(201);
    utrs.push(utr);
  }
  for (const utr of utrs) await expect.poll(() => statusOf(utr), { timeout: 30_000 }).toBe("AWAITING_CONFIRMATION");
  return utrs;
}

const statusOf = async (utr: string) => (await paymentsByUtr(utr)).find(({ side }) => side === "INCOMING")?.status;

test("a supplier accepts what a bank statement has, and looks at what it has differently", async ({
  page,
  request,
}) => {
  const [here, also, less, absent] = await paid(request, 1_000, 2_000, 3_000, 4_000);
  await signIn(page, PEOPLE.latha);
  await page.goto(`/b/${SUPPLIER}/to-confirm`);
  await page.getByRole("link", { name: "Look on a bank statement" }).click();
  await expect(page.getByRole("heading", { name: "Look on a bank statement" })).toBeVisible();
  const statement = [
    "Axis Bank,,,,",
    "Tran Date,CHQNO,PARTICULARS,DR,CR",
    `21-11-2026,,NEFT/${here}/ANVAYA RETAIL,,"1,000.00"`,
    `21-11-2026,,NEFT/${less}/ANVAYA RETAIL,,"2,999.00"`,
    `21-11-2026,,NEFT/${also}/ANVAYA RETAIL,,"2,000.00"`,
    "21-11-2026,,RENT,25000.00,",
  ].join("\n");
  await expect(async () => {
    await page.getByLabel("Choose a file").setInputFiles({
      name: "november.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(statement),
    });
    await expect(page.getByRole("heading", { name: "november.csv" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const found = page.getByRole("table", { name: /^Found 2/ });
  await expect(found.getByRole("row").filter({ hasText: "NEFT/" })).toHaveCount(2);

  await page.getByRole("radio", { name: /^To look at/ }).check();
  const doubtful = page.getByRole("row").filter({ hasText: less ?? "" });
  await expect(doubtful).toContainText("₹2,999.00 came in, and the buyer says ₹3,000.00.");
  await page.getByRole("radio", { name: /^Not on it/ }).check();
  await expect(page.getByRole("row").filter({ hasText: absent ?? "" })).toContainText("Not on it");

  await page.getByRole("radio", { name: /^Found/ }).check();
  await page.getByRole("checkbox", { name: "Accept ₹2,000.00 from Anvaya Retail" }).uncheck();
  await expect(page.getByText("1 payment chosen, ₹1,000.00")).toBeVisible();
  await page.getByRole("button", { name: "Accept 1 payment" }).click();
  const asking = page.getByRole("alertdialog");
  await asking.getByLabel("Remark").fill("");
  await asking.getByRole("button", { name: "Accept" }).click();
  await expect(asking.getByText("Write a remark; the buyer will read it.")).toBeVisible();
  await asking.getByLabel("Remark").fill("Received in our Axis account");
  await asking.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByRole("status").filter({ hasText: "1 payment accepted" })).toBeVisible();

  await expect.poll(() => statusOf(here ?? ""), { timeout: 30_000 }).toBe("ACCEPTED");
  const [answer] = await rows<{ remarks: string }>(
    "SELECT supplier_remarks AS remarks FROM payment WHERE utr = $1 AND side = 'INCOMING'",
    here,
  );
  expect(answer?.remarks).toBe("Received in our Axis account");
  for (const utr of [also, less, absent]) expect(await statusOf(utr ?? "")).toBe("AWAITING_CONFIRMATION");
});
