import type { Page } from "@playwright/test";
import { addDays, formatDay, toIstDay } from "@/lib/time";
import { chooseBills } from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, raiseInvoices, signIn } from "./support/world";

/** Has time go by in the browser alone, and at the portal as its answers tell it: pages go by the portal's. */
async function letTimePass(page: Page): Promise<void> {
  await page.clock.install();
  await page.route("**/api/v1/**", async (route) => {
    const response = await route.fetch();
    const date = new Date(await page.evaluate(() => Date.now())).toUTCString();
    await route.fulfill({ response, headers: { ...response.headers(), date } });
  });
}

test("a page that stays open over midnight in India says the new day, and asks for what it shows anew", async ({
  page,
}) => {
  await letTimePass(page);
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail");
  const today = toIstDay(new Date());
  await expect(page.getByText(`What needs doing on ${formatDay(today)}`)).toBeVisible();
  await page.goto("/b/anvaya-retail/bills");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  const asked: string[] = [];
  page.on(
    "request",
    (sent) => sent.url().includes("/api/v1/businesses/anvaya-retail/invoices?") && asked.push(sent.url()),
  );
  await page.clock.fastForward("10:00");
  await page.waitForLoadState("networkidle");
  asked.length = 0;
  await page.clock.fastForward("24:00:00");
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" }).click();
  await expect(page.getByText(`What needs doing on ${formatDay(addDays(today, 1))}`)).toBeVisible();
});

test("the form for a new bill that stays open overnight begins with the new day, unless something was typed", async ({
  page,
}) => {
  await letTimePass(page);
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills/new");
  const [issued, due] = [page.getByLabel("Invoice date"), page.getByLabel("Due date")];
  const today = toIstDay(new Date());
  await expect(issued).toHaveValue(today);
  await page.clock.fastForward("24:00:00");
  await expect(issued).toHaveValue(addDays(today, 1));
  await expect(due).toHaveValue(addDays(today, 31));
  await page.getByLabel("Invoice number").fill("NIGHT/2");
  await page.clock.fastForward("24:00:00");
  await page.clock.runFor(1_000);
  await expect(issued).toHaveValue(addDays(today, 1));
  await expect(page.getByLabel("Invoice number")).toHaveValue("NIGHT/2");
});

test("a pay form that stays open overnight asks whether it was paid on the day that it began with", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, "anvaya-retail")];
  const bills = await raiseInvoices(request, kaveri, anvaya, 1_300);
  await letTimePass(page);
  await signIn(page, PEOPLE.ravi);
  await chooseBills(page, anvaya.slug, bills);
  const asks = page.getByText("This form was opened on that day. Is it also the day you paid?");
  await expect(page.getByLabel("Day paid")).toHaveValue(toIstDay(new Date()));
  await expect(asks).toBeHidden();
  await page.clock.fastForward("24:00:00");
  await expect(asks).toBeVisible();
  await page.getByLabel("Time, in India").fill("00:05");
  await expect(asks).toBeHidden();
});
