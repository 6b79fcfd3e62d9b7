import type { Locator } from "@playwright/test";
import { holdPages } from "./support/steps";
import { expect, test } from "./support/test";
import { PEOPLE, rows, signIn } from "./support/world";

const AT = "/b/anvaya-retail/parties";

/** A supplier of its own for a test, which lives on no platform. */
async function newParty(name: string, b2bId: string, account: string | null): Promise<void> {
  await rows(
    `INSERT INTO counterparty (business_id, b2b_id, name, bank_account_number, bank_ifsc)
     SELECT id, $1, $2, $3, CASE WHEN $3::text IS NULL THEN NULL ELSE 'HDFC0001234' END FROM business WHERE slug = 'anvaya-retail'`,
    b2bId,
    name,
    account,
  );
}

/** Types again what may have been typed before the page's scripts ran: the same text twice would be no change. */
async function retype(field: Locator, text: string): Promise<void> {
  await field.fill("");
  await field.fill(text);
}

const accountOf = async (b2bId: string) =>
  (
    await rows<{ number: string | null; ifsc: string | null }>(
      "SELECT bank_account_number AS number, bank_ifsc AS ifsc FROM counterparty WHERE b2b_id = $1",
      b2bId,
    )
  )[0];

test("a supplier's account is corrected, and everyone is told", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 8).toUpperCase();
  const [name, b2bId] = [`Foo Traders ${mark}`, `FOO${mark}@BCB`];
  await newParty(name, b2bId, "001122335678");
  await signIn(page, PEOPLE.ravi);
  await page.goto(AT);
  // The search does nothing before the page's scripts run.
  await expect(async () => {
    await retype(page.getByRole("searchbox", { name: "Search name, B2B ID or GSTIN" }), mark);
    await expect(page).toHaveURL(/q=/, { timeout: 1_000 });
  }).toPass();
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row).toContainText("••••5678");
  await expect(row).not.toContainText("001122335678");
  await row.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();

  await page.getByRole("link", { name: "Correct details" }).click();
  const save = page.getByRole("button", { name: "Save" });
  const again = page.getByRole("textbox", { name: "Account number again" });
  await expect(async () => {
    await retype(page.getByRole("textbox", { name: /^Account number \(/ }), "9988 7766 1234");
    await expect(again).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await again.fill("998877661243");
  await save.click();
  await expect(again).toHaveAttribute("aria-invalid", "true");
  expect(await accountOf(b2bId)).toEqual({ number: "001122335678", ifsc: "HDFC0001234" });
  await again.fill("998877661234");
  await page.getByRole("textbox", { name: "IFSC" }).fill("icic0000009");
  await save.click();

  await page.waitForURL(new RegExp(`/parties/${encodeURIComponent(b2bId)}$`));
  await expect(page.getByText("998877661234")).toBeVisible();
  await expect(page.getByText(/^This account was changed on .* by Ravi/)).toBeVisible();
  expect(await accountOf(b2bId)).toEqual({ number: "998877661234", ifsc: "ICIC0000009" });
  await page.goto("/b/anvaya-retail/activity");
  await page.getByRole("link", { name: `Changed ${name}'s account from ••••5678 to ••••1234` }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
});

test("a supplier on Chukta keeps its own details", async ({ page }) => {
  const [kaveri] = await rows<{ id: string }>("SELECT b2b_id AS id FROM business WHERE slug = 'kaveri-metals'");
  const href = `${AT}/${encodeURIComponent(kaveri?.id ?? "")}`;
  await signIn(page, PEOPLE.ravi);
  await page.goto(href);
  await expect(page.getByText(/is on Chukta and keeps these details itself/)).toBeVisible();
  // What the link counts is what it lists.
  await expect(page.getByRole("link", { name: /open bills?$/ })).toHaveAttribute("href", /&due=open$/);
  await expect(page.getByRole("link", { name: "Correct details" })).toHaveCount(0);
  await page.goto(`${href}/edit`);
  await page.waitForURL(new RegExp(`/parties/${encodeURIComponent(kaveri?.id ?? "")}$`));
});

test("what was typed of one supplier never goes to another, whom the bill is then for", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 8).toUpperCase();
  const [name, b2bId] = [`0 Known ${mark}`, `KNOWN${mark}@BCB`];
  await newParty(name, b2bId, null);
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills/new");
  const supplier = page.getByLabel("Supplier", { exact: true });
  await expect(supplier.getByRole("option", { name })).toBeAttached();
  await page.getByLabel("The supplier's B2B ID").fill(`NEW${mark}@BCB`);
  await page.getByLabel("The supplier's name").fill("Somebody New");
  await page.getByLabel("Account number").fill("998877661234");
  await page.getByLabel("IFSC").fill("HDFC");
  await page.getByLabel("UPI address").fill("new@bank");
  await supplier.selectOption({ label: name });
  await expect(page.getByLabel("The supplier's name")).toHaveValue(name);

  // Typed over: the name belongs to the one before.
  await page.getByLabel("The supplier's B2B ID").fill(`${b2bId}2`);
  await expect(page.getByLabel("The supplier's name")).toHaveValue("");
  await expect(page.getByLabel("Account number")).toHaveValue("");
  await page.getByLabel("Account number").fill("998877661234");
  await page.getByLabel("IFSC").fill("HDFC");
  await page.getByLabel("The supplier's B2B ID").fill(b2bId);
  await expect(page.getByLabel("The supplier's name")).toHaveValue(name);
  const number = `OTHER/${mark}`;
  await page.getByLabel("Invoice number").fill(number);
  await page.getByLabel("Amount, with GST").fill("500");
  await page.getByRole("button", { name: "Add bill" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(number);
  expect(await accountOf(b2bId)).toEqual({ number: null, ifsc: null });
});

test("a supplier beyond those in the list is found by a part of the name, and by the B2B ID", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 8).toUpperCase();
  const [name, b2bId] = [`Zwingli Traders ${mark}`, `ZW${mark}@BCB`];
  await newParty(name, b2bId, "001122335678");
  // As with a business that has more suppliers than the list holds.
  await page.route(/\/counterparties\?side=payable$/, (route) =>
    route.continue({ url: `${route.request().url()}&limit=2` }),
  );
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills/new");
  await expect(page.getByText("The first 2 by name.")).toBeVisible();
  const field = page.getByLabel("The supplier's B2B ID");
  await field.fill(mark.toLowerCase());
  await page.getByRole("button", { name: `${name} (${b2bId})` }).click();
  await expect(field).toHaveValue(b2bId);
  await expect(field).toBeFocused();
  await expect(page.getByLabel("The supplier's name")).toHaveValue(name);
  await field.fill("");
  await expect(page.getByLabel("The supplier's name")).toHaveValue("");
  await field.fill(b2bId);
  await expect(page.getByLabel("The supplier's name")).toHaveValue(name);
  await expect(page.getByLabel("Account number")).toHaveCount(0);
});

test("a correction that was begun is there again after a reload, and gone once it is saved", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 8).toUpperCase();
  const b2bId = `QUX${mark}@BCB`;
  await newParty(`Qux ${mark}`, b2bId, null);
  await signIn(page, PEOPLE.ravi);
  const at = `${AT}/${encodeURIComponent(b2bId)}/edit`;
  await page.goto(at);
  const [number, again] = [
    page.getByRole("textbox", { name: /^Account number \(/ }),
    page.getByRole("textbox", { name: "Account number again" }),
  ];
  await expect(async () => {
    await retype(number, "998877661234");
    await expect(again).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await again.fill("998877661234");
  await page.getByRole("textbox", { name: "IFSC" }).fill("HDFC0001234");
  await page.reload();
  await expect(page.getByText("This correction was begun before")).toBeVisible();
  await expect(number).toHaveValue("998877661234");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: `Qux ${mark}`, level: 1, exact: true })).toBeVisible();
  expect(await accountOf(b2bId)).toEqual({ number: "998877661234", ifsc: "HDFC0001234" });
  await page.goto(at);
  await expect(number).toHaveValue("998877661234");
  await expect(page.getByText("This correction was begun before")).toBeHidden();
});

test("a correction is saved once however often one presses, and the way back leads to the form as it was saved", async ({
  page,
}) => {
  const mark = crypto.randomUUID().slice(0, 8).toUpperCase();
  const b2bId = `BAZ${mark}@BCB`;
  await newParty(`Baz ${mark}`, b2bId, null);
  await signIn(page, PEOPLE.ravi);
  await page.goto(`${AT}/${encodeURIComponent(b2bId)}`);
  await page.getByRole("link", { name: "Correct details" }).click();
  const vpa = page.getByRole("textbox", { name: "UPI address" });
  await retype(vpa, "baz@bank");

  const saves: string[] = [];
  page.on("request", (sent) => sent.method() === "PATCH" && saves.push(sent.url()));
  const goOn = await holdPages(page);
  const save = page.getByRole("button", { name: "Save" });
  await save.click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await save.click({ force: true });
  await page.keyboard.press("Enter");
  goOn();
  await expect(page.getByRole("heading", { name: `Baz ${mark}`, level: 1, exact: true })).toBeVisible();
  expect(saves).toHaveLength(1);

  await page.goBack();
  await expect(vpa).toHaveValue("baz@bank");
  await retype(vpa, "baz@other");
  await save.click();
  await expect(page.getByRole("heading", { name: `Baz ${mark}`, level: 1, exact: true })).toBeVisible();
});
