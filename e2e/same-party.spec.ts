import { violationsOf } from "./support/accessible";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, rows, signIn } from "./support/world";

test("a party whose B2B ID is typed in another way is offered as it is known, and no second one is made", async ({
  page,
  request,
}) => {
  const { b2bId, name } = await demoBusiness(request, "kaveri-metals");
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills/new");
  await page.waitForLoadState("networkidle");
  const field = page.getByLabel("The supplier's B2B ID");
  const offer = page.getByRole("status").filter({ hasText: `${name} is ${b2bId}` });
  for (const typed of [b2bId.toLowerCase(), b2bId.replace("@BCB", ""), b2bId.replace("@", " @")]) {
    await field.fill(typed);
    await expect(offer).toBeVisible();
  }
  expect(await violationsOf(page)).toEqual([]);
  await offer.getByRole("button", { name: "Use that" }).click();
  await expect(field).toHaveValue(b2bId);
  await expect(field).toBeFocused();
  await expect(offer).toBeHidden();
  await expect(page.getByLabel("The supplier's name")).toHaveValue(name);

  const number = `SP/${crypto.randomUUID().slice(0, 6)}`;
  await page.getByLabel("Invoice number").fill(number);
  await page.getByLabel("Invoice date").fill("2026-11-01");
  await page.getByLabel("Due date").fill("2026-12-01");
  await page.getByLabel("Amount, with GST").fill("1200");
  await page.getByRole("button", { name: "Add bill" }).click();
  await page.waitForURL(/\/bills\/[0-9a-f-]{36}$/);
  const written = await rows(
    "SELECT counterparty_b2b_id AS party FROM invoice WHERE supplier_invoice_number = $1 AND side = 'PAYABLE'",
    number,
  );
  expect(written).toEqual([{ party: b2bId }]);
});
