import { holdRequests, newUtr, payBill } from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, rows, signIn } from "./support/world";

const BUYER = "anvaya-retail";
const SUPPLIER = "kaveri-metals";

test.beforeEach(({ page }) => signIn(page, PEOPLE.ravi));

test("a supplier who is found late is written in all the same, and the bill can be added", async ({
  page,
  request,
}) => {
  const kaveri = await demoBusiness(request, SUPPLIER);
  const number = `LATE/${newUtr().slice(-8)}`;
  const answer = await holdRequests(page, /\/api\/v1\/businesses\/[^/]+\/(counterparties\?|directory\/)/);
  await page.goto(`/b/${BUYER}/bills/new`);
  await page.getByLabel("The supplier's B2B ID").fill(kaveri.b2bId);
  await page.getByLabel("Invoice number").fill(number);
  await page.getByLabel("Amount, with GST").fill("500");
  answer();
  await expect(page.getByLabel("The supplier's name")).toHaveValue("Kaveri Metals");
  await page.getByRole("button", { name: "Add bill" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number);
});

test("a bill that is corrected after a lost reply: its page comes, and says that the change was not saved", async ({
  page,
  request,
}) => {
  const kaveri = await demoBusiness(request, SUPPLIER);
  const number = `LOST/${newUtr().slice(-8)}`;
  await page.goto(`/b/${BUYER}/bills/new`);
  await page.getByLabel("The supplier's B2B ID").fill(kaveri.b2bId);
  await expect(page.getByLabel("The supplier's name")).toHaveValue("Kaveri Metals");
  await page.getByLabel("Invoice number").fill(number);
  await page.getByLabel("Amount, with GST").fill("500");
  const add = page.getByRole("button", { name: "Add bill" });
  // It is not sent at all, then carried out without a reply.
  await page.route("**/api/v1/businesses/*/invoices", (route) => route.abort("connectionreset"));
  await add.click();
  await expect(page.getByText("The portal can't be reached just now.")).toBeVisible();
  await page.unroute("**/api/v1/businesses/*/invoices");
  await page.route("**/api/v1/businesses/*/invoices", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.getByLabel("Amount, with GST").fill("600");
  await add.click();
  await expect(page.getByText("The portal can't be reached just now.")).toBeVisible();
  await expect(add).not.toHaveAttribute("aria-busy");
  await page.unroute("**/api/v1/businesses/*/invoices");
  await page.getByLabel("Amount, with GST").fill("700");
  await add.click();
  await expect(page.getByText("This bill had been saved already. What you changed since was not.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number);
  await expect(page.getByText("₹600.00").first()).toBeVisible();
});

test("on a phone what went wrong with a long form comes into view, and who is signed out signs in beside it", async ({
  page,
  request,
}) => {
  const kaveri = await demoBusiness(request, SUPPLIER);
  const number = `PHONE/${newUtr().slice(-8)}`;
  await page.setViewportSize({ width: 360, height: 560 });
  await page.goto(`/b/${BUYER}/bills/new`);
  await page.getByLabel("The supplier's B2B ID").fill(kaveri.b2bId);
  await expect(page.getByLabel("The supplier's name")).toHaveValue("Kaveri Metals");
  await page.getByLabel("Invoice number").fill(number);
  await page.getByLabel("Amount, with GST").fill("500");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Add bill" }).click();
  const offline = page.getByText("The portal can't be reached just now.");
  await expect(offline).toBeInViewport();
  await expect(page.locator(":focus")).toContainText("The portal can't be reached just now.");
  await page.context().setOffline(false);

  await page.context().clearCookies();
  await page.getByRole("button", { name: "Add bill" }).click();
  const link = page.getByRole("link", { name: "Sign in in another tab" });
  await expect(link).toBeInViewport();
  const opened = page.context().waitForEvent("page");
  await link.click();
  const tab = await opened;
  await signIn(tab, PEOPLE.ravi);
  await tab.close();
  await page.getByRole("button", { name: "Add bill" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number);
});

test("a bill that was begun is there again after a look at another page, until it is added or begun anew", async ({
  page,
}) => {
  const number = `BEGUN/${newUtr().slice(-8)}`;
  await page.goto(`/b/${BUYER}/bills/new`);
  const field = page.getByLabel("Invoice number");
  await expect(async () => {
    await field.fill(number);
    await page.getByLabel("Amount, with GST").fill("1234.5");
    await page.getByRole("link", { name: "Parties" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Parties" })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  // There the supplier's B2B ID is found.
  const party = page.getByRole("row").filter({ hasText: "Kaveri Metals" });
  const b2bId = /[0-9A-Z]+@BCB/.exec((await party.textContent()) ?? "")?.[0] ?? "";
  await page.goto(`/b/${BUYER}/bills/new`);
  await expect(page.getByText("This bill was begun before")).toBeVisible();
  await expect(field).toHaveValue(number);
  await expect(page.getByLabel("Amount, with GST")).toHaveValue("1,234.50");

  await page.getByRole("button", { name: "Begin anew" }).click();
  await expect(field).toHaveValue("");
  await expect(page.locator("#main")).toBeFocused();
  await page.reload();
  await expect(page.getByRole("button", { name: "Add bill" })).toBeVisible();
  await expect(page.getByText("This bill was begun before")).toBeHidden();

  await page.getByLabel("The supplier's B2B ID").fill(b2bId);
  await expect(page.getByLabel("The supplier's name")).toHaveValue("Kaveri Metals");
  await field.fill(number);
  await page.getByLabel("Amount, with GST").fill("500");
  await page.reload();
  await expect(page.getByText("This bill was begun before")).toBeVisible();
  await expect(page.getByLabel("The supplier's name")).toHaveValue("Kaveri Metals");
  await page.getByRole("button", { name: "Add bill" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number);
  expect(
    await rows("SELECT total FROM invoice WHERE supplier_invoice_number = $1 AND side = 'PAYABLE'", number),
  ).toEqual([{ total: "50000" }]);
  await page.goto(`/b/${BUYER}/bills/new`);
  await expect(page.getByRole("button", { name: "Add bill" })).toBeVisible();
  await expect(field).toHaveValue("");
  await expect(page.getByText("This bill was begun before")).toBeHidden();
});

test("a change of a bill that was begun is there again after a reload, until it is saved or begun anew", async ({
  page,
}) => {
  const number = `CHANGE/${newUtr().slice(-8)}`;
  await page.goto(`/b/${BUYER}/bills/new`);
  await page.getByLabel("The supplier's B2B ID").fill(`CHG${newUtr().slice(-6)}@BCB`);
  await page.getByLabel("The supplier's name").fill("Change Traders");
  await page.getByLabel("Invoice number").fill(number);
  await page.getByLabel("Amount, with GST").fill("700");
  await page.getByRole("button", { name: "Add bill" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number);
  await page.getByRole("link", { name: "Edit" }).click();
  const [field, due] = [page.getByLabel("What it is for"), page.getByLabel("Due date")];
  const begun = page.getByText("This change was begun before");
  await field.fill("Cartons of three layers");
  await due.fill("2027-03-31");
  await page.reload();
  await expect(begun).toBeVisible();
  await expect(field).toHaveValue("Cartons of three layers");
  await expect(due).toHaveValue("2027-03-31");
  await page.getByRole("button", { name: "Begin anew" }).click();
  await expect(field).toHaveValue("");
  await expect(due).not.toHaveValue("2027-03-31");
  await field.fill("Cartons");
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number);
  await page.getByRole("link", { name: "Edit" }).click();
  await expect(begun).toBeVisible();
  await expect(field).toHaveValue("Cartons");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number);
  await page.getByRole("link", { name: "Edit" }).click();
  await expect(field).toHaveValue("Cartons");
  await expect(begun).toBeHidden();
});

test("a bill is added by hand, appears in the supplier's books, is changed and cancelled", async ({
  page,
  request,
}) => {
  const kaveri = await demoBusiness(request, SUPPLIER);
  const number = `HAND/${newUtr().slice(-8)}`;
  await page.goto(`/b/${BUYER}/bills/new`);
  await page.getByLabel("The supplier's B2B ID").fill(kaveri.b2bId);
  await page.getByLabel("Invoice number").fill(number);
  await page.getByLabel("Amount, with GST").fill("1,18,000.50");
  await page.getByRole("button", { name: "Add bill" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number);
  const find = () =>
    rows<{ side: string; total: string; status: string }>(
      "SELECT side, total, status FROM invoice WHERE supplier_invoice_number = $1 ORDER BY side",
      number,
    );
  await expect.poll(find, { timeout: 20_000 }).toEqual([
    { side: "PAYABLE", total: "11800050", status: "CREATED" },
    { side: "RECEIVABLE", total: "11800050", status: "CREATED" },
  ]);

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Amount, with GST").fill("1,00,000");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect
    .poll(async () => (await find()).map((row) => row.total), { timeout: 20_000 })
    .toEqual(["10000000", "10000000"]);

  await page.getByRole("button", { name: "Cancel bill" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel bill" }).click();
  await expect
    .poll(async () => (await find()).map((row) => row.status), { timeout: 20_000 })
    .toEqual(["CANCELLED", "CANCELLED"]);
  await expect(page.locator("#main")).toBeFocused();
});

test("a bill that is paid while somebody is asked whether to cancel it: the answer says so", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const number = `RACE/${newUtr().slice(-8)}`;
  const headers = { authorization: `Bearer ${anvaya.apiKey}` };
  const added = await request.post(`/api/v1/businesses/${BUYER}/invoices`, {
    headers,
    data: {
      objectId: `INV${crypto.randomUUID().replaceAll("-", "")}`,
      side: "payable",
      counterparty: { b2bId: kaveri.b2bId, name: kaveri.name },
      supplierInvoiceNumber: number,
      issueDate: "2026-11-01",
      dueDate: "2026-12-01",
      totalPaise: 900_00,
    },
  });
  expect(added.status(), await added.text()).toBe(201);
  const { id } = await added.json();
  await page.goto(`/b/${BUYER}/bills/${id}`);
  await page.getByRole("button", { name: "Cancel bill" }).click();
  await payBill(request, id, { paid: 400 });
  const dialog = page.getByRole("alertdialog", { name: `Cancel ${number}?` });
  await dialog.getByRole("button", { name: "Cancel bill" }).click();
  // The page behind has read the bill anew by now: it can't be cancelled any more.
  await expect(page.getByText("₹400.00", { exact: true }).first()).toBeAttached();
  await expect(dialog.getByRole("alert")).toContainText("A payment of ₹400.00 waits for confirmation.");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator("#main")).toBeFocused();
  await expect(page.getByRole("button", { name: "Cancel bill" })).toBeHidden();
  expect(await rows("SELECT status FROM invoice WHERE id = $1", id)).toEqual([{ status: "PAYMENT_INITIATED" }]);
});
