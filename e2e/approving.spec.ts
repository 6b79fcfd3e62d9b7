import type { APIRequestContext, Browser, Page } from "@playwright/test";
import { violationsOf } from "./support/accessible";
import {
  answer,
  billOf,
  chooseBills,
  fillDetails,
  holdRequests,
  incomingStatus,
  newUtr,
  openSettings,
  payBill,
  reviewAndSend,
} from "./support/steps";
import { expect, test } from "./support/test";
import { booksOf, demoBusiness, PEOPLE, paymentsByUtr, raiseInvoices, rows, signIn } from "./support/world";

const BUYER = "anvaya-retail";
const SUPPLIER = "kaveri-metals";

const ruleOf = async () =>
  (await rows<{ rule: string | null }>("SELECT approval_from AS rule FROM business WHERE slug = $1", BUYER))[0]?.rule;
const setRule = (from: number | null) => rows("UPDATE business SET approval_from = $2 WHERE slug = $1", BUYER, from);

// Others pay as they always do.
test.afterEach(() => setRule(null));

/** Ravi asks for approval of a payment of one bill of its own; his page shows it. */
async function askedByRavi(page: Page, request: APIRequestContext, rupees: number) {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const [bill] = await raiseInvoices(request, kaveri, anvaya, rupees);
  if (!bill) throw new Error("an invoice was asked for");
  await signIn(page, PEOPLE.ravi);
  const utr = newUtr();
  await chooseBills(page, BUYER, [bill]);
  await fillDetails(page, utr);
  await reviewAndSend(page, "Ask for approval");
  await expect(page.getByText("Somebody else approves this first")).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  return { bill, utr, address: page.url() };
}

/** Another person in a browser of their own. */
async function pageOf(browser: Browser, email: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, email);
  return page;
}

const statusOf = async (utr: string) => (await paymentsByUtr(utr)).find(({ side }) => side === "OUTGOING")?.status;
const sentAbout = async (address: string) =>
  (await rows("SELECT id FROM message WHERE object_id = $1 AND direction = 'OUT'", address.split("/").pop())).length;

test("an owner asks for a second person, who approves what another has paid, and only then the supplier hears of it", async ({
  page,
  browser,
  request,
}) => {
  const asha = await pageOf(browser, PEOPLE.asha);
  await openSettings(asha, "people", "Change…");
  const rule = asha.getByRole("dialog", { name: "Which payments does a second person approve?" });
  await rule.getByRole("radio", { name: "Those of an amount or more" }).check();
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(rule.getByLabel("From this amount on")).toHaveAttribute("aria-invalid", "true");
  expect(await violationsOf(asha)).toEqual([]);
  await rule.getByLabel("From this amount on").fill("50,000");
  await rule.getByRole("button", { name: "Save" }).click();
  await expect(rule).toBeHidden();
  await expect(asha.getByText("From ₹50,000.00", { exact: true })).toBeVisible();
  expect(await ruleOf()).toBe("5000000");

  const { bill, utr, address } = await askedByRavi(page, request, 60_000);
  expect([await statusOf(utr), await sentAbout(address)]).toEqual(["AWAITING_APPROVAL", 0]);
  expect((await booksOf(bill.objectId)).PAYABLE?.pending).toBe(6_000_000);
  await expect(page.getByRole("button", { name: /pprove…/ })).toBeHidden();
  await page.goto(`/b/${BUYER}/bills?due=all&q=${bill.supplierInvoiceNumber}`);
  await expect(page.getByRole("row", { name: bill.supplierInvoiceNumber })).toContainText(
    /₹60,000\.00 to approve.*To approve/,
  );
  await page.getByRole("link", { name: bill.supplierInvoiceNumber }).click();
  await expect(page.getByText("To approve").first()).toBeVisible();
  await page.goto(`/b/${BUYER}`);
  await expect(page.getByRole("region", { name: "Pay" })).toContainText(/To approve.*₹60,000\.00/);

  await asha.goto(`/b/${BUYER}`);
  await asha.getByRole("link", { name: /^To approve/ }).click();
  await asha.getByRole("link", { name: "Kaveri Metals, ₹60,000.00" }).click();
  await expect(asha.getByText("Ravi Menon asks for approval")).toBeVisible();
  await page.goto(address);
  await asha.getByRole("button", { name: "Approve…", exact: true }).click();
  const dialog = asha.getByRole("alertdialog", { name: "Approve ₹60,000.00 to Kaveri Metals?" });
  await expect(dialog).toContainText(utr);
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(dialog).toBeHidden();
  await expect(asha.getByRole("list", { name: "What happened to this payment" })).toContainText(/Approved.*Asha Rao/);

  // Ravi's page changes by itself, and the supplier finds it.
  await expect(page.getByText("Somebody else approves this first")).toBeHidden();
  await expect(page.getByText("Waiting for supplier").first()).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => incomingStatus(utr), { timeout: 20_000 }).toBe("AWAITING_CONFIRMATION");
  const latha = await pageOf(browser, PEOPLE.latha);
  await answer(latha, SUPPLIER, utr, "Accept", "Received");
  await expect.poll(() => statusOf(utr), { timeout: 20_000 }).toBe("ACCEPTED");
  for (const other of [asha, latha]) await other.context().close();
});

test("who says no says why; who made the payment reads it, and corrects it", async ({ page, browser, request }) => {
  await setRule(0);
  const { bill, utr, address } = await askedByRavi(page, request, 1_500);
  const asha = await pageOf(browser, PEOPLE.asha);
  await asha.goto(address);
  await expect(asha.getByText("Ravi Menon asks for approval")).toBeVisible();
  await expect(asha.getByText("This UTR is named elsewhere too")).toBeHidden();
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const [another] = await raiseInvoices(request, kaveri, anvaya, 900);
  const twin = await payBill(request, await billOf(another ?? { objectId: "" }), { paid: 900, utr });
  await asha.reload();
  await expect(asha.getByText("This UTR is named elsewhere too")).toBeVisible();
  const takenBack = await request.post(`/api/v1/businesses/${BUYER}/payments/${twin}/decline`, {
    headers: { authorization: `Bearer ${anvaya.apiKey}` },
    data: { remarks: "" },
  });
  expect(takenBack.status()).toBe(200);
  await asha.getByRole("button", { name: "Don't approve…" }).click();
  const dialog = asha.getByRole("alertdialog", { name: "Not approve this payment?" });
  await dialog.getByRole("button", { name: "Don't approve" }).click();
  await expect(dialog.getByRole("textbox", { name: "Why" })).toHaveAttribute("aria-invalid", "true");
  expect(await violationsOf(asha)).toEqual([]);
  const [waiting] = await rows("SELECT status FROM payment WHERE object_id = $1", address.split("/").pop());
  expect(waiting).toEqual({ status: "AWAITING_APPROVAL" });
  await dialog.getByRole("textbox", { name: "Why" }).fill("The UTR is that of Deccan's money");
  // What was begun outlives a reload.
  await asha.reload();
  await expect(async () => {
    await asha.getByRole("button", { name: "Don't approve…" }).click();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(dialog.getByRole("textbox", { name: "Why" })).toHaveValue("The UTR is that of Deccan's money");
  await dialog.getByRole("button", { name: "Don't approve" }).click();
  await expect(dialog).toBeHidden();
  await asha.context().close();

  await expect(page.getByText("“The UTR is that of Deccan's money”").first()).toBeVisible();
  await expect(page.getByRole("status").getByText("Not approved")).toBeVisible();
  const [payment] = await rows(
    "SELECT status, failure_code FROM payment WHERE object_id = $1",
    address.split("/").pop(),
  );
  expect(payment).toEqual({ status: "FAILED", failure_code: "DECLINED" });
  expect((await booksOf(bill.objectId)).PAYABLE?.pending).toBe(0);
  expect(await sentAbout(address)).toBe(0);

  await page.getByRole("link", { name: "Correct or pay again" }).click();
  await page.getByRole("radio", { name: /^The same money/ }).check();
  const corrected = newUtr();
  await page.getByLabel(/^UTR or reference/).fill(corrected);
  await reviewAndSend(page, "Ask for approval");
  expect(await statusOf(corrected)).toBe("AWAITING_APPROVAL");

  await page.getByRole("button", { name: "Take it back…" }).click();
  const back = page.getByRole("alertdialog", { name: "Take this payment back?" });
  await back.getByRole("button", { name: "Take it back" }).click();
  await expect(back).toBeHidden();
  await expect(page.getByText("Taken back before it was approved").first()).toBeVisible();
  expect(await statusOf(corrected)).toBe("FAILED");
});

test("a second person approves several at once, and what can't be approved says why and stops nothing", async ({
  page,
  browser,
  request,
}) => {
  await setRule(0);
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const [own, ...bills] = await raiseInvoices(request, kaveri, anvaya, 700, 1_100, 1_200, 1_300);
  await signIn(page, PEOPLE.asha);
  const ownUtr = newUtr();
  await chooseBills(page, BUYER, own ? [own] : []);
  await fillDetails(page, ownUtr);
  await reviewAndSend(page, "Ask for approval");
  const first = newUtr();
  const utrs = [first, newUtr(), first];
  const ids: string[] = [];
  for (const [index, bill] of bills.entries())
    ids.push(await payBill(request, await billOf(bill), { paid: 1_100 + index * 100, utr: utrs[index] ?? "" }));

  await page.goto(`/b/${BUYER}/payments`);
  await page.getByRole("link", { name: /to approve$/ }).click();
  await expect(page.getByRole("heading", { name: "To approve" })).toBeVisible();
  const box = (rupees: string) => page.getByRole("checkbox", { name: `Approve ₹${rupees} to Kaveri Metals` });
  await expect(box("700.00")).toHaveAttribute("aria-disabled", "true");
  await box("700.00").click({ force: true });
  await expect(page.getByRole("tooltip")).toContainText("You made this one");
  await expect(page.getByText("This UTR is named elsewhere too")).toHaveCount(2);
  await page.getByRole("button", { name: /^Bills of ₹1,200\.00 to Kaveri Metals/ }).click();
  await expect(page.getByRole("link", { name: bills[1]?.supplierInvoiceNumber, exact: true })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);

  // All about which there is nothing to ask; the two that name one transfer, only by themselves.
  await page.getByRole("checkbox", { name: "Choose all that can be" }).first().check();
  await expect(box("1,200.00")).toBeChecked();
  await expect(box("1,100.00")).not.toBeChecked();
  await box("1,100.00").check();
  await box("1,300.00").check();
  await expect(page.getByText("3 payments chosen, ₹3,600.00")).toBeVisible();
  await page.getByRole("button", { name: "Approve 3 payments" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Approve 3 payments?" });
  await expect(dialog).toContainText("₹3,600.00 in all, to 1 supplier.");
  await expect(dialog).toContainText("Something may be paid twice by 2 of them");
  expect(await violationsOf(page)).toEqual([]);
  const goOn = await holdRequests(page, "**/approve");
  await dialog.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("Approving")).toBeVisible();
  // Meanwhile who made one takes it back.
  const takenBack = await request.post(`/api/v1/businesses/${BUYER}/payments/${ids[2]}/decline`, {
    headers: { authorization: `Bearer ${anvaya.apiKey}` },
    data: { remarks: "" },
  });
  expect(takenBack.status()).toBe(200);
  goOn();
  await expect(page.getByText("2 payments approved")).toBeVisible();
  const refused = page.getByRole("status").filter({ hasText: "1 payment couldn't be approved" });
  await expect(refused).toContainText("Kaveri Metals");
  await expect(box("1,100.00")).toBeHidden();
  await expect(box("700.00")).toBeVisible();

  const statuses = await rows<{ id: string; status: string; by: string | null }>(
    "SELECT object_id AS id, status, approved_by AS by FROM payment WHERE object_id = ANY($1) AND side = 'OUTGOING'",
    ids,
  );
  const of = (id: string | undefined) => statuses.find((one) => one.id === id);
  expect(of(ids[2])).toMatchObject({ status: "FAILED", by: null });
  for (const id of [ids[0], ids[1]]) expect(of(id)).toMatchObject({ by: "Asha Rao" });
  expect(await statusOf(ownUtr)).toBe("AWAITING_APPROVAL");
  for (const utr of utrs.slice(0, 2))
    await expect.poll(() => incomingStatus(utr), { timeout: 20_000 }).toBe("AWAITING_CONFIRMATION");

  // Somebody else approves what she asked for.
  const ravi = await pageOf(browser, PEOPLE.ravi);
  await ravi.goto(`/b/${BUYER}/payments/to-approve`);
  await ravi.getByRole("checkbox", { name: "Approve ₹700.00 to Kaveri Metals" }).check();
  await ravi.getByRole("button", { name: "Approve 1 payment" }).click();
  await ravi.getByRole("alertdialog").getByRole("button", { name: "Approve" }).click();
  await expect(ravi.getByText("Nothing waits for approval")).toBeVisible();
  await ravi.context().close();
});
