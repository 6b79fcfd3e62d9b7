import { expect, test } from "./support/test";
import { PEOPLE, signIn } from "./support/world";

const BUYER = "anvaya-retail";

test("a button that goes when it is pressed leaves the focus with the list", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/bills?q=KM`);
  const focus = page.locator(":focus");
  const box = page.getByRole("checkbox", { name: /^Pay /, disabled: false }).first();
  const chosen = page.getByRole("region", { name: "Chosen bills" });
  await expect(async () => {
    await box.check();
    await expect(chosen).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await chosen.getByRole("button", { name: "Clear" }).click();
  await expect(chosen).toBeHidden();
  await expect(focus).toHaveAccessibleName("Bills");

  const clear = page.getByRole("button", { name: "Clear", exact: true });
  await clear.click();
  await expect(clear).toBeHidden();
  await expect(focus).toContainText("Any status");

  await page.route("**/api/v1/businesses/*/invoices?*", (route) => route.fulfill({ status: 400, body: "{}" }));
  await page.getByRole("searchbox").fill("Kaveri");
  const again = page.getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible();
  await page.unroute("**/api/v1/businesses/*/invoices?*");
  await again.click();
  await expect(again).toBeHidden();
  await expect(focus).toHaveAccessibleName("Bills");
});

test("by keyboard one goes on from the bill that one has looked at", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/bills?q=KM`);
  const bill = page.getByRole("row").getByRole("link").nth(5);
  const number = (await bill.textContent()) ?? "";
  const heading = page.getByRole("heading", { level: 1, name: number });
  await bill.focus();
  await page.keyboard.press("Enter");
  await expect(heading).toBeVisible();
  await page.goBack();
  await expect(heading).toBeHidden();
  await expect(bill).toBeFocused();
  // Whoever comes to the list in another way begins at its top.
  await page.keyboard.press("Enter");
  await expect(heading).toBeVisible();
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Bills" }).click();
  await expect(heading).toBeHidden();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await expect(bill).not.toBeFocused();
});

test("with the keyboard no bill that has the focus is hidden by what floats over the list", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  for (const viewport of [
    // A laptop's page at twice its size, and at four times.
    { width: 640, height: 512 },
    { width: 640, height: 360 },
    { width: 320, height: 256 },
  ]) {
    await page.setViewportSize(viewport);
    await page.goto(`/b/${BUYER}/bills`);
    const boxes = page.getByRole("checkbox", { name: /^Pay /, disabled: false });
    const chosen = page.getByRole("region", { name: "Chosen bills" });
    await expect(async () => {
      await boxes.first().check();
      await expect(chosen).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await boxes.first().focus();
    for (let step = 0; step < 24; step++) {
      await page.keyboard.press("Tab");
      const hidden = await page.evaluate(() => {
        const focused = document.activeElement;
        if (!focused?.closest("tbody")) return null;
        const { left, top, width, height } = focused.getBoundingClientRect();
        const seen = document.elementFromPoint(left + Math.min(width, 24) / 2, top + height / 2);
        return seen && (focused.contains(seen) || seen.contains(focused)) ? null : focused.outerHTML;
      });
      expect(hidden, `${viewport.width} px, step ${step}`).toBeNull();
    }
  }
});

test("after the last of what waits is shown, the focus goes on with the first that is new", async ({ page }) => {
  await signIn(page, PEOPLE.latha);
  await page.goto("/b/kaveri-metals/to-confirm");
  // As if a page had one payment alone.
  await page.route("**/api/v1/businesses/kaveri-metals/payments?*", async (route) => {
    const url = new URL(route.request().url());
    const isLater = url.searchParams.get("cursor") === "later";
    url.searchParams.delete("cursor");
    const page = await (await route.fetch({ url: url.href })).json();
    const items = isLater ? page.items.slice(1) : page.items.slice(0, 1);
    await route.fulfill({ json: { ...page, items, nextCursor: isLater ? null : "later" } });
  });
  const queue = page.getByRole("list", { name: "Payments to confirm" }).getByRole("listitem");
  await page.getByRole("searchbox").fill("Anvaya");
  await expect(queue).toHaveCount(1);
  const more = page.getByRole("button", { name: "Show more" });
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(more).toBeHidden();
  await expect(queue.nth(1).getByRole("button").first()).toBeFocused();
});

test("a screen reader that goes down a column hears which bill and which payment a value is of", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/bills?q=KM`);
  const names = page.getByRole("rowheader");
  await expect(names.first()).toContainText("KM/26-27/");
  expect(await names.count()).toBe((await page.getByRole("row").count()) - 1);
  await page.goto(`/b/${BUYER}/payments?q=632511904416`);
  await expect(names).toContainText("632511904416");
});
