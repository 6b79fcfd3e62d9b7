import type { Browser, Page } from "@playwright/test";
import { expect } from "./test";
import { choosePassword, givePassword, PEOPLE, rows, signIn } from "./world";

/** What everyone of `newPerson` chooses. */
export const PASSWORD = "mango kettle nineteen lamps";

/** A person of their own for the test, let in by an owner; ends signed in, on the business's first page. */
export async function newPerson(page: Page, owner: Page, role: "FINANCE" | "OWNER" = "FINANCE"): Promise<string> {
  await signIn(owner, PEOPLE.asha);
  const email = `${crypto.randomUUID().slice(0, 8)}@anvaya.example`;
  const added = await owner.request.post("/api/v1/businesses/anvaya-retail/members", {
    headers: { origin: new URL(owner.url()).origin },
    data: { email, name: "Meera Joshi", role },
  });
  expect(added.status(), await added.text()).toBe(201);
  const { firstPassword } = (await added.json()) as { firstPassword: string };
  await givePassword(page, email, firstPassword);
  await page.waitForURL(/\/choose-password/);
  await page.getByLabel("Current password").fill(firstPassword);

  // Long enough, and the first that anyone would try.
  await choosePassword(page, "Password@12345");
  await expect(page.getByText("This password is easily guessed")).toBeVisible();
  await choosePassword(page, PASSWORD);
  await page.waitForURL(/\/b\/anvaya-retail/);
  return email;
}

/** In a window that asks for it. */
export async function confirmPassword(page: Page, button: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Your password", { exact: true }).fill(PASSWORD);
  await dialog.getByRole("button", { name: button, exact: true }).click();
}

/** Another browser. */
export const another = async (browser: Browser) => (await browser.newContext()).newPage();

export const countSessions = async (email: string) =>
  (await rows("SELECT 1 FROM session JOIN app_user ON app_user.id = user_id WHERE email = $1", email)).length;
