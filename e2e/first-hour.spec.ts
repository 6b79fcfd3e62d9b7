import { expect, test } from "./support/test";
import { PEOPLE, rows, signIn } from "./support/world";

const SLUG = "first-hour";
/** Another one, whose first bills come from a file. */
const EMPTY = { slug: "first-import", name: "First Import", b2bId: "27AAACF0002A1Z3@BCB" };
const OWNER = `(SELECT id FROM app_user WHERE email = '${PEOPLE.asha}')`;
const idOf = (slug: string) => `(SELECT id FROM business WHERE slug = '${slug}')`;
const BUSINESS = idOf(SLUG);

test.beforeAll(async () => {
  for (const { slug, name, b2bId } of [{ slug: SLUG, name: "First Hour", b2bId: "27AAACF0001A1Z5@BCB" }, EMPTY]) {
    await rows(
      `INSERT INTO business (id, slug, b2b_id, legal_name, trade_name, geocode, updated_at)
       VALUES (gen_random_uuid(), '${slug}', '${b2bId}', '${name} Private Limited', '${name}', '19.0760,72.8777', now())
       ON CONFLICT DO NOTHING`,
    );
    await rows(
      `INSERT INTO membership (business_id, user_id, role) VALUES (${idOf(slug)}, ${OWNER}, 'OWNER') ON CONFLICT DO NOTHING`,
    );
  }
});

// Where "/" leads, and what a tab is called, depends on how many one has.
test.afterAll(async () => {
  for (const slug of [SLUG, EMPTY.slug]) await rows(`DELETE FROM membership WHERE business_id = ${idOf(slug)}`);
});

test("once a file is imported the way back to home doesn't say to begin", async ({ page }) => {
  await signIn(page, PEOPLE.asha);
  await page.goto(`/b/${EMPTY.slug}`);
  const begin = page.getByRole("region", { name: "Begin here" });
  await begin.getByRole("link", { name: "Import bills" }).click();
  const cells = [
    "Bill no,B2B ID,Supplier,Bill date,Due date,Amount",
    "FI/1,27AAPFU0939F1ZV@BCB,Udyan,01-11-2026,01-12-2026,500",
  ];
  const add = page.getByRole("button", { name: "Add 1 bill" });
  await expect(async () => {
    const buffer = Buffer.from(cells.join("\r\n"));
    await page.getByLabel("Choose a file").setInputFiles({ name: "register.csv", mimeType: "text/csv", buffer });
    await expect(add).toBeEnabled({ timeout: 3_000 });
  }).toPass();
  await add.click();
  await expect(page.getByRole("status").filter({ hasText: "1 bill added" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: EMPTY.name })).toBeVisible();
  await expect(begin).toBeHidden();
});

test("a business whose books are empty is told where to begin, until it has a bill", async ({ page }) => {
  await signIn(page, PEOPLE.asha);
  await page.goto(`/b/${SLUG}`);
  const begin = page.getByRole("region", { name: "Begin here" });
  for (const name of ["Import bills", "Raise an invoice", "Import invoices", "Add people", "Create an API key"])
    await expect(begin.getByRole("link", { name })).toBeVisible();

  // Whoever asks for paid ones too has not searched: there are no words to try others of.
  await page.goto(`/b/${SLUG}/bills`);
  await expect(async () => {
    await page.getByRole("button", { name: "Show paid bills" }).click();
    await expect(page.getByText("No bills yet")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByText("No bills match")).toBeHidden();
  await expect(page.locator(":focus")).toHaveAccessibleName("Bills");

  await page.goto(`/b/${SLUG}`);
  await begin.getByRole("link", { name: "Add a bill" }).click();
  await page.getByLabel("The supplier's B2B ID").fill("27AAPFU0939F1ZV@BCB");
  await page.getByLabel("The supplier's name").fill("Udyan Traders");
  await page.getByLabel("Invoice number").fill("UT/1");
  await page.getByLabel("Amount, with GST").fill("₹ 1,23,456.50");
  await page.getByRole("button", { name: "Add bill" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("UT/1");
  expect(await rows(`SELECT total FROM invoice WHERE business_id = ${BUSINESS}`)).toEqual([{ total: "12345650" }]);
  await page.goto(`/b/${SLUG}`);
  await expect(page.getByRole("heading", { level: 1, name: "First Hour" })).toBeVisible();
  await expect(begin).toBeHidden();
});
