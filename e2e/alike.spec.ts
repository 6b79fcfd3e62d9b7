import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { violationsOf } from "./support/accessible";
import { fillDetails, newUtr, payBill } from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, paymentsByUtr, rows, signIn } from "./support/world";

const BUYER = "anvaya-retail";

const setRule = (from: number | null) => rows("UPDATE business SET approval_from = $2 WHERE slug = $1", BUYER, from);

// Others pay as they always do.
test.afterEach(() => setRule(null));

/** Anvaya's software writes down a bill of Kaveri's. @returns its id */
async function writeDown(request: APIRequestContext, supplierInvoiceNumber: string): Promise<string> {
  const { apiKey } = await demoBusiness(request, BUYER);
  const { b2bId, name } = await demoBusiness(request, "kaveri-metals");
  const response = await request.post(`/api/v1/businesses/${BUYER}/invoices`, {
    headers: { authorization: `Bearer ${apiKey}` },
    data: {
      objectId: `INV${randomUUID().replaceAll("-", "")}`,
      side: "payable",
      counterparty: { b2bId, name },
      supplierInvoiceNumber,
      issueDate: "2026-11-01",
      dueDate: "2026-12-01",
      totalPaise: 2_500_00,
    },
  });
  expect(response.status(), await response.text()).toBe(201);
  return (await response.json()).id;
}

test("a bill that is there under another number is told on its page, and asked about before it is paid twice", async ({
  page,
  request,
}) => {
  const own = randomUUID().slice(0, 6).toUpperCase();
  const first = await writeDown(request, `AW/${own}/014`);
  const second = await writeDown(request, `aw-${own}-14`);
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/bills/${second}`);
  const notice = page.getByRole("status").filter({ hasText: "This may be the same paper bill as another" });
  await expect(notice.getByRole("link", { name: `AW/${own}/014` })).toHaveAttribute("href", new RegExp(first));
  expect(await violationsOf(page)).toEqual([]);

  // While neither is paid it is said, and nothing is asked.
  const review = async (utr: string) => {
    await page.goto(`/b/${BUYER}/pay?invoice=${second}`);
    await fillDetails(page, utr);
    await page.getByRole("button", { name: "Review payment" }).click();
    await expect(page.getByRole("heading", { name: "Is this right?" })).toBeVisible();
  };
  const warning = page.getByText(`aw-${own}-14 may be a bill that you have under another number`);
  const tick = page.getByRole("checkbox", { name: `aw-${own}-14 is a different bill` });
  await review(newUtr());
  await expect(warning).toBeVisible();
  await expect(tick).toBeHidden();

  await payBill(request, first, { paid: 2_500 });
  const utr = newUtr();
  await review(utr);
  await expect(page.getByText(`AW/${own}/014 of 1 Nov 2026, ₹2,500.00, a payment is on its way`)).toBeVisible();
  await page.getByRole("button", { name: "Tell the supplier" }).click();
  await expect(page.getByText("Tick this if it is so, or go back.")).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  expect(await paymentsByUtr(utr)).toEqual([]);
  await tick.check();
  await page.getByRole("button", { name: "Tell the supplier" }).click();
  await page.waitForURL(/\/payments\/PMT/);
  expect((await paymentsByUtr(utr)).filter(({ side }) => side === "OUTGOING")).toHaveLength(1);
});

test("whoever approves a payment is told of a bill that may be paid under another number", async ({
  page,
  request,
}) => {
  const own = randomUUID().slice(0, 6).toUpperCase();
  const first = await writeDown(request, `AP/${own}/009`);
  const second = await writeDown(request, `ap ${own} 9`);
  await payBill(request, first, { paid: 2_500 });
  await setRule(0);
  const payment = await payBill(request, second, { paid: 2_500, utr: newUtr() });
  await signIn(page, PEOPLE.asha);
  await page.goto(`/b/${BUYER}/payments/${payment}`);
  const words = `ap ${own} 9 may be a bill that you have under another number: AP/${own}/009 of 1 Nov 2026`;
  await expect(page.getByText(words)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.goto(`/b/${BUYER}/bills/${second}`);
  await expect(page.getByText("This may be the same paper bill as another")).toBeVisible();

  await page.goto(`/b/${BUYER}/payments/to-approve`);
  await expect(page.getByText(words)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole("checkbox", { name: /^Approve ₹2,500\.00 to Kaveri Metals/ }).check();
  await page.getByRole("button", { name: "Approve 1 payment" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("Something may be paid twice by one of them");
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("1 payment approved")).toBeVisible();
});
