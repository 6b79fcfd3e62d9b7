import { expect, test } from "./support/test";
import { PEOPLE, signIn } from "./support/world";

test("when somebody else signs in in another tab, nothing is done in their name here, and what was typed goes on once one is back", async ({
  page,
  context,
}) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills/new");
  const number = page.getByLabel("Invoice number");
  await number.fill("TWO/1");
  const [told, add] = [page.getByRole("alertdialog"), page.getByRole("button", { name: "Add bill" })];

  const tab = await context.newPage();
  await context.clearCookies();
  await signIn(tab, PEOPLE.asha);
  await tab.goto("/b/anvaya-retail");
  await expect(told).toContainText("Someone else has signed in in this browser");
  await expect(told).toContainText("This page is of Ravi Menon");
  await expect(add).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(told).toBeVisible();
  await expect(tab.getByRole("alertdialog")).toBeHidden();

  await context.clearCookies();
  await signIn(tab, PEOPLE.ravi);
  await tab.goto("/b/anvaya-retail");
  await expect(told).toBeHidden();
  await expect(add).toBeVisible();
  await expect(number).toHaveValue("TWO/1");

  await context.clearCookies();
  await signIn(tab, PEOPLE.latha);
  await tab.goto("/b/kaveri-metals");
  await told.getByRole("button", { name: "Leave this page" }).click();
  await page.waitForURL(/\/b\/kaveri-metals/);
});
