import { openSettings } from "./support/steps";
import { expect, test } from "./support/test";
import { choosePassword, givePassword, PEOPLE, rows, signIn } from "./support/world";

test("an API key is shown once, works, and works no longer once it is revoked", async ({ page, request }) => {
  const name = `Tally ${crypto.randomUUID().slice(0, 8)}`;
  await signIn(page, PEOPLE.asha);
  await openSettings(page, "api-keys", "Create a key");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("Copy it now: it is not shown again")).toBeVisible();
  const key = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await page.reload();
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row).toContainText(`chk_…${key.slice(-4)}`);
  expect(await page.content()).not.toContain(key);

  const ask = async () =>
    (
      await request.get("/api/v1/businesses/anvaya-retail/invoices?side=payable", {
        headers: { authorization: `Bearer ${key}` },
      })
    ).status();
  expect(await ask()).toBe(200);

  await expect(async () => {
    await row.getByRole("button", { name: `Revoke ${name}` }).click();
    await expect(page.getByRole("alertdialog")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke key" }).click();
  await expect(row).toContainText("Revoked");
  expect(await ask()).toBe(401);
  const [kept] = await rows<{ revoked: boolean; whole: boolean }>(
    "SELECT revoked_at IS NOT NULL AS revoked, to_jsonb(api_key)::text LIKE '%' || $2 || '%' AS whole FROM api_key WHERE name = $1",
    name,
    key,
  );
  expect(kept).toEqual({ revoked: true, whole: false });
});

test("a new API key is shown at once, also where the list of keys can't be read again", async ({ page }) => {
  const name = `Stalled ${crypto.randomUUID().slice(0, 8)}`;
  await signIn(page, PEOPLE.asha);
  await openSettings(page, "api-keys", "Create a key");
  // The reply comes, and then the connection stalls.
  await page.route("**/api-keys", (route) => (route.request().method() === "GET" ? undefined : route.continue()));
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("Copy it now: it is not shown again")).toBeVisible();
  await page.unroute("**/api-keys");
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await page.reload();

  // What failed is not said any more when one asks again.
  const revoke = page.getByRole("button", { name: `Revoke ${name}` });
  const asking = page.getByRole("alertdialog");
  await page.route("**/api-keys/*", (route) => route.abort());
  await expect(async () => {
    await revoke.click();
    await expect(asking).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await asking.getByRole("button", { name: "Revoke key" }).click();
  await expect(asking.getByText("The portal can't be reached just now")).toBeVisible();
  await asking.getByRole("button", { name: "Cancel" }).click();
  await page.unroute("**/api-keys/*");
  await revoke.click();
  await expect(asking).toBeVisible();
  await expect(asking.getByText("The portal can't be reached just now")).toBeHidden();
  await asking.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText(`The key “${name}” no longer works.`)).toBeVisible();
  const [kept] = await rows<{ revoked: boolean }>(
    "SELECT revoked_at IS NOT NULL AS revoked FROM api_key WHERE name = $1",
    name,
  );
  expect(kept).toEqual({ revoked: true });
});

test("whoever removes a person is told which API keys of theirs go on working", async ({ page, browser, request }) => {
  const email = `${crypto.randomUUID().slice(0, 8)}@anvaya.example`;
  const [name, kept, ended] = [`Nisha ${email.slice(0, 4)}`, `Kept ${email.slice(0, 4)}`, `Ended ${email.slice(0, 4)}`];
  await signIn(page, PEOPLE.asha);
  const origin = new URL(page.url()).origin;
  const people = `${origin}/api/v1/businesses/anvaya-retail/members`;
  const added = await page.request.post(people, { headers: { origin }, data: { email, name, role: "OWNER" } });
  const { firstPassword } = (await added.json()) as { firstPassword: string };
  const person = await (await browser.newContext()).newPage();
  await givePassword(person, email, firstPassword);
  await person.getByLabel("Current password").fill(firstPassword);
  await choosePassword(person, "neem tractor eleven clouds");
  await person.waitForURL(/\/b\/anvaya-retail/);
  const keys = `${origin}/api/v1/businesses/anvaya-retail/api-keys`;
  const make = async (keyName: string) => {
    const data = { id: crypto.randomUUID(), name: keyName };
    const made = await person.request.post(keys, { headers: { origin }, data });
    return { id: data.id, text: ((await made.json()) as { keyText: string }).keyText };
  };
  const working = await make(kept);
  const { id } = await make(ended);
  expect((await person.request.delete(`${keys}/${id}`, { headers: { origin } })).ok()).toBe(true);
  await person.context().close();

  await page.goto("/b/anvaya-retail/settings/people");
  await expect(async () => {
    await page.getByRole("button", { name: `Change or remove ${name}` }).click();
    await expect(page.getByRole("menuitem", { name: "Remove" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  const asking = page.getByRole("alertdialog", { name: `Remove ${name}?` });
  await expect(asking.getByText(`${name} made “${kept}”.`)).toBeVisible();
  await expect(asking).not.toContainText(ended);
  await asking.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(`${name} is no longer in this business.`)).toBeVisible();
  const bills = await request.get("/api/v1/businesses/anvaya-retail/invoices?side=payable", {
    headers: { authorization: `Bearer ${working.text}` },
  });
  expect(bills.status()).toBe(200);
});
