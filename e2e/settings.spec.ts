import { openSettings } from "./support/steps";
import { expect, test } from "./support/test";
import { choosePassword, givePassword, PEOPLE, rows, signIn } from "./support/world";

const PASSWORD = "neem tractor eleven clouds";

const roleOf = async (email: string) =>
  (
    await rows<{ role: string }>(
      `SELECT role FROM membership JOIN app_user ON app_user.id = user_id JOIN business ON business.id = business_id
        WHERE email = $1 AND slug = 'anvaya-retail'`,
      email,
    )
  )[0]?.role;

test("an owner lets a person in, changes what they may do, and takes them out again", async ({ page, browser }) => {
  const email = `${crypto.randomUUID().slice(0, 8)}@anvaya.example`;
  const name = `Kiran ${email.slice(0, 4)}`;
  await signIn(page, PEOPLE.asha);
  await openSettings(page, "people", "Add a person");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add person" }).click();
  await expect(dialog.getByRole("textbox", { name: "E-mail address" })).toHaveAttribute("aria-invalid", "true");
  await dialog.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("radio", { name: "Viewer" }).check();
  await dialog.getByRole("button", { name: "Add person" }).click();
  await expect(dialog.getByText("Copy it now: it is not shown again")).toBeVisible();
  const firstPassword = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByRole("row", { name: new RegExp(email) })).toContainText("Not signed in yet");
  expect(await roleOf(email)).toBe("VIEWER");

  const person = await (await browser.newContext()).newPage();
  await givePassword(person, email, firstPassword);
  await person.waitForURL(/\/choose-password/);
  await person.getByLabel("Current password").fill(firstPassword);
  await choosePassword(person, PASSWORD);
  await person.waitForURL(/\/b\/anvaya-retail/);
  await person.goto("/b/anvaya-retail/bills");
  await expect(person.getByRole("heading", { name: "Bills" })).toBeVisible();
  await expect(person.getByRole("link", { name: "Add a bill" })).toBeHidden();

  const menu = page.getByRole("button", { name: `Change or remove ${name}` });
  await menu.click();
  await page.getByRole("menuitem", { name: "Change role" }).click();
  await dialog.getByRole("radio", { name: "Finance" }).check();
  await dialog.getByRole("button", { name: "Save role" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row", { name: new RegExp(email) })).toContainText("Pays bills");
  expect(await roleOf(email)).toBe("FINANCE");
  await person.reload();
  await expect(person.getByRole("link", { name: "Add a bill" })).toBeVisible();

  await menu.click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(`${name} is no longer in this business.`)).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(email) })).toBeHidden();
  expect(await roleOf(email)).toBeUndefined();
  // Their sign-in is their own and stays; of this business there is nothing any more, at once.
  expect(await person.evaluate(async () => (await fetch("/api/v1/businesses/anvaya-retail/home")).status)).toBe(404);
  await person.reload();
  await expect(person.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await person.context().close();
});

test("by keyboard: a window begins at its first field, and the focus goes back to where it was", async ({ page }) => {
  const email = `${crypto.randomUUID().slice(0, 8)}@anvaya.example`;
  await signIn(page, PEOPLE.asha);
  await openSettings(page, "people", "Add a person");
  const dialog = page.getByRole("dialog");
  const add = page.getByRole("button", { name: "Add a person" });
  await expect(dialog.getByRole("textbox", { name: "E-mail address" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(add).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type(email);
  await dialog.getByRole("textbox", { name: "Name" }).fill("Keyboard");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Copy it now: it is not shown again")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(add).toBeFocused();

  // Out of a menu: back to the button that it hangs from.
  const menu = page.getByRole("row", { name: new RegExp(email) }).getByRole("button");
  const choose = async (item: string) => {
    await menu.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: item }).press("Enter");
  };
  await choose("Change role");
  await expect(dialog.getByRole("radio", { name: "Finance" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
  await choose("Remove");
  await expect(page.getByRole("alertdialog").getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(menu).toBeFocused();

  // Gone with its row: on from the list.
  await choose("Remove");
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).press("Enter");
  await expect(menu).toBeHidden();
  const isAtTheList = () =>
    page.evaluate(() => {
      const place = document.activeElement;
      return place !== document.body && place?.contains(document.querySelector("table"));
    });
  await expect.poll(isAtTheList).toBe(true);
  expect(await roleOf(email)).toBeUndefined();
});

test("the heading of a list of Settings has its card's round corners", async ({ page }) => {
  await signIn(page, PEOPLE.asha);
  for (const name of ["people", "api-keys"]) {
    await page.goto(`/b/anvaya-retail/settings/${name}`);
    const heading = page.getByRole("columnheader", { name: "Name" });
    await expect(heading, name).toHaveCSS("border-top-left-radius", "12px");
    const actions = page.getByRole("table").first().getByRole("columnheader", { name: "Actions" });
    await expect(actions, name).toHaveCSS("border-top-right-radius", "12px");
  }
});

test("on a phone a name in one long word stays on the page, and its window on the screen", async ({ page }) => {
  const email = `${"somebody.of.accounts.".repeat(2)}${crypto.randomUUID().slice(0, 8)}@a-very-long-company-name.example`;
  const name = "VenkatanarasimharajuvaripetaSubrahmanyamRamachandranIyengar";
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, PEOPLE.asha);
  await openSettings(page, "people", "Add a person");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Add person" }).click();
  await expect(dialog.getByText("Copy it now: it is not shown again")).toBeVisible();
  const spill = (place: Element) => place.scrollWidth - place.clientWidth;
  expect(await dialog.getByText("Give them this password").evaluate(spill), "pixels out of the window").toBe(0);
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  const row = page.getByRole("row", { name: new RegExp(email) });
  await expect(row).toContainText(name);
  expect(await page.locator("html").evaluate(spill), "pixels out of the page").toBe(0);
  await row.getByRole("button").click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(`${name} is no longer in this business.`)).toBeVisible();
  expect(await roleOf(email)).toBeUndefined();
});

test("someone who has an account joins by the code that an owner tells them, and their own owner can't take it over", async ({
  page,
  browser,
}) => {
  await signIn(page, PEOPLE.asha);
  await openSettings(page, "people", "Add a person");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "E-mail address" }).fill(PEOPLE.suresh);
  await dialog.getByRole("radio", { name: "Viewer" }).check();
  await dialog.getByRole("button", { name: "Add person" }).click();
  await expect(dialog.getByRole("heading", { name: `${PEOPLE.suresh} is invited` })).toBeVisible();
  // A day alone would be taken for all of it.
  const until = /good until \d+ \w+ \d{4}, \d+:\d\d [ap]m IST/;
  await expect(dialog).toContainText(until);
  const code = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  const row = page.getByRole("row", { name: new RegExp(PEOPLE.suresh) });
  await expect(row).toContainText("by Asha");
  await expect(row).toContainText(until);
  expect(await roleOf(PEOPLE.suresh)).toBeUndefined();

  const person = await (await browser.newContext()).newPage();
  await signIn(person, PEOPLE.suresh);
  await person.goto("/account");
  const card = person.getByRole("region", { name: "Anvaya Retail invites you" });
  await expect(async () => {
    await card.getByLabel("Code to join with").fill("abcd-efgh-jkmn-pqrs");
    await card.getByRole("button", { name: "Join Anvaya Retail" }).click();
    await expect(card.getByText("That isn't the code")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await card.getByLabel("Code to join with").fill(code.toUpperCase());
  await card.getByRole("button", { name: "Join Anvaya Retail" }).click();
  await person.waitForURL(/\/b\/anvaya-retail/);
  expect(await roleOf(PEOPLE.suresh)).toBe("VIEWER");

  // Now in two businesses: neither's owner may give the account a password.
  await page.reload();
  await expect(async () => {
    await page.getByRole("button", { name: "Change or remove Suresh" }).click();
    await expect(page.getByRole("menuitem", { name: "New first password" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("menuitem", { name: "New first password" }).click();
  const asking = page.getByRole("alertdialog");
  await asking.getByRole("button", { name: "Make a new password" }).click();
  await expect(asking.getByText("isn't this business's alone")).toBeVisible();
  await asking.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Change or remove Suresh" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(row).toBeHidden();
  await person.context().close();
});

test("an owner gives someone who forgot their password a new first one", async ({ page, browser }) => {
  const email = `${crypto.randomUUID().slice(0, 8)}@anvaya.example`;
  await signIn(page, PEOPLE.asha);
  await openSettings(page, "people", "Add a person");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await dialog.getByRole("textbox", { name: "Name" }).fill("Forgetful");
  await dialog.getByRole("button", { name: "Add person" }).click();
  const first = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await page
    .getByRole("row", { name: new RegExp(email) })
    .getByRole("button")
    .click();
  await page.getByRole("menuitem", { name: "New first password" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Make a new password" }).click();
  await expect(dialog.getByRole("heading", { name: "Forgetful has a new password" })).toBeVisible();
  const second = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();

  const person = await (await browser.newContext()).newPage();
  await givePassword(person, email, first);
  await expect(person.getByRole("alert").filter({ hasText: "password" })).toBeVisible();
  await givePassword(person, email, second);
  await person.waitForURL(/\/choose-password/);
  await person.context().close();
});

test("what an owner has decided on two-step sign-in is there on the way back to the page", async ({ page }) => {
  // As if she had set it up: else she would be led to do so at once.
  await signIn(page, PEOPLE.asha);
  const hasSetUp = (is: boolean) =>
    rows("UPDATE app_user SET two_factor_enabled = $1 WHERE email = $2", is, PEOPLE.asha);
  await hasSetUp(true);
  try {
    await page.goto("/b/anvaya-retail/settings/people");
    await page.waitForLoadState("networkidle");
    const rule = page.getByRole("region", { name: "Two-step sign-in for everyone" });
    await rule.getByRole("button", { name: "Require it" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Require it" }).click();
    await expect(rule.getByText("Required", { exact: true })).toBeVisible();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "API keys" }).click();
    await expect(page.getByRole("heading", { name: "API keys", level: 1 })).toBeVisible();
    await page.goBack();
    await expect(rule.getByRole("button", { name: "Don't require it" })).toBeVisible();
  } finally {
    await rows("UPDATE business SET require_second_factor = false WHERE slug = 'anvaya-retail'");
    await hasSetUp(false);
  }
});
