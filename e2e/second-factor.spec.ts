import type { Page } from "@playwright/test";
import { Authenticator } from "./support/authenticator";
import { another, confirmPassword, countSessions, newPerson, PASSWORD } from "./support/new-person";
import { startSecondPortal } from "./support/second-portal";
import { expect, test } from "./support/test";
import { givePassword, PEOPLE, rows, signIn } from "./support/world";

async function giveCode(page: Page, code: string, label = "Code"): Promise<void> {
  await page.waitForURL(/\/sign-in\/code/);
  await expect(page.getByLabel(label, { exact: true })).toBeFocused();
  await page.getByLabel(label, { exact: true }).fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const factorOf = async (email: string) =>
  (
    await rows<{ verified: boolean; step: string; codes: string }>(
      `SELECT verified, last_step AS step, json_array_length(backup_codes::json)::text AS codes
       FROM two_factor JOIN app_user ON app_user.id = user_id WHERE email = $1`,
      email,
    )
  )[0];

/** Turns two-step sign-in on, from the person's own menu; returns their app and what they kept. */
async function setUp(page: Page): Promise<{ app: Authenticator; firstCode: string; recoveryCodes: string[] }> {
  const account = page.getByRole("menuitem", { name: "Your account" });
  // The page has only just come: before its scripts run, the menu is a button that does nothing.
  await expect(async () => {
    await page.getByRole("button", { name: "account and theme" }).click();
    await expect(account).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await account.click();
  return setUpHere(page);
}

/** On the page of one's account. */
async function setUpHere(page: Page): Promise<{ app: Authenticator; firstCode: string; recoveryCodes: string[] }> {
  await page.getByRole("button", { name: "Set up" }).click();
  await confirmPassword(page, "Continue");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const app = new Authenticator((await dialog.locator("code").textContent()) ?? "");
  const firstCode = await app.newCode();
  await dialog.getByLabel("The six digits that the app shows").fill(firstCode);
  await dialog.getByRole("button", { name: "Turn on" }).click();
  const list = dialog.getByRole("list", { name: "Recovery codes" });
  await expect(list.getByRole("listitem")).toHaveCount(10);
  const recoveryCodes = await list.getByRole("listitem").allInnerTexts();
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 of 10 recovery codes left")).toBeVisible();
  return { app, firstCode, recoveryCodes };
}

test("two-step sign-in: set up by app, each code once, recovery codes, one's sessions, and off again", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const email = await newPerson(page, await another(browser));
  const { app, firstCode, recoveryCodes } = await setUp(page);
  expect(await factorOf(email)).toMatchObject({ verified: true, codes: "10", step: expect.stringMatching(/^\d+$/) });

  // The password alone leads to the second step, and opens nothing.
  await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await page.waitForURL(/\/sign-in$/);
  expect(await countSessions(email)).toBe(0);
  await givePassword(page, email, PASSWORD);
  await page.waitForURL(/\/sign-in\/code/);
  expect(await countSessions(email)).toBe(0);

  // The code that set it up was used by that.
  await giveCode(page, firstCode);
  await expect(page.getByText("This code was used already")).toBeVisible();
  const code = await app.newCode();
  await giveCode(page, code);
  await page.waitForURL(/\/b\/anvaya-retail/);
  expect(await countSessions(email)).toBe(1);

  // Someone who looked over her shoulder, and knows the password too.
  const thief = await another(browser);
  await givePassword(thief, email, PASSWORD);
  await giveCode(thief, code);
  await expect(thief.getByText("This code was used already")).toBeVisible();
  expect(await countSessions(email)).toBe(1);

  // Her tablet, without the phone at hand: a recovery code, once.
  const tablet = await another(browser);
  await givePassword(tablet, email, PASSWORD);
  await tablet.waitForURL(/\/sign-in\/code/);
  await tablet.getByRole("button", { name: "I don't have my phone" }).click();
  await giveCode(tablet, recoveryCodes[0] ?? "", "Recovery code");
  await tablet.waitForURL(/\/b\/anvaya-retail/);
  expect(await factorOf(email)).toMatchObject({ codes: "9" });
  await thief.getByRole("button", { name: "I don't have my phone" }).click();
  await giveCode(thief, recoveryCodes[0] ?? "", "Recovery code");
  await expect(thief.getByText("This is none of your recovery codes, or it was used already")).toBeVisible();
  expect(await countSessions(email)).toBe(2);

  // She sees both browsers, and signs the tablet out.
  await page.goto("/account");
  await expect(page.getByText("9 of 10 recovery codes left")).toBeVisible();
  const list = page.getByRole("region", { name: "Where you are signed in" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(list.getByRole("listitem").first()).toContainText("This browser");
  await list.getByRole("button", { name: /^Sign out Chrome/ }).click();
  await confirmPassword(page, "Sign out");
  await expect(list.getByRole("listitem")).toHaveCount(1);
  expect(await countSessions(email)).toBe(1);
  await tablet.reload();
  await tablet.waitForURL(/\/sign-in/);

  await page.getByRole("button", { name: "Turn off" }).click();
  await confirmPassword(page, "Turn off");
  await expect(page.getByRole("button", { name: "Set up" })).toBeVisible();
  expect(await factorOf(email)).toBeUndefined();
  await givePassword(tablet, email, PASSWORD);
  await tablet.waitForURL(/\/b\/anvaya-retail/);
});

test("a window can't be closed over recovery codes that are on their way", async ({ page, browser }) => {
  const email = await newPerson(page, await another(browser));
  await page.goto("/account");
  const dialog = page.getByRole("dialog");
  await expect(async () => {
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(dialog.getByLabel("Your password", { exact: true })).toBeFocused();
  await confirmPassword(page, "Continue");
  await expect(dialog.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const app = new Authenticator((await dialog.locator("code").textContent()) ?? "");
  await expect(dialog.getByLabel("The six digits that the app shows")).toBeFocused();

  /** Presses a button whose reply is slow, and closes the window before it comes. */
  const closeOver = async (path: string, press: () => Promise<void>) => {
    let arrive = () => {};
    const arriving = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route(path, async (route) => {
      const response = await route.fetch();
      await arriving;
      await route.fulfill({ response });
    });
    await press();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeVisible();
    arrive();
  };
  await dialog.getByLabel("The six digits that the app shows").fill(await app.newCode());
  await closeOver("**/two-factor/verify-totp", () => dialog.getByRole("button", { name: "Turn on" }).click());
  const codes = dialog.getByRole("list", { name: "Recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  const first = await codes.textContent();
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 of 10 recovery codes left")).toBeVisible();
  expect(await factorOf(email)).toMatchObject({ verified: true, codes: "10" });

  await page.getByRole("button", { name: "New recovery codes" }).click();
  await closeOver("**/two-factor/generate-backup-codes", () => confirmPassword(page, "Make new codes"));
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  expect(await codes.textContent()).not.toBe(first);
});

test("without an answer of the portal's a password stays as it was typed, and a wrong one goes", async ({ page }) => {
  await page.goto("/sign-in");
  const password = page.getByLabel("Password", { exact: true });
  const send = async () => {
    await page.getByLabel("E-mail address").fill("nobody@anvaya.example");
    await password.fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  };
  await page.route("**/api/auth/sign-in/email", (route) => route.abort());
  await expect(async () => {
    await send();
    await expect(page.getByText("The portal can't be reached just now")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(password).toHaveValue(PASSWORD);
  await page.unroute("**/api/auth/sign-in/email");
  await send();
  await expect(page.getByText("don't go together")).toBeVisible();
  await expect(password).toHaveValue("");
});

test("where the operator asks for two-step sign-in, nobody comes in without it, and no owner can take it back", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const email = await newPerson(page, await another(browser), "OWNER");
  const { portal, port } = await startSecondPortal(test.info().outputPath("portal.log"), { SECOND_FACTOR: "required" });
  try {
    const context = await browser.newContext({ baseURL: `http://localhost:${port}` });
    const strict = await context.newPage();
    await givePassword(strict, email, PASSWORD);
    // Whatever page is asked for, it is set up first.
    await strict.waitForURL(/\/account$/);
    await strict.goto("/b/anvaya-retail/bills");
    await strict.waitForURL(/\/account$/);
    await setUpHere(strict);
    expect(await factorOf(email)).toMatchObject({ verified: true });

    await strict.goto("/b/anvaya-retail/settings/people");
    const rule = strict.getByRole("region", { name: /^Two-step sign-in for everyone/ });
    await expect(rule).toContainText("Required");
    await expect(rule).toContainText("Whoever runs this portal asks it of everyone.");
    await expect(rule.getByRole("button")).toHaveCount(0);
    // The business itself has asked for nothing.
    expect(await rows("SELECT require_second_factor AS asks FROM business WHERE slug = 'anvaya-retail'")).toEqual([
      { asks: false },
    ]);
    await context.close();
  } finally {
    await portal.stop();
  }
});

test("passwords are masked until one asks, may be pasted, and are known to password managers", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/sign-in");
  const password = page.getByLabel("Password", { exact: true });
  await expect(page.getByLabel("E-mail address")).toHaveAttribute("autocomplete", "username webauthn");
  await expect(password).toHaveAttribute("autocomplete", "current-password");
  await expect(password).toHaveAttribute("type", "password");
  await page.evaluate(() => navigator.clipboard.writeText("pasted from a password manager"));
  await password.click();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(password).toHaveValue("pasted from a password manager");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");

  await signIn(page, PEOPLE.latha);
  await page.goto("/choose-password");
  await expect(page.getByLabel("New password", { exact: true })).toHaveAttribute("type", "password");
  await expect(page.getByLabel("New password", { exact: true })).toHaveAttribute("autocomplete", "new-password");
});
