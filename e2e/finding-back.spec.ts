import { billOf, payBill } from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, raiseInvoices, signIn } from "./support/world";

/** Ravi belongs to two businesses; the other is the first by name, where "/" leads. */
const SECOND = "deccan-packaging";

test("whoever belongs to two businesses comes back to the one that they were in", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.waitForURL(/\/b\/anvaya-retail/);
  await page.goto(`/b/${SECOND}/received/PMT${"0".repeat(32)}`);
  await expect(page.getByRole("heading", { name: "This page was not found" })).toBeVisible();
  await page.getByRole("link", { name: "Go to home" }).click();
  await page.waitForURL(new RegExp(`/b/${SECOND}$`));

  const account = page.getByRole("menuitem", { name: "Your account" });
  await expect(async () => {
    await page.getByRole("button", { name: "account and theme" }).click();
    await expect(account).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await account.click();
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Deccan Packaging" }).click();
  await page.waitForURL(new RegExp(`/b/${SECOND}$`));
});

test("whoever has several businesses sees in the title which one a tab is of", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${SECOND}`);
  await expect(page).toHaveTitle("Home · Deccan Packaging · Chukta");
  await page.goto(`/b/${SECOND}/bills`);
  await expect(page).toHaveTitle("Bills · Deccan Packaging · Chukta");
  await page.goto("/b/anvaya-retail/bills");
  await expect(page).toHaveTitle("Bills · Anvaya Retail · Chukta");
  await page.context().clearCookies();
  await signIn(page, PEOPLE.latha);
  await page.goto("/b/kaveri-metals/invoices");
  await expect(page).toHaveTitle("Invoices · Chukta");
});

test("a page that stood open overnight says that one is signed out, until one has signed in beside it", async ({
  page,
}) => {
  await page.clock.install();
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills/new");
  const number = page.getByLabel("Invoice number");
  await number.fill("NIGHT/1");
  await page.context().clearCookies();
  await page.clock.fastForward("08:00:00");
  const link = page.getByRole("link", { name: "Sign in in another tab" });
  await expect(page.getByRole("status").filter({ has: link })).toContainText("You are signed out");

  const opened = page.context().waitForEvent("page");
  await link.click();
  const tab = await opened;
  await signIn(tab, PEOPLE.ravi);
  await tab.close();
  await page.clock.fastForward("01:00");
  await expect(link).toBeHidden();
  await expect(number).toHaveValue("NIGHT/1");
});

test("whoever thinks better of changing their password goes back, and stays signed in", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/account?from=${SECOND}`);
  await page.getByRole("link", { name: "Change password" }).click();
  await expect(page.getByRole("heading", { name: "Choose a password" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeHidden();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Deccan Packaging" })).toBeVisible();
});

test("what is printed is dark on light, also from the dark theme", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await signIn(page, PEOPLE.ravi);
  await expect(page.locator("html")).toHaveClass(/dark/);
  const colors = () =>
    page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return { color, backgroundColor, scheme: getComputedStyle(document.documentElement).colorScheme };
    });
  const onScreen = await colors();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const onPaper = await colors();
  expect(onPaper.scheme).toBe("light");
  expect(onPaper).not.toMatchObject({ color: onScreen.color });
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  await expect(page.locator("html")).not.toHaveClass(/dark/);
  expect(onPaper).toEqual(await colors());
});

test("what is printed says whose page it is, and all that happened to a payment", async ({ page, request }) => {
  const anvaya = await demoBusiness(request, "anvaya-retail");
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/payments?status=ACCEPTED");
  await page.getByRole("row").nth(1).getByRole("link").click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toContainText("₹");
  const whose = page.getByText(`${anvaya.name} ${anvaya.b2bId}`, { exact: true });
  await expect(whose).toBeHidden();
  await page.emulateMedia({ media: "print" });
  // A page of A4, its margins apart.
  await page.setViewportSize({ width: 718, height: 1047 });
  await expect(whose).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("list", { name: "What happened to this payment" })).toContainText(
    "Accepted by the supplier",
  );
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(1047);
});

test("on the way back, however late, a bill that was paid meanwhile is no longer due", async ({ page, request }) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, "anvaya-retail")];
  const [invoice] = await raiseInvoices(request, kaveri, anvaya, 1_900);
  const number = invoice?.supplierInvoiceNumber ?? "";
  const bill = await billOf({ objectId: invoice?.objectId ?? "" });
  await page.clock.install();
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/anvaya-retail/bills?q=${encodeURIComponent(number)}`);
  await page.getByRole("link", { name: number }).click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText(number);
  await expect(page.getByRole("link", { name: "Pay", exact: true })).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Parties" }).click();
  await expect(heading).toHaveText("Parties");
  // Longer than the browser keeps what it has read: as long as it takes to pay at one's bank.
  await page.clock.fastForward("06:00");
  await payBill(request, bill, { paid: 1_900 });

  await page.goBack();
  await expect(heading).toHaveText(number);
  await expect(page.getByRole("link", { name: "Pay", exact: true })).toBeHidden();
  await page.clock.fastForward("06:00");
  await page.goBack();
  await expect(heading).toHaveText("Bills");
  await expect(page.getByRole("row", { name: new RegExp(number) })).toContainText("₹0.00");
});

test("what was done elsewhere shows as one comes back to a tab, and where it can't be read that is said", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, "anvaya-retail")];
  const [invoice] = await raiseInvoices(request, kaveri, anvaya, 2_100);
  const bill = await billOf({ objectId: invoice?.objectId ?? "" });
  await signIn(page, PEOPLE.ravi);
  const comeBack = () => page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
  await page.goto(`/b/anvaya-retail/bills/${bill}`);
  await page.waitForLoadState("networkidle");
  await payBill(request, bill, { paid: 2_100 });
  await comeBack();
  await expect(page.getByRole("link", { name: "Pay", exact: true })).toBeHidden();

  await page.route("**/api/v1/businesses/*/invoices/*", (route) => route.abort());
  await comeBack();
  const stale = page.getByText("This page could not be refreshed");
  await expect(stale).toBeVisible();

  await page.goto("/b/anvaya-retail");
  await expect(page.getByRole("region", { name: "Get paid" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await page.route("**/api/v1/businesses/*/home", (route) => route.abort());
  await comeBack();
  await expect(stale).toBeVisible();
  await page.unroute("**/api/v1/businesses/*/home");
  await comeBack();
  await expect(stale).toBeHidden();
});
