import { randomUUID } from "node:crypto";
import type { APIRequestContext, Page } from "@playwright/test";
import { saveExport, textOf } from "./support/export";
import { billOf, newUtr } from "./support/steps";
import { expect, test } from "./support/test";
import { type DemoBusiness, demoBusiness, of, PEOPLE, paymentsByUtr, rows, signIn } from "./support/world";

/** A financial year in which nobody else trades, so that its balances are this test's own. */
const YEAR = { from: "2012-04-01", to: "2013-03-31" };

const post = (request: APIRequestContext, { slug, apiKey }: DemoBusiness, path: string, data: object) =>
  request.post(`/api/v1/businesses/${slug}/${path}`, { headers: { authorization: `Bearer ${apiKey}` }, data });

async function raise(
  request: APIRequestContext,
  supplier: DemoBusiness,
  buyer: DemoBusiness,
  issueDate: string,
  rupees: number,
) {
  const objectId = `INV${randomUUID().replaceAll("-", "")}`;
  const supplierInvoiceNumber = `LG/${objectId.slice(-8).toUpperCase()}`;
  const counterparty = { b2bId: buyer.b2bId, name: buyer.name };
  const response = await post(request, supplier, "invoices", {
    objectId,
    side: "receivable",
    counterparty,
    supplierInvoiceNumber,
    issueDate,
    dueDate: issueDate,
    totalPaise: rupees * 100,
  });
  expect(response.status(), await response.text()).toBe(201);
  return { number: supplierInvoiceNumber, billId: await billOf({ objectId }) };
}

/** What each row of the ledger says, its particulars by their first line. */
const said = async (page: Page) =>
  (await page.getByRole("table", { name: "Ledger" }).getByRole("row").allInnerTexts())
    .slice(1)
    .map((row) => row.replace(/\s*\n\s*/g, " | ").replace(/\t\s*/g, " | "));

test("a party's ledger counts bills and confirmed payments with their TDS, and sets apart what waits", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, "anvaya-retail")];
  const first = await raise(request, kaveri, anvaya, "2012-05-01", 1_000);
  const second = await raise(request, kaveri, anvaya, "2012-06-10", 500);
  const utr = newUtr();
  const paymentId = `PMT${randomUUID().replaceAll("-", "")}`;
  const splits = [{ name: "TDS", valuePaise: 100_00, refNo: "194C" }];
  const paid = await post(request, anvaya, "payments", {
    objectId: paymentId,
    supplierB2BId: kaveri.b2bId,
    type: "OFFPLATFORM",
    mode: "NEFT",
    utr,
    // Still 9 June in UTC.
    paidAt: "2012-06-10T00:30:00+05:30",
    lines: [{ invoiceId: first.billId, netPaise: 900_00, adjustmentPaise: 100_00, splits }],
  });
  expect(paid.status(), await paid.text()).toBe(201);

  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${anvaya.slug}/parties/${encodeURIComponent(kaveri.b2bId)}`);
  await page.getByRole("link", { name: "See bills, payments and balances" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Ledger of Kaveri Metals/ })).toBeVisible();
  await page.getByLabel("Ledger from").fill(YEAR.from);
  await expect(page).toHaveURL(/from=2012-04-01/);
  await page.getByLabel("Ledger to").fill(YEAR.to);
  await expect(page).toHaveURL(/to=2013-03-31/);
  const balances = page.getByRole("region", { name: "Balances" });
  await expect(balances).toContainText("1 Apr 2012 to 31 Mar 2013");
  await expect(balances).toContainText(
    "₹1,000.00 in 1 payment is on the way or waits for confirmation, and not counted",
  );
  await expect(balances).toContainText("With it the balance is ₹500.00 Cr.");
  await expect
    .poll(() => said(page))
    .toEqual([
      "1 Apr 2012 | Opening balance | ₹0.00",
      `1 May 2012 | Bill ${first.number} | ₹1,000.00 | ₹1,000.00 Cr`,
      `10 Jun 2012 | Bill ${second.number} | ₹500.00 | ₹1,500.00 Cr`,
      "31 Mar 2013 | Closing balance | ₹1,500.00 Cr",
    ]);
  const waits = page.getByRole("region", { name: "On the way or waiting for confirmation" });
  await expect(waits.getByRole("row", { name: new RegExp(utr) })).toContainText("Paid ₹900.00 + TDS, 194C ₹100.00");

  await expect.poll(async () => (await paymentsByUtr(utr)).length, { timeout: 30_000 }).toBe(2);
  const answered = await post(request, kaveri, `payments/${paymentId}/answer`, { response: "ACCEPT", remarks: "Seen" });
  expect(answered.ok(), await answered.text()).toBe(true);
  await expect
    .poll(async () => (await paymentsByUtr(utr)).map(({ status }) => status), { timeout: 30_000 })
    .toEqual(["ACCEPTED", "ACCEPTED"]);

  await page.reload();
  await expect
    .poll(() => said(page))
    .toEqual([
      "1 Apr 2012 | Opening balance | ₹0.00",
      `1 May 2012 | Bill ${first.number} | ₹1,000.00 | ₹1,000.00 Cr`,
      `10 Jun 2012 | Bill ${second.number} | ₹500.00 | ₹1,500.00 Cr`,
      `10 Jun 2012 | Payment ${utr} | NEFT for ${first.number} | Paid ₹900.00 + TDS, 194C ₹100.00 | ₹1,000.00 | ₹500.00 Cr`,
      "31 Mar 2013 | Closing balance | ₹500.00 Cr",
    ]);
  await expect(waits).toHaveCount(0);
  const [open] = await rows<{ due: string }>(
    `SELECT sum(total - paid) AS due FROM invoice WHERE ${of(anvaya.slug)} AND side = 'PAYABLE'
        AND counterparty_b2b_id = $1 AND issue_date BETWEEN '2012-04-01' AND '2013-03-31'`,
    kaveri.b2bId,
  );
  expect(Number(open?.due)).toBe(500_00);

  const download = await saveExport(page);
  expect(download.suggestedFilename()).toBe("ledger-2012-04-01-to-2013-03-31.csv");
  const whose = `${kaveri.name},${kaveri.b2bId}`;
  expect((await textOf(download)).trim().split("\r\n").slice(1)).toEqual([
    `2012-04-01,${whose},Opening balance,,,,,,,,,,0.00,,,`,
    `2012-05-01,${whose},Bill,${first.number},,,,,,,,1000.00,1000.00,Cr,,${first.billId}`,
    `2012-06-10,${whose},Bill,${second.number},,,,,,,,500.00,1500.00,Cr,,${second.billId}`,
    `2012-06-10,${whose},Payment,${utr},NEFT for ${first.number},900.00,100.00,194C,0.00,,1000.00,,500.00,Cr,,${paymentId}`,
    `2013-03-31,${whose},Closing balance,,,,,,,,,,500.00,Cr,,`,
  ]);

  await page.getByRole("link", { name: `Payment ${utr}` }).click();
  await expect(page).toHaveURL(new RegExp(`/payments/${paymentId}$`));
  await page.goBack();
  await page.getByRole("link", { name: `Bill ${second.number}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(second.number);
  await page.goBack();

  await page.getByLabel("Period", { exact: true }).selectOption("Last financial year");
  await expect(page).toHaveURL(/from=20\d\d-04-01&to=20\d\d-03-31/);
  await expect(balances.getByText("1 Apr 2012")).toHaveCount(0);
  // The year after begins with what the one before ended with.
  await page.goto(
    `/b/${anvaya.slug}/parties/${encodeURIComponent(kaveri.b2bId)}/ledger?side=payable&from=2013-04-01&to=2014-03-31`,
  );
  await expect(balances).toContainText("Opening balance₹500.00 Cr");
  await expect(page.getByText("Nothing in this period")).toBeVisible();
});

test("a supplier's ledger of a buyer has invoices as debit", async ({ page, request }) => {
  const [kaveri, deccan] = [
    await demoBusiness(request, "kaveri-metals"),
    await demoBusiness(request, "deccan-packaging"),
  ];
  const { number } = await raise(request, kaveri, deccan, "2011-05-01", 250);
  await signIn(page, PEOPLE.latha);
  const days = "&from=2011-05-01&to=2011-05-31";
  await page.goto(`/b/${kaveri.slug}/parties/${encodeURIComponent(deccan.b2bId)}/ledger?side=receivable${days}`);
  await expect
    .poll(() => said(page))
    .toEqual([
      "1 May 2011 | Opening balance | ₹0.00",
      `1 May 2011 | Invoice ${number} | ₹250.00 | ₹250.00 Dr`,
      "31 May 2011 | Closing balance | ₹250.00 Dr",
    ]);
  await expect(page.getByRole("region", { name: "Balances" })).toContainText("They owe you");
});
