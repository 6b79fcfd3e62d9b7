import type { APIRequestContext } from "@playwright/test";
import { violationsOf } from "./support/accessible";
import { newUtr } from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, of, PEOPLE, rows, signIn } from "./support/world";

// Two people change the same thing, or write down the same bill.

const SUPPLIER = "kaveri-metals";

async function raise(request: APIRequestContext, number: string) {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, "anvaya-retail")];
  const headers = { authorization: `Bearer ${kaveri.apiKey}` };
  const bill = { supplierInvoiceNumber: number, issueDate: "2026-11-01", dueDate: "2026-12-01", totalPaise: 1_000_00 };
  const created = await request.post(`/api/v1/businesses/${SUPPLIER}/invoices`, {
    headers,
    data: {
      ...bill,
      objectId: `INV${crypto.randomUUID().replaceAll("-", "")}`,
      side: "receivable",
      counterparty: { b2bId: anvaya.b2bId, name: anvaya.name },
    },
  });
  expect(created.ok(), await created.text()).toBe(true);
  const { id, version } = (await created.json()) as { id: string; version: number };
  return {
    id,
    /** What a colleague's software does to it. */
    change: async (changes: Partial<typeof bill>) => {
      const data = { ...bill, ...changes, version };
      const response = await request.patch(`/api/v1/businesses/${SUPPLIER}/invoices/${id}`, { headers, data });
      expect(response.ok(), await response.text()).toBe(true);
    },
    row: async () =>
      (
        await rows<{ total: string; due: string; description: string }>(
          "SELECT total, due_date::date::text AS due, description FROM invoice WHERE id = $1::uuid AND side = 'RECEIVABLE'",
          id,
        )
      )[0],
  };
}

test("whoever is second to change an invoice sees what the first has saved, keeps what they typed, and saves it anew", async ({
  page,
  request,
}) => {
  const invoice = await raise(request, `TWO/${newUtr().slice(-8)}`);
  await signIn(page, PEOPLE.latha);
  await page.goto(`/b/${SUPPLIER}/invoices/${invoice.id}/edit`);
  await page.waitForLoadState("networkidle");
  const [amount, due, what] = [
    page.getByLabel("Amount, with GST"),
    page.getByLabel("Due date"),
    page.getByLabel("What it is for"),
  ];
  await amount.fill("1500");
  await what.fill("Rods of 12 mm");
  await invoice.change({ totalPaise: 1_200_00, dueDate: "2026-12-31" });
  await page.getByRole("button", { name: "Save changes" }).click();

  await expect(page.getByText(/yours is not saved yet/)).toBeVisible();
  const told = page.getByRole("status").filter({ hasText: "Somebody else has changed this" });
  await expect(told.getByRole("listitem")).toHaveText([
    "Amount, with GST: ₹1,000.00, now ₹1,200.00. What you typed is still in the field, and takes its place if you save.",
    "Due date: 1 Dec 2026, now 31 Dec 2026.",
  ]);
  await expect(amount).toHaveValue("1,500");
  await expect(due).toHaveValue("2026-12-31");
  await expect(what).toHaveValue("Rods of 12 mm");
  expect(await violationsOf(page)).toEqual([]);
  expect(await invoice.row()).toEqual({ total: "120000", due: "2026-12-31", description: "" });

  await page.reload();
  await expect(page.getByText("This change was begun before")).toBeVisible();
  await expect(amount).toHaveValue("1,500");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.waitForURL(new RegExp(`/invoices/${invoice.id}$`));
  expect(await invoice.row()).toEqual({ total: "150000", due: "2026-12-31", description: "Rods of 12 mm" });
});

test("a change that was begun and left is held against what others saved in between", async ({ page, request }) => {
  const invoice = await raise(request, `LEFT/${newUtr().slice(-8)}`);
  await signIn(page, PEOPLE.latha);
  await page.goto(`/b/${SUPPLIER}/invoices/${invoice.id}/edit`);
  await page.waitForLoadState("networkidle");
  await page.getByLabel("What it is for").fill("Rods of 16 mm");
  await invoice.change({ dueDate: "2027-01-15" });
  await page.reload();
  await expect(page.getByText("This change was begun before")).toBeVisible();
  await expect(page.getByText("Due date: 1 Dec 2026, now 15 Jan 2027.")).toBeVisible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.waitForURL(new RegExp(`/invoices/${invoice.id}$`));
  expect(await invoice.row()).toEqual({ total: "100000", due: "2027-01-15", description: "Rods of 16 mm" });
});

test("of two who correct a party at once the second is told, and nothing of either is lost", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 8).toUpperCase();
  const b2bId = `BAR${mark}@BCB`;
  await rows(
    "INSERT INTO counterparty (business_id, b2b_id, name) SELECT id, $1, $2 FROM business WHERE slug = 'anvaya-retail'",
    b2bId,
    `Bar ${mark}`,
  );
  const kept = () =>
    rows("SELECT vpa, bank_account_number AS account, bank_ifsc AS ifsc FROM counterparty WHERE b2b_id = $1", b2bId);
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/anvaya-retail/parties/${encodeURIComponent(b2bId)}/edit`);
  await page.waitForLoadState("networkidle");
  await page.getByRole("textbox", { name: "UPI address" }).fill("other@bank");
  await rows(
    `UPDATE counterparty SET vpa = 'bar@bank', bank_account_number = '001122335678', bank_ifsc = 'HDFC0001234', updated_at = now()
     WHERE b2b_id = $1`,
    b2bId,
  );
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/yours is not saved yet/)).toBeVisible();
  await expect(page.getByText("Account number: nothing, now 001122335678.")).toBeVisible();
  await expect(page.getByText(/^UPI address: nothing, now bar@bank\. What you typed is still/)).toBeVisible();
  const theirs = { account: "001122335678", ifsc: "HDFC0001234" };
  expect(await kept()).toEqual([{ vpa: "bar@bank", ...theirs }]);
  // The account is theirs, so nobody has to type it again.
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(new RegExp(`/parties/${encodeURIComponent(b2bId)}$`));
  expect(await kept()).toEqual([{ vpa: "other@bank", ...theirs }]);
});

test("from a number that is there already a link leads to its bill, and what was typed is there on the way back", async ({
  page,
  request,
}) => {
  const { b2bId, name } = await demoBusiness(request, SUPPLIER);
  const [bill] = await rows<{ id: string; number: string }>(
    `SELECT id::text, supplier_invoice_number AS number FROM invoice
     WHERE ${of("anvaya-retail")} AND side = 'PAYABLE' AND counterparty_b2b_id = $1
     AND issue_date BETWEEN '2026-04-01' AND '2027-03-31' ORDER BY created_at LIMIT 1`,
    b2bId,
  );
  if (!bill) throw new Error("the demo has bills of this year");
  const { id, number } = bill;
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills/new");
  await page.waitForLoadState("networkidle");
  await page.getByLabel("The supplier's B2B ID").fill(b2bId);
  await expect(page.getByLabel("The supplier's name")).toHaveValue(name);
  await page.getByLabel("Invoice number").fill(number.toLowerCase());
  await page.getByLabel("Invoice date").fill("2026-11-01");
  await page.getByLabel("Due date").fill("2026-12-01");
  await page.getByLabel("Amount, with GST").fill("1200");
  await page.getByRole("button", { name: "Add bill" }).click();
  await page.getByRole("link", { name: "Look at it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number);
  expect(page.url()).toMatch(new RegExp(`/bills/${id}$`));
  await page.goBack();
  await expect(page.getByLabel("Invoice number")).toHaveValue(number.toLowerCase());
  await expect(page.getByText("This bill was begun before")).toBeVisible();
});
