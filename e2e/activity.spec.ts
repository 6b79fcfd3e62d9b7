import { saveExport, textOf } from "./support/export";
import { expect, test } from "./support/test";
import { PEOPLE, rows, signIn } from "./support/world";

const WHERE = "business_id = (SELECT id FROM business WHERE slug = 'anvaya-retail')";

test("an owner sees who did what, by person and by kind, as a file too; and home tells what happened last", async ({
  page,
}) => {
  const keyName = `Ledger ${crypto.randomUUID().slice(0, 8)}`;
  await signIn(page, PEOPLE.asha);
  const id = crypto.randomUUID();
  const made = await page.evaluate(
    async (body) =>
      (
        await fetch("/api/v1/businesses/anvaya-retail/api-keys", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        })
      ).status,
    { id, name: keyName },
  );
  expect(made).toBe(201);
  const [event] = await rows<{ action: string; actor: string }>(
    `SELECT action, actor_name AS actor FROM audit_event WHERE ${WHERE} AND subject_id = $1`,
    id,
  );
  expect(event).toEqual({ action: "api-key.created", actor: "Asha Rao" });

  const words = `Made the API key “${keyName}”`;
  await page.goto("/b/anvaya-retail");
  const latest = page.getByRole("region", { name: "What happened last" });
  await expect(latest.getByRole("link", { name: words })).toBeVisible();
  await latest.getByRole("link", { name: "All activity" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: words })).toContainText("Asha Rao");

  await expect(async () => {
    await page.getByRole("combobox", { name: "About" }).selectOption({ label: "People and access" });
    await expect(page).toHaveURL(/about=access/, { timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole("listitem").filter({ hasText: words })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "reached the supplier's platform" })).toHaveCount(0);

  const text = await textOf(await saveExport(page));
  expect(text).toContain(`Asha Rao,Made the API key “${keyName}”`);
  expect(text).not.toContain("payment.delivered");

  await page.getByRole("combobox", { name: "Done by" }).selectOption({ label: "Ravi Menon" });
  await expect(page.getByRole("listitem").filter({ hasText: words })).toHaveCount(0);

  // It leads to what it is about.
  await page.goto("/b/anvaya-retail/activity?about=access");
  await page.getByRole("link", { name: words }).click();
  await expect(page.getByRole("row", { name: new RegExp(keyName) })).toBeVisible();
});
