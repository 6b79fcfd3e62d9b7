import { randomUUID } from "node:crypto";
import { formatRupees, paise } from "@/lib/money";
import { addDays, toIstDay } from "@/lib/time";
import { saveExport, textOf } from "./support/export";
import { expect, test } from "./support/test";
import { demoBusiness, of, PEOPLE, rows, signIn } from "./support/world";

const BUYER = "anvaya-retail";

test("what is due stands by supplier and age, leads to its bills, and is exported", async ({ page, request }) => {
  const buyer = await demoBusiness(request, BUYER);
  const today = toIstDay(new Date());
  const supplier = `Ageing ${randomUUID().slice(0, 8)}`;
  for (const [late, totalPaise] of [
    [0, 100_00],
    [1, 200_00],
    [31, 300_50],
    [61, 40_000_000_00],
    [91, 50_000_000_00],
  ] as const) {
    const dueDate = addDays(today, -late);
    const response = await request.post(`/api/v1/businesses/${BUYER}/invoices`, {
      headers: { authorization: `Bearer ${buyer.apiKey}` },
      data: {
        objectId: `INV${randomUUID().replaceAll("-", "")}`,
        side: "payable",
        counterparty: { b2bId: `${supplier.replace(" ", "")}@BCB`, name: supplier },
        supplierInvoiceNumber: `AG/${late}/${randomUUID().slice(0, 6)}`,
        issueDate: addDays(dueDate, -10),
        dueDate,
        totalPaise,
      },
    });
    expect(response.status()).toBe(201);
  }

  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/bills`);
  await page.getByRole("link", { name: "By age" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Bills by age" })).toBeVisible();
  const row = page.getByRole("row", { name: supplier });
  await expect(row.getByRole("cell")).toHaveText(
    ["₹100.00", "₹200.00", "₹300.50", "₹4,00,00,000.00", "₹5,00,00,000.00", "₹9,00,00,600.50"],
    { useInnerText: true },
  );
  // The sums above are those of the rows in the books.
  const [sums] = await rows<{ due: string; late: string }>(
    `SELECT sum(total - paid - pending) AS due, sum(total - paid - pending) FILTER (WHERE due_date < '${today}') AS late
       FROM invoice WHERE ${of(BUYER)} AND side = 'PAYABLE' AND status IN ('CREATED', 'ACCEPTED', 'PART_PAID', 'PAYMENT_INITIATED')`,
  );
  const whole = page.getByRole("region", { name: "With all" });
  await expect(whole).toContainText(`All that is due${formatRupees(paise(Number(sums?.due)))}`);

  await page.getByLabel("Order").selectOption("By name");
  await expect(page).toHaveURL(/sort=counterparty/);
  const names = await page.getByRole("rowheader").getByRole("link").allInnerTexts();
  expect(names.length).toBeGreaterThan(2);
  const [byName] = await rows<{ name: string }>(
    `SELECT name FROM counterparty WHERE ${of(BUYER)} AND b2b_id IN (SELECT counterparty_b2b_id FROM invoice
      WHERE ${of(BUYER)} AND side = 'PAYABLE' AND status IN ('CREATED', 'ACCEPTED', 'PART_PAID', 'PAYMENT_INITIATED')
        AND total > paid + pending) ORDER BY name, b2b_id LIMIT 1`,
  );
  expect(names[0]).toBe(byName?.name);

  expect(await textOf(await saveExport(page))).toContain(
    `${supplier},${supplier.replace(" ", "")}@BCB,5,100.00,200.00,300.50,40000000.00,50000000.00,90000500.50,90000600.50`,
  );

  await page.getByRole("link", { name: supplier }).click();
  await expect(page).toHaveURL(/\/bills\?counterparty=Ageing.*&due=open/);
  await expect(page.getByRole("row", { name: /AG\// })).toHaveCount(5);
});

test("a seller reads what buyers owe, by age", async ({ page }) => {
  await signIn(page, PEOPLE.latha);
  await page.goto("/b/kaveri-metals/invoices");
  await page.getByRole("link", { name: "By age" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Invoices by age" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Buyer" })).toBeVisible();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
});
