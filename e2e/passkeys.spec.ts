import type { Page } from "@playwright/test";
import { another, confirmPassword, countSessions, newPerson, PASSWORD } from "./support/new-person";
import { startSecondPortal } from "./support/second-portal";
import { expect, test } from "./support/test";
import { givePassword, rows } from "./support/world";

/** A device that makes passkeys, and verifies its person whenever it is asked: Chromium's own, for tests. */
async function withAuthenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const verifies = (isUserVerified: boolean) =>
    cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  const kept = async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  return { verifies, kept };
}

/** The device takes what is suggested as soon as it is: a browser that suggests nothing leaves it to the button. */
const withoutSuggestions = (page: Page) =>
  page.addInitScript(() => {
    window.PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });

const passkeysOf = (email: string) =>
  rows<{ id: string; name: string; counter: string; used: boolean }>(
    `SELECT passkey.id, passkey.name, counter, last_used_at IS NOT NULL AS used
       FROM passkey JOIN app_user ON app_user.id = user_id WHERE email = $1 ORDER BY passkey.id`,
    email,
  );

const sessionsBehind = async (id: string) => (await rows("SELECT 1 FROM session WHERE passkey_id = $1", id)).length;

const card = (page: Page) => page.getByRole("region", { name: "Passkeys" });

async function addPasskey(page: Page, name: string): Promise<void> {
  await expect(async () => {
    await card(page).getByRole("button", { name: "Add a passkey" }).click();
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await confirmPassword(page, "Continue");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Name")).toHaveValue(/Chrome on/);
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create passkey" }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await page.waitForURL(/\/sign-in/);
}

const signInButton = (page: Page) => page.getByRole("button", { name: "Sign in with a passkey" });

test("a passkey is added, signs in without address and code, is renamed and removed, and is refused afterwards", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await withoutSuggestions(page);
  const device = await withAuthenticator(page);
  const email = await newPerson(page, await another(browser));
  const elsewhere = await another(browser);
  await givePassword(elsewhere, email, PASSWORD);
  await elsewhere.waitForURL(/\/b\/anvaya-retail/);

  await page.goto("/account");
  await addPasskey(page, "Office laptop");
  const item = card(page).getByRole("listitem");
  await expect(item).toContainText("Office laptop");
  await expect(item).toContainText("not used yet");
  const [added] = await passkeysOf(email);
  expect(added).toMatchObject({ name: "Office laptop", used: false });
  expect(await sessionsBehind(added?.id ?? "")).toBe(1);
  // What one signs in with has changed: the other browser begins anew.
  expect(await countSessions(email)).toBe(1);
  await elsewhere.reload();
  await elsewhere.waitForURL(/\/sign-in/);
  expect(await device.kept()).toMatchObject([{ isResidentCredential: true, rpId: "localhost", userName: email }]);

  await signOut(page);
  expect(await countSessions(email)).toBe(0);
  await page.goto("/sign-in?next=/b/anvaya-retail/bills");
  await expect(async () => {
    await signInButton(page).click();
    await page.waitForURL((url) => url.pathname === "/b/anvaya-retail/bills", { timeout: 5_000 });
  }).toPass();
  const [used] = await passkeysOf(email);
  expect(used).toMatchObject({ id: added?.id, used: true });
  expect(Number(used?.counter)).toBeGreaterThan(Number(added?.counter));
  expect(await sessionsBehind(added?.id ?? "")).toBe(1);

  await page.goto("/account");
  await expect(item).toContainText("last used");
  await expect(async () => {
    await page.getByRole("button", { name: "Rename Office laptop" }).click();
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("dialog").getByLabel("Name").fill("Laptop at home");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(item).toContainText("Laptop at home");
  expect(await passkeysOf(email)).toMatchObject([{ id: added?.id, name: "Laptop at home" }]);

  await page.getByRole("button", { name: "Remove Laptop at home" }).click();
  await confirmPassword(page, "Remove");
  // A window hides what is behind it, from whoever listens too.
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(item).toHaveCount(0);
  expect(await passkeysOf(email)).toEqual([]);
  await signOut(page);
  // The device still has it.
  expect(await device.kept()).toHaveLength(1);
  await expect(async () => {
    await signInButton(page).click();
    await expect(page.getByText("This passkey doesn't sign in here")).toBeVisible({ timeout: 5_000 });
  }).toPass();
  expect(await countSessions(email)).toBe(0);
  await givePassword(page, email, PASSWORD);
  await page.waitForURL(/\/b\/anvaya-retail/);
});

test("a passkey is among what the browser suggests for the e-mail address", async ({ page, browser }) => {
  const device = await withAuthenticator(page);
  const email = await newPerson(page, await another(browser));
  await page.goto("/account");
  await addPasskey(page, "Telephone");
  await expect(card(page).getByRole("listitem")).toContainText("Telephone");
  // Whoever doesn't take it up signs in with their password, and isn't told of it.
  await device.verifies(false);
  await signOut(page);
  await givePassword(page, email, PASSWORD);
  await page.waitForURL(/\/b\/anvaya-retail/);
  expect(await passkeysOf(email)).toMatchObject([{ used: false }]);

  await device.verifies(true);
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await page.waitForURL(/\/b\/anvaya-retail/);
  expect(await passkeysOf(email)).toMatchObject([{ used: true }]);
  expect(await countSessions(email)).toBe(1);
});

test("a sign-in page that stands open asks anew before what it waits with has run out", async ({ page }) => {
  await page.clock.install();
  const asking = () => page.waitForRequest("**/api/auth/passkey/sign-in-options");
  const first = asking();
  await page.goto("/sign-in");
  await first;
  const second = asking();
  await page.clock.fastForward("04:30");
  await second;
});

test("whoever gives no passkey is told so gently, and nothing else of theirs is lost", async ({ page }) => {
  await withoutSuggestions(page);
  // A device on which the person can't be verified.
  const device = await withAuthenticator(page);
  await device.verifies(false);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill("meera@anvaya.example");
  await expect(async () => {
    await signInButton(page).click();
    await expect(page.getByText("No passkey was given.")).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await expect(page.getByLabel("E-mail address")).toHaveValue("meera@anvaya.example");
  await expect(page).toHaveURL(/\/sign-in$/);
});

test("where two-step sign-in is asked for, a passkey is enough", async ({ page, browser }) => {
  test.setTimeout(120_000);
  const email = await newPerson(page, await another(browser));
  const { portal, port } = await startSecondPortal(test.info().outputPath("portal.log"), { SECOND_FACTOR: "required" });
  try {
    const context = await browser.newContext({ baseURL: `http://localhost:${port}` });
    const strict = await context.newPage();
    await withAuthenticator(strict);
    await withoutSuggestions(strict);
    await givePassword(strict, email, PASSWORD);
    await strict.waitForURL(/\/account$/);
    await expect(strict.getByText("Set it up here once, or add a passkey, and you are in.")).toBeVisible();
    await addPasskey(strict, "Laptop");
    await expect(card(strict).getByRole("listitem")).toContainText("Laptop");
    await strict.goto("/b/anvaya-retail/bills");
    await expect(strict).toHaveURL(/\/b\/anvaya-retail\/bills/);

    // By the password alone they stay outside, and are told of the other way.
    await strict.goto("/account");
    await signOut(strict);
    await givePassword(strict, email, PASSWORD);
    await strict.waitForURL(/\/account$/);
    await expect(strict.getByText("Sign out and in again with your passkey")).toBeVisible();
    for (const name of ["Add a passkey", "Remove Laptop", "Set up"])
      await expect(strict.getByRole("button", { name })).toBeHidden();
    await signOut(strict);
    await expect(async () => {
      await signInButton(strict).click();
      await strict.waitForURL(/\/b\/anvaya-retail/, { timeout: 5_000 });
    }).toPass();
    expect(await passkeysOf(email)).toMatchObject([{ used: true }]);
    await context.close();
  } finally {
    await portal.stop();
  }
});

test("at another address than the portal's own, for which no browser makes passkeys, none is offered", async ({
  page,
  baseURL,
}) => {
  await page.goto("/sign-in");
  await expect(signInButton(page)).toBeVisible();
  await page.goto(`${baseURL?.replace("localhost", "127.0.0.1")}/sign-in`);
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  await expect(signInButton(page)).toHaveCount(0);
});
