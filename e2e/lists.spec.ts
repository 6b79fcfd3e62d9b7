import { readFile } from "node:fs/promises";
import { formatRupees, paise } from "@/lib/money";
import { readWorkbook } from "@/lib/tables/xlsx/workbook";
import { saveExport, textOf } from "./support/export";
import { expect, test } from "./support/test";
import { demoBusiness, of, PEOPLE, paymentsByUtr, raiseInvoices, rows, signIn } from "./support/world";

const BUYER = "anvaya-retail";

test("one step back from a search leads to the list before it, however slowly it was typed", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/bills?due=all`);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await page.waitForLoadState("networkidle");
  const search = page.getByRole("searchbox");
  for (const words of ["K", "KM", "KM/26"]) {
    await search.fill(words);
    await expect(page).toHaveURL(new RegExp(`q=${words}$`));
  }
  await page.goBack();
  await expect(page).toHaveURL(/\/bills\?due=all$/);
  await expect(search).toHaveValue("");
});

test("what a search has found is said by a place that was there before, nothing too", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  for (const [path, words, found, none] of [
    [`/b/${BUYER}/bills`, "KM", /^Bills: \d+ shown\. \d+ bills?, ₹/, "Bills: none found"],
    [`/b/${BUYER}/parties`, "Kaveri", /^Parties: \d+ shown\./, "Parties: none found"],
    ["/b/kaveri-metals/to-confirm", "HDFC", /^\d+ payments? to confirm$/, "No payments to confirm found"],
  ] as const) {
    if (path.includes("kaveri")) {
      await page.context().clearCookies();
      await signIn(page, PEOPLE.latha);
    }
    await page.goto(path);
    // A reader hears what changes in a place that it knows, and not a place that comes with its words.
    const place = page.locator("main p[role=status].sr-only").first();
    await expect(place).not.toHaveText("");
    await place.evaluate((element) => {
      element.dataset.known = "";
    });
    const said = page.locator("[data-known]");
    await expect(async () => {
      await page.getByRole("searchbox").fill("nothing like this");
      await expect(said).toHaveText(none, { timeout: 2_000 });
    }).toPass();
    await page.getByRole("searchbox").fill(words);
    await expect(said).toHaveText(found);
  }
});

test("a page of a list that has emptied leads to the first one", async ({ page, request }) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, BUYER)];
  const [large] = await raiseInvoices(request, kaveri, anvaya, 90_000_000);
  const number = large?.supplierInvoiceNumber ?? "";
  const first = async (limit: number) => {
    const list = `/api/v1/businesses/${kaveri.slug}/invoices?side=receivable&sort=-total&limit=${limit}`;
    return (await request.get(list, { headers: { authorization: `Bearer ${kaveri.apiKey}` } })).json();
  };
  // Other tests have invoices that are larger still.
  const { items } = await first(50);
  const place = items.findIndex((one: { supplierInvoiceNumber: string }) => one.supplierInvoiceNumber === number);
  expect(place).toBeGreaterThanOrEqual(0);
  const after = await first(place + 1);
  await signIn(page, PEOPLE.latha);
  // Behind that invoice nothing is called like it.
  await page.goto(
    `/b/${kaveri.slug}/invoices?due=all&sort=-total&q=${encodeURIComponent(number)}&cursor=${after.nextCursor}`,
  );
  await expect(page.getByRole("link", { name: number })).toBeVisible();
  await expect(page).not.toHaveURL(/cursor=/);
});

test("days the wrong way around are said to be, and stay as wide as they were on a phone", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/b/${BUYER}/payments?from=2026-11-01&to=2026-11-20`);
  const from = page.getByLabel("Paid from");
  const width = async () => (await from.boundingBox())?.width;
  const before = await width();
  await page.goto(`/b/${BUYER}/payments?from=2026-11-20&to=2026-11-01`);
  await expect(page.getByText("The first day is after the last.")).toBeVisible();
  expect(await width()).toBe(before);
});

test("payments are saved as a file with a row for each bill, its TDS beside it", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/payments?q=HDFCN52026111804`);
  const text = await textOf(await saveExport(page, { rows: "A row for each bill" }));
  const [header, row, ...others] = text.trimEnd().split("\r\n");
  expect(header).toContain("Net (₹),TDS (₹),TDS section,Other adjustments (₹)");
  const [payment] = await paymentsByUtr("HDFCN52026111804");
  if (!payment) throw new Error("the demo has this payment");
  const rupees = (paise: number) => (paise / 100).toFixed(2);
  expect(row).toContain(`,KM/26-27/145,`);
  expect(row).toContain(`,${rupees(payment.net)},${rupees(payment.total - payment.net)},`);
  expect(row?.endsWith(payment.objectId)).toBe(true);
  expect(others).toEqual([]);

  // The same as a workbook, in which amounts and days are numbers.
  const workbook = await saveExport(page, { rows: "A row for each bill", format: "Excel (.xlsx)" });
  expect(workbook.suggestedFilename()).toBe("invoices-paid.xlsx");
  const read = readWorkbook(await readFile(await workbook.path()));
  const cells = "sheets" in read ? read.sheets[0]?.rows.map((line) => line.cells) : [];
  expect(cells?.[0]).toEqual(header?.replace("\uFEFF", "").split(","));
  const at = (heading: string) => cells?.[1]?.[cells[0]?.indexOf(heading) ?? -1];
  expect([at("UTR"), at("Invoice"), Number(at("TDS (₹)"))]).toEqual([
    "HDFCN52026111804",
    "KM/26-27/145",
    (payment.total - payment.net) / 100,
  ]);
});

test("whoever looks back has the bills of a month alone, in the list and in its file", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/bills`);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await page.waitForLoadState("networkidle");
  const from = page.getByLabel("Invoice date from");
  await expect(from).toBeHidden();
  await page.getByLabel("Due", { exact: true }).selectOption("All");
  await from.fill("2026-09-01");
  await expect(page).toHaveURL(/issuedFrom=2026-09-01/);
  await page.getByLabel("Invoice date to").fill("2026-09-30");
  await expect(page).toHaveURL(/issuedFrom=2026-09-01&issuedTo=2026-09-30/);
  const count = await ofSeptember();
  await expect(page.getByText(new RegExp(`^${count} bills?, ₹.* still due$`))).toBeVisible();
  const [, ...lines] = (await textOf(await saveExport(page))).trim().split("\r\n");
  expect(lines).toHaveLength(count);
  // A colleague who gets the address sees the same.
  await page.goto(page.url());
  await expect(from).toHaveValue("2026-09-01");
  await expect(page.getByText(new RegExp(`^${count} bills?, ₹.* still due$`))).toBeVisible();
});

/** How many bills of the buyer's are of September. */
async function ofSeptember(): Promise<number> {
  const [found] = await rows<{ count: number }>(
    `SELECT count(*)::int AS count FROM invoice
      WHERE ${of(BUYER)} AND side = 'PAYABLE' AND issue_date BETWEEN '2026-09-01' AND '2026-09-30'`,
  );
  expect(found?.count).toBeGreaterThan(0);
  return found?.count ?? 0;
}

test("a list of one party alone says of which, until its filters are cleared", async ({ page, request }) => {
  const kaveri = await demoBusiness(request, "kaveri-metals");
  await signIn(page, PEOPLE.ravi);
  for (const path of ["payments", "bills"]) {
    await page.goto(`/b/${BUYER}/${path}?counterparty=${encodeURIComponent(kaveri.b2bId)}`);
    const only = page.getByText("Only Kaveri Metals", { exact: true });
    await expect(only).toBeVisible();
    await page.getByRole("searchbox").fill("nothing like this");
    await expect(page.getByText(`Only ${kaveri.b2bId}`, { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Clear", exact: true }).click();
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    await expect(page.getByText(/^Only /)).toBeHidden();
  }
});

test("payments are added up without what was rejected or failed, and listed and exported without it", async ({
  page,
}) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/payments`);
  const pages = page.getByRole("navigation", { name: "Pages of Payments" });
  const rupees = (sum: string) => formatRupees(paise(Number(sum)));
  // Other tests' payments may still be on their way.
  await expect(async () => {
    await page.reload();
    const { all, standing, net, total } = await paymentsThatStand();
    expect(Number(standing)).toBeLessThan(Number(all));
    await expect(pages).toContainText(
      `${all} payments, ${rupees(net)} paid for ${rupees(total)} of bills (failed and rejected ones left out)`,
      { timeout: 2_000 },
    );
  }).toPass();
  await page.getByLabel("Status", { exact: true }).selectOption("Without failed or rejected");
  await expect(page).toHaveURL(/status=standing/);
  // A colleague who gets the address sees the same.
  await expect(async () => {
    await page.reload();
    const { standing, net, total } = await paymentsThatStand();
    const words = `${standing} payments, ${rupees(net)} paid for ${rupees(total)} of bills`;
    await expect(pages).toContainText(words, { timeout: 2_000 });
    await expect(page.getByLabel("Status", { exact: true })).toHaveValue("standing");
    await expect(page.getByRole("row").filter({ hasText: /Rejected|Failed/ })).toHaveCount(0);
    const saved = await saveExport(page, { rows: "A row for each payment" });
    const [header, ...lines] = (await textOf(saved)).trim().split("\r\n");
    expect(header).toContain("Status");
    expect(lines).toHaveLength(Number(standing));
    expect(lines.filter((line) => /,(Rejected|Failed),/.test(line))).toEqual([]);
  }).toPass();
});

/** The buyer's payments as the table has them: how many, and of those that stand how many and what they come to, in paise. */
async function paymentsThatStand() {
  const [found] = await rows<{ all: string; standing: string; net: string; total: string }>(
    `SELECT count(*) AS all, count(*) FILTER (WHERE stands) AS standing, sum(net) FILTER (WHERE stands) AS net,
            sum(total) FILTER (WHERE stands) AS total
       FROM (SELECT *, status NOT IN ('REJECTED', 'FAILED') AS stands FROM payment
              WHERE ${of(BUYER)} AND side = 'OUTGOING') payment`,
  );
  if (!found) throw new Error("a sum has a row");
  return found;
}

test("an address that makes no sense leads to the list as it opens", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  for (const address of ["bills?cursor=abc", "payments?cursor=abc", "payments?from=abc&to=2026-02-30"]) {
    await page.goto(`/b/${BUYER}/${address}`);
    await expect(page).not.toHaveURL(/cursor=/);
    await expect(page.getByRole("row").nth(1)).toBeVisible();
    await expect(page.getByText("can't be shown just now")).toBeHidden();
  }
});

test("on a tablet a search leaves the list where it was, and a bill's supplier is read whole, where nothing hovers", async ({
  page,
}) => {
  await page.setViewportSize({ width: 768, height: 1024 });
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills");
  const topOfList = async () => (await page.getByRole("columnheader", { name: "Status" }).boundingBox())?.y;
  const top = await topOfList();
  await expect(async () => {
    await page.getByRole("searchbox").fill("Orchid");
    await expect(page.getByRole("button", { name: "Clear", exact: true })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  expect(await topOfList()).toBe(top);
  const suppliers = page.getByRole("cell", { name: "Orchid Chemicals Limited", exact: true });
  await expect(suppliers.first()).toBeVisible();
  const isCut = (cells: Element[]) =>
    cells
      .flatMap((cell) => [cell, ...cell.querySelectorAll("*")])
      .some((box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1);
  expect(await suppliers.evaluateAll(isCut)).toBe(false);
});
