import type { Page } from "@playwright/test";
import { holdRequests } from "./support/steps";
import { expect, test } from "./support/test";
import { PEOPLE, signIn } from "./support/world";

const BUYER = "anvaya-retail";

/** The scripts of the pages that come next are on their way until what it gives back is called. */
const holdScripts = (page: Page) => holdRequests(page, /\/_next\/static\/.*\.js/);

test("before its scripts run a page sends no password anywhere, and keeps what is typed", async ({ page }) => {
  const arrive = await holdScripts(page);
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("E-mail address").fill(PEOPLE.ravi);
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("settled-in-full");
  await password.press("Enter");
  arrive();
  const enter = page.getByRole("button", { name: "Sign in", exact: true });
  await expect(enter).toBeEnabled();
  expect(page.url()).not.toContain("?");
  await expect(password).toHaveValue("settled-in-full");
  await enter.click();
  await page.waitForURL(/\/b\//);
});

test("what is searched for before a list's scripts run is found once they do", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  const arrive = await holdScripts(page);
  await page.goto(`/b/${BUYER}/bills`, { waitUntil: "commit" });
  const search = page.getByRole("searchbox");
  await search.fill("KM/26-27/14");
  arrive();
  await expect(page).toHaveURL(/q=KM/);
  await expect(search).toHaveValue("KM/26-27/14");
});

test("a filter that is chosen before a list's scripts run is taken over once they do", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  const arrive = await holdScripts(page);
  await page.goto(`/b/${BUYER}/payments`, { waitUntil: "commit" });
  const status = page.getByLabel("Status", { exact: true });
  await status.selectOption("Accepted");
  const from = page.getByLabel("Paid from");
  await from.fill("2026-04-01");
  arrive();
  await expect(page).toHaveURL(/status=ACCEPTED/);
  await expect(page).toHaveURL(/from=2026-04-01/);
  await expect(status).toHaveValue("ACCEPTED");
  await expect(from).toHaveValue("2026-04-01");
});
