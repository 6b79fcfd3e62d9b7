import { expect, test } from "./support/test";
import { PEOPLE, rows, signIn } from "./support/world";

const SLUG = "first-hour";
const OWNER = `(SELECT id FROM app_user WHERE email = '${PEOPLE.asha}')`;
const BUSINESS = `(SELECT id FROM business WHERE slug = '${SLUG}')`;

test.beforeAll(async () => {
  await rows(
    `INSERT INTO business (id, slug, b2b_id, legal_name, trade_name, geocode, updated_at)
     VALUES (gen_random_uuid(), '${SLUG}', '27AAACF0001A1Z5@BCB', 'First Hour Private Limited', 'First Hour', '19.0760,72.8777', now())
     ON CONFLICT DO NOTHING`,
  );
  await rows(
    `INSERT INTO membership (business_id, user_id, role) VALUES (${BUSINESS}, ${OWNER}, 'OWNER') ON CONFLICT DO NOTHING`,
  );
});

// Where "/" leads, and what a tab is called, depends on how many one has.
test.afterAll(async () => {
  await rows(`DELETE FROM membership WHERE business_id = ${BUSINESS}`);
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
