import type { Locator } from "@playwright/test";
import { chooseBills, payFromSoftware } from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, raiseInvoices, signIn } from "./support/world";

// Beside hundreds of others a row that is drawn anew at each key makes everybody wait: what has not changed stays as it is.

/** Which of the elements React has drawn anew since this was last asked: each time it hands an element other properties. */
const drawnAnew = (elements: Locator) =>
  elements.evaluateAll((all) =>
    (all as unknown as Record<string, unknown>[]).map((element) => {
      const properties = element[Object.keys(element).find((key) => key.startsWith("__reactProps$")) ?? ""];
      const isNew = properties !== element.drawnWith;
      element.drawnWith = properties;
      return isNew;
    }),
  );

test("going through the queue by key draws the two rows anew that it leads from and to", async ({ page, request }) => {
  await payFromSoftware(request, { paid: 501 }, { paid: 502 }, { paid: 503 }, { paid: 504 });
  await signIn(page, PEOPLE.latha);
  await page.goto("/b/kaveri-metals/to-confirm");
  const rows = page.locator("[data-payment]");
  await expect(rows.nth(3)).toBeVisible();
  await page.waitForLoadState("networkidle");
  const [first, second] = [rows.nth(0).getByRole("button").first(), rows.nth(1).getByRole("button").first()];
  await first.click();
  await expect(first).toHaveAttribute("aria-current", "true");
  expect(await drawnAnew(rows)).not.toContain(false);

  await page.keyboard.press("ArrowDown");
  await expect(second).toBeFocused();
  await expect(second).toHaveAttribute("aria-current", "true");
  const [from, to, ...others] = await drawnAnew(rows);
  expect([from, to]).toEqual([true, true]);
  expect(others).not.toContain(true);
  await page.keyboard.press("a");
  await page.getByRole("alertdialog").getByRole("textbox", { name: "Remark" }).fill("Found it");
  expect(await drawnAnew(rows)).not.toContain(true);
});

test("an amount that is typed draws its own bill anew, also once the form was refused", async ({ page, request }) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, "anvaya-retail")];
  const bills = await raiseInvoices(request, kaveri, anvaya, 1_000, 2_000, 3_000);
  await signIn(page, PEOPLE.ravi);
  await chooseBills(page, "anvaya-retail", bills);
  const lines = page.getByRole("group", { name: /^Bill E2E/ });
  await expect(lines).toHaveCount(3);
  const line = lines.nth(1);
  await line.getByRole("radio", { name: "In part" }).check();
  const amount = line.getByLabel(/^Amount paid for/);
  await amount.fill("1");
  await expect(line).toContainText("₹1.00 settled");
  expect(await drawnAnew(lines)).not.toContain(false);

  await amount.press("2");
  await expect(line).toContainText("₹12.00 settled");
  expect(await drawnAnew(lines)).toEqual([false, true, false]);

  // Refused for the details, and for this line: its error comes and goes as one types.
  await amount.fill("99999");
  await page.getByRole("button", { name: "Review payment" }).click();
  await expect(line.getByText("is more than")).toBeVisible();
  await drawnAnew(lines);
  await amount.fill("10");
  await expect(line.getByText("is more than")).toBeHidden();
  await amount.fill("88888");
  await expect(line.getByText("is more than")).toBeVisible();
  expect(await drawnAnew(lines)).toEqual([false, true, false]);
});
