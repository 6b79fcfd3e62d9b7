import type { Page } from "@playwright/test";
import { violationsOf } from "./support/accessible";
import { newUtr, payFromSoftware } from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, raiseInvoices, signIn } from "./support/world";

const window = (page: Page) => page.getByRole("dialog", { name: "Find" });
const field = (page: Page) => window(page).getByRole("searchbox");

/** Opens the window by its keys, which do nothing before the page's scripts run. */
async function find(page: Page, words: string): Promise<void> {
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await expect(field(page)).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type(words);
}

test("wherever one is, what somebody on the telephone names is found by keyboard, and the next of what was found", async ({
  page,
  request,
}) => {
  const utr = newUtr();
  const [waiting] = await payFromSoftware(request, { paid: 2_350, utr });
  if (!waiting) throw new Error("a payment was asked for");
  const { supplierInvoiceNumber: number, id } = waiting.invoice;
  await signIn(page, PEOPLE.latha);
  await page.goto("/b/kaveri-metals/activity");
  await find(page, utr.slice(2).toLowerCase());
  const received = window(page).getByRole("region", { name: "Payments received" });
  await expect(received.getByRole("link")).toHaveText(new RegExp(`${utr}.*Anvaya Retail.*₹2,350\\.00.*To confirm`));
  await expect(window(page).getByRole("region")).toHaveCount(1);
  await expect(window(page).getByRole("status")).toHaveText("Payments received: 1");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/b/kaveri-metals/received/${waiting.objectId}`);
  await expect(window(page)).toBeHidden();

  // What was looked for stands there still, and gives way to what is typed.
  await find(page, number);
  await expect(window(page).getByRole("link")).toHaveText([new RegExp(`^${number}`), new RegExp(`^${utr}`)]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(received.getByRole("link")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/b/kaveri-metals/invoices/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(number);
});

test("of very many the list has all, paid ones too; what another business has is not found, and that is said", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, "anvaya-retail")];
  const [theirs] = await raiseInvoices(request, kaveri, anvaya, 1_234);
  if (!theirs) throw new Error("an invoice was asked for");
  await signIn(page, PEOPLE.latha);
  await find(page, "anvaya");
  const invoices = window(page).getByRole("region", { name: "Invoices" });
  await expect(invoices.getByRole("listitem")).toHaveCount(5);
  await invoices.getByRole("link", { name: /^All .* of them: Invoices$/ }).click();
  await expect(page).toHaveURL(/\/b\/kaveri-metals\/invoices\?q=anvaya&due=all$/);
  await expect(page.getByRole("searchbox")).toHaveValue("anvaya");
  await expect(window(page)).toBeHidden();

  await page.context().clearCookies();
  await signIn(page, PEOPLE.imran);
  await find(page, theirs.supplierInvoiceNumber);
  await expect(window(page).getByText(`Nothing has “${theirs.supplierInvoiceNumber}” in it`)).toBeVisible();
  await expect(window(page).getByRole("status")).toHaveText("Nothing found");
  await expect(window(page).getByRole("link")).toHaveCount(0);
});

test("where a list can't be read, that is said, and what the others have is shown", async ({ page }) => {
  await signIn(page, PEOPLE.latha);
  const lists = /\/api\/v1\/businesses\/kaveri-metals\/payments\?.*q=anvaya/;
  await page.route(lists, (route) => route.fulfill({ status: 422, json: { detail: "Not now.", status: 422 } }));
  await find(page, "anvaya");
  const problem = window(page).getByRole("alert").filter({ hasText: "Not everything could be looked through" });
  await expect(problem).toContainText("Not now.");
  await expect(window(page).getByRole("region", { name: "Invoices" })).toBeVisible();
  await page.unroute(lists);
  await problem.getByRole("button", { name: "Try again" }).click();
  await expect(window(page).getByRole("region", { name: "Payments received" })).toBeVisible();
  await expect(problem).toBeHidden();
});

for (const { name, ...use } of [
  { name: "light, on a laptop", colorScheme: "light", viewport: { width: 1280, height: 800 } },
  { name: "dark, on a phone", colorScheme: "dark", viewport: { width: 360, height: 740 } },
] as const)
  test.describe(name, () => {
    test.use({ ...use, contextOptions: { reducedMotion: "reduce" } });
    test("the window that finds things is opened by a button, is accessible, and fits", async ({ page }) => {
      await signIn(page, PEOPLE.latha);
      const button = page.getByRole("button", { name: /^Find/ }).filter({ visible: true });
      await expect(async () => {
        await button.click();
        await expect(field(page)).toBeFocused({ timeout: 1_000 });
      }).toPass();
      await page.keyboard.type("anvaya");
      await expect(window(page).getByRole("region").first()).toBeVisible();
      expect(await violationsOf(page)).toEqual([]);
      const frame = await window(page).boundingBox();
      expect(frame && [frame.x >= 0, frame.y >= 0, frame.x + frame.width <= use.viewport.width]).toEqual([
        true,
        true,
        true,
      ]);
      await page.keyboard.press("Escape");
      await expect(button).toBeFocused();
    });
  });
