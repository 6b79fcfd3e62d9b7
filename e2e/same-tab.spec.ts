import type { Page } from "@playwright/test";
import { chooseBills } from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, raiseInvoices, signIn } from "./support/world";

const BUYER = "anvaya-retail";

const kept = (page: Page) =>
  page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("chukta")).length);

test("what somebody has chosen is theirs alone in the same tab, there again after a lost session, and gone at sign-out", async ({
  page,
  context,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, BUYER)];
  const bills = await raiseInvoices(request, kaveri, anvaya, 2_300, 2_400);
  await signIn(page, PEOPLE.ravi);
  await chooseBills(page, BUYER, bills);
  const chosen = page.getByRole("region", { name: "Chosen bills" });
  const open = async () => {
    await page.goto(`/b/${BUYER}/bills`);
    await expect(page.getByRole("checkbox", { name: /^Pay / }).first()).toBeVisible();
  };
  await open();
  await expect(chosen).toContainText("2 bills, ₹4,700.00 due");

  await context.clearCookies();
  await signIn(page, PEOPLE.asha);
  await open();
  await expect(chosen).toBeHidden();

  await context.clearCookies();
  await signIn(page, PEOPLE.ravi);
  await open();
  await expect(chosen).toContainText("2 bills, ₹4,700.00 due");

  await page
    .getByRole("button", { name: /Ravi Menon/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
  expect(await kept(page)).toBe(0);
  await signIn(page, PEOPLE.ravi);
  await open();
  await expect(chosen).toBeHidden();
});
