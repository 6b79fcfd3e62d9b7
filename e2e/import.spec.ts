import type { Page } from "@playwright/test";
import { holdRequests } from "./support/steps";
import { expect, test } from "./support/test";
import { PEOPLE, rows, signIn } from "./support/world";

const AT = "/b/anvaya-retail/bills/import";
const HEADINGS = "Bill no,Supplier,Bill date,Due date,Amount,Remarks";

async function openFile(page: Page, lines: readonly string[], name = "register.csv"): Promise<void> {
  const buffer = Buffer.from(["Purchase register", HEADINGS, ...lines].join("\r\n"));
  const heading = page.getByRole("heading", { name });
  // Choosing does nothing before the page's scripts run.
  await expect(async () => {
    await page.getByLabel("Choose a file").setInputFiles({ name, mimeType: "text/csv", buffer });
    await expect(heading).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

const billsLike = (mark: string) =>
  rows<{ number: string; party: string; total: string; due: string; business: string }>(
    `SELECT supplier_invoice_number AS number, counterparty_b2b_id AS party, total::text, due_date::text AS due, slug AS business
       FROM invoice JOIN business ON business.id = invoice.business_id
      WHERE supplier_invoice_number LIKE $1 ORDER BY slug, number`,
    `%${mark}%`,
  );

test("a register is looked through, mended on the page, and added; the same file again adds nothing", async ({
  page,
}) => {
  const mark = crypto.randomUUID().slice(0, 6).toUpperCase();
  const b2bId = `NEW${mark}@BCB`;
  const lines = [
    `IM/${mark}/1,Kaveri Metals,01-11-2026,,"1,18,000.50",`,
    `IM/${mark}/2,Sharada Stores ${mark},02-11-2026,2 Dec 2026,500,`,
    `IM/${mark}/3,Kaveri Metals,31-11-2026,,12k,`,
    `im / ${mark} / 1,KAVERI METALS,05-11-2026,,7,`,
  ];
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills");
  await page.getByRole("link", { name: "Import" }).click();
  await page.waitForURL(AT);
  await openFile(page, lines);
  await expect(page.getByText("4 rows. Not used: Remarks.")).toBeVisible();

  await page.getByLabel("Days after the invoice date").fill("45");
  await page.getByRole("button", { name: "Set due dates" }).click();
  await page.getByLabel(`B2B ID of Sharada Stores ${mark}`).fill(b2bId);
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(page.getByRole("radio", { name: "To add 2" })).toBeVisible();
  // The question is gone, and its button with it.
  await expect(page.locator("#main")).toBeFocused();
  await expect(page.getByRole("row", { name: `IM/${mark}/1` })).toContainText("16 Dec 2026");
  await expect(page.getByText(`${b2bId} was not among your parties before.`)).toBeVisible();
  await page.getByRole("radio", { name: "Left out 2" }).check();
  await expect(page.getByText("Invoice date: “31-11-2026” is not a date.")).toBeVisible();
  await expect(page.getByText("Total (₹): “12k” is not an amount.")).toBeVisible();
  await expect(page.getByText("The same bill stands in row 3.")).toBeVisible();
  expect(await billsLike(mark)).toEqual([]);

  await page.getByRole("button", { name: "Add 2 bills" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 bills added, ₹1,18,500.50" })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the rows left out" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("bills-left-out.csv");
  const own = [
    { number: `IM/${mark}/1`, total: "11800050", due: "2026-12-16", business: "anvaya-retail" },
    { number: `IM/${mark}/2`, party: b2bId, total: "50000", due: "2026-12-02", business: "anvaya-retail" },
  ];
  // The supplier who is on Chukta sees theirs too, as soon as the worker has shared it.
  const theirs = { number: `IM/${mark}/1`, total: "11800050", due: "2026-12-16", business: "kaveri-metals" };
  await expect.poll(() => billsLike(mark)).toMatchObject([...own, theirs]);

  await page.goto(AT);
  await openFile(page, lines.slice(0, 1));
  await page.getByRole("button", { name: "Set due dates" }).click();
  await expect(page.getByRole("radio", { name: "In your books already 1" })).toBeVisible();
  await expect(page.getByText(`IM/${mark}/1 of Kaveri Metals is there already: ₹1,18,000.50`)).toBeVisible();
  await expect(page.getByText("There is nothing to add.")).toBeVisible();
  await page.getByRole("link", { name: `IM/${mark}/1` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`IM/${mark}/1`);
});

test("a week later the same register tells what differs, and what is chosen takes its values", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 6).toUpperCase();
  const bill = (n: number, due: string, total: string) => `IM/${mark}/${n},Kaveri Metals,01-11-2026,${due},"${total}",`;
  await signIn(page, PEOPLE.ravi);
  await page.goto(AT);
  await openFile(
    page,
    [1, 2, 3, 4].map((n) => bill(n, "01-12-2026", "1,000")),
  );
  await page.getByRole("button", { name: "Add 4 bills" }).click();
  await expect(page.getByRole("status").filter({ hasText: "4 bills added" })).toBeVisible();
  await rows(
    `UPDATE invoice SET paid = 40000, status = 'PART_PAID' WHERE supplier_invoice_number = $1`,
    `IM/${mark}/4`,
  );

  await page.goto(AT);
  await openFile(page, [
    bill(1, "01-12-2026", "1,000"),
    ...[2, 3, 4].map((n) => bill(n, "15-12-2026", "1,200.50")),
    bill(5, "01-12-2026", "5"),
  ]);
  await expect(page.getByRole("radio", { name: "To add 1" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "In your books already 1" })).toBeVisible();
  await page.getByRole("radio", { name: "Different in your books 3" }).check();
  const take = (n: number) =>
    page.getByRole("checkbox", { name: `Take the file's values for IM/${mark}/${n} of Kaveri` });
  const row = (n: number) => page.getByRole("row", { name: `IM/${mark}/${n}` });
  for (const words of [
    "1 Dec 2026 in your books",
    "15 Dec 2026 in the file",
    "₹1,000.00 in your books",
    "₹1,200.50 in the file",
  ])
    await expect(row(2)).toContainText(words);
  await expect(row(4)).toContainText("₹400.00 is paid already, so it can't be changed");
  await expect(take(4)).toBeDisabled();
  for (const n of [2, 3]) await expect(take(n)).not.toBeChecked();
  await expect(page.getByText("3 that differ stay as they are.")).toBeVisible();
  await page.getByRole("checkbox", { name: "Take the file's values for all 2 that can be changed" }).check();

  // Somebody is faster with one of them.
  await rows(
    `UPDATE invoice SET total = 70000, version = version + 1 WHERE supplier_invoice_number = $1`,
    `IM/${mark}/3`,
  );
  await page.getByRole("button", { name: "Add 1 bill and change 2 bills" }).click();
  await expect(page.getByRole("status").filter({ hasText: "1 bill added, ₹5.00; 1 bill changed" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "1 bill could not be changed" })).toBeVisible();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(row(3)).toContainText("Someone else changed this invoice meanwhile.");
  await expect(row(3)).toContainText("₹700.00 in your books");
  await expect(take(3)).not.toBeChecked();
  const totals = async (business: string) =>
    (await billsLike(mark)).filter((each) => each.business === business).map(({ total, due }) => `${total} ${due}`);
  expect(await totals("anvaya-retail")).toEqual([
    "100000 2026-12-01",
    "120050 2026-12-15",
    "70000 2026-12-01",
    "100000 2026-12-01",
    "500 2026-12-01",
  ]);
  // The supplier's books follow, as after any change.
  await expect.poll(async () => (await totals("kaveri-metals"))[1]).toBe("120050 2026-12-15");
});

test("what was cancelled is told when the register comes again, and comes back only by choice", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 6).toUpperCase();
  const bill = (n: number) => `IM/${mark}/${n},Kaveri Metals,01-11-2026,01-12-2026,"1,000",`;
  await signIn(page, PEOPLE.ravi);
  await page.goto(AT);
  await openFile(page, [bill(1), bill(2)]);
  await page.getByRole("button", { name: "Add 2 bills" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 bills added" })).toBeVisible();
  for (const n of [1, 2]) {
    await page.goto(`/b/anvaya-retail/bills?q=${encodeURIComponent(`IM/${mark}/${n}`)}`);
    await page.getByRole("link", { name: `IM/${mark}/${n}` }).click();
    await page.getByRole("button", { name: "Cancel bill" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Cancel bill" }).click();
    await expect(page.getByRole("button", { name: "Cancel bill" })).toBeHidden();
  }

  await page.goto(AT);
  await openFile(page, [bill(1), bill(2), bill(3)]);
  await expect(page.getByRole("radio", { name: "To add 1" })).toBeVisible();
  await page.getByRole("radio", { name: "Cancelled before 2" }).check();
  const row = (n: number) => page.getByRole("row", { name: `IM/${mark}/${n}` });
  const again = (n: number) => page.getByRole("checkbox", { name: `Add the bill again for IM/${mark}/${n} of Kaveri` });
  await expect(row(1)).toContainText(`IM/${mark}/1 of Kaveri Metals was cancelled on`);
  await expect(row(1)).toContainText("by Ravi");
  for (const n of [1, 2]) await expect(again(n)).not.toBeChecked();
  await expect(page.getByText("2 that were cancelled stay so.")).toBeVisible();
  await again(2).check();
  await expect(page.getByText("1 that was cancelled stays so.")).toBeVisible();
  await page.getByRole("button", { name: "Add 2 bills" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 bills added, ₹2,000.00" })).toBeVisible();
  const own = await rows<{ number: string; status: string }>(
    `SELECT supplier_invoice_number AS number, status::text FROM invoice JOIN business ON business.id = business_id
      WHERE slug = 'anvaya-retail' AND supplier_invoice_number LIKE $1 ORDER BY number, status`,
    `IM/${mark}/%`,
  );
  expect(own.map(({ number, status }) => `${number.slice(-1)} ${status}`)).toEqual([
    "1 CANCELLED",
    "2 CANCELLED",
    "2 CREATED",
    "3 CREATED",
  ]);
});

test("when the reply is lost on the way, going on adds each bill once", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 6).toUpperCase();
  const bill = (n: number) => `IM/${mark}/${String(n).padStart(3, "0")},Kaveri Metals,01-11-2026,01-12-2026,${n},`;
  await signIn(page, PEOPLE.ravi);
  await page.goto(AT);
  await openFile(
    page,
    Array.from({ length: 120 }, (_, n) => bill(n + 1)),
  );
  const add = page.getByRole("button", { name: "Add 120 bills" });
  await expect(add).toBeEnabled();
  let requests = 0;
  const goOn = await holdRequests(page, "**/invoices/import");
  await page.route("**/invoices/import", async (route) => {
    requests++;
    if (requests === 1) return route.continue();
    if (requests > 2) return route.fallback();
    // It is carried out, and nobody hears of it.
    await route.fetch();
    return route.abort("connectionreset");
  });
  await add.click();
  const stopped = page.getByRole("alert").filter({ hasText: "50 bills added, then it stopped" });
  // Fifty bills take half a second here; a busy machine may want much longer.
  await expect(stopped).toContainText("Nothing is added twice.", { timeout: 30_000 });
  await stopped.getByRole("button", { name: "Go on" }).click();
  await expect(stopped).toBeHidden();
  await expect(page.locator("#main")).toBeFocused();
  goOn();
  await expect(page.getByRole("status").filter({ hasText: "120 bills added" })).toBeVisible({
    timeout: 30_000,
  });
  const own = (await billsLike(mark)).filter(({ business }) => business === "anvaya-retail");
  expect(own.map(({ total }) => Number(total))).toEqual(Array.from({ length: 120 }, (_, n) => (n + 1) * 100));
});

test("whoever goes to another page before all is added is told, and the same file goes on", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 6).toUpperCase();
  const lines = Array.from({ length: 60 }, (_, n) => `IM/${mark}/${n},Kaveri Metals,01-11-2026,01-12-2026,${n + 1},`);
  await signIn(page, PEOPLE.ravi);
  await page.goto(AT);
  await openFile(page, lines);
  const add = page.getByRole("button", { name: "Add 60 bills" });
  await expect(add).toBeEnabled();
  let requests = 0;
  await page.route("**/invoices/import", (route) => (++requests === 1 ? route.continue() : new Promise(() => {})));
  await add.click();
  await expect.poll(() => requests, { timeout: 30_000 }).toBe(2);
  // How far it is stands there for the eye: read out at each step, it would drown everything else.
  const saving = page.getByRole("status").filter({ hasText: "Saving" });
  await expect(saving).toContainText("50 of 60");
  await expect(saving).toMatchAriaSnapshot("- status: Saving");
  await page.getByRole("link", { name: "Payments made" }).click();
  await page.waitForURL(/\/payments$/);
  await expect(page.getByText("The import stopped when you left its page.")).toBeVisible();
  await page.unroute("**/invoices/import");

  await page.goto(AT);
  await openFile(page, lines);
  await page.getByRole("button", { name: "Add 10 bills" }).click();
  await expect(page.getByRole("status").filter({ hasText: "10 bills added" })).toBeVisible({ timeout: 30_000 });
  const own = (await billsLike(mark)).filter(({ business }) => business === "anvaya-retail");
  expect(own.map(({ total }) => Number(total)).sort((a, b) => a - b)).toEqual(lines.map((_, n) => (n + 1) * 100));
});

test("whoever has said beside a file what it leaves out is asked before the page goes, until it is added", async ({
  page,
}) => {
  const mark = crypto.randomUUID().slice(0, 6).toUpperCase();
  await signIn(page, PEOPLE.ravi);
  await page.goto(AT);
  await openFile(page, [`IM/${mark}/1,Kaveri Metals,01-11-2026,,500,`]);
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await page.getByLabel("Days after the invoice date").fill("45");
  await page.getByRole("button", { name: "Set due dates" }).click();
  const add = page.getByRole("button", { name: "Add 1 bill" });
  await expect(add).toBeEnabled();
  await page.evaluate(() => window.location.reload());
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await add.click();
  await expect(page.getByRole("status").filter({ hasText: "1 bill added" })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Choose a file")).toBeAttached();
  expect(asked).toHaveLength(1);
});

test("who a party is, typed and not looked up yet, is still there after the other bills were added", async ({
  page,
}) => {
  const mark = crypto.randomUUID().slice(0, 6).toUpperCase();
  await signIn(page, PEOPLE.ravi);
  await page.goto(AT);
  const days = "01-11-2026,01-12-2026";
  await openFile(page, [`IM/${mark}/1,Kaveri Metals,${days},500,`, `IM/${mark}/2,Sharada ${mark},${days},600,`]);
  const id = page.getByLabel(`B2B ID of Sharada ${mark}`);
  await id.fill(`NEW${mark}@BCB`);
  await page.getByRole("button", { name: "Add 1 bill" }).click();
  await expect(page.getByRole("status").filter({ hasText: "1 bill added" })).toBeVisible();
  await expect(id).toHaveValue(`NEW${mark}@BCB`);
  await page.getByRole("button", { name: "Look again" }).click();
  await page.getByRole("button", { name: "Add 1 bill" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 bills added" })).toBeVisible();
  const own = (await billsLike(mark)).filter(({ business }) => business === "anvaya-retail");
  expect(own.map(({ total }) => total)).toEqual(["50000", "60000"]);
});

test("cells of a spreadsheet are pasted; what can't be read says why", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 6).toUpperCase();
  await signIn(page, PEOPLE.ravi);
  await page.goto(AT);
  const cells = page.getByLabel("Or paste cells from a spreadsheet");
  const look = page.getByRole("button", { name: "Look them through" });
  await expect(async () => {
    await cells.fill("Supplier\tAmount\nKaveri Metals\t5");
    await expect(look).toBeEnabled({ timeout: 1_000 });
  }).toPass();
  await look.click();
  await expect(page.getByText("There are no columns “Invoice number”, “Invoice date”.")).toBeVisible();
  await cells.fill(`Invoice number\tSupplier\tDate\tDue date\tAmount\nIM/${mark}\tKaveri Metals\t1-11-26\t1-12-26\t5`);
  await look.click();
  await page.getByRole("button", { name: "Add 1 bill" }).click();
  await expect(page.getByRole("status").filter({ hasText: "1 bill added, ₹5.00" })).toBeVisible();
  expect((await billsLike(mark)).map(({ due }) => due)).toContain("2026-12-01");
});

test("by keyboard one goes on from the first of the rows that were shown later", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 6).toUpperCase();
  const lines = Array.from({ length: 60 }, (_, row) => `SM/${mark}/${row},Kaveri Metals,01-11-2026,,500,`);
  await signIn(page, PEOPLE.ravi);
  await page.goto(AT);
  await openFile(page, lines);
  const more = page.getByRole("button", { name: "Show 10 more of 10" });
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(more).toBeHidden();
  await expect(page.locator(":focus")).toContainText(`SM/${mark}/50`);
});
