import { addDays, formatDay, toIstDay } from "@/lib/time";
import { chooseBills, fillDetails, newUtr, reviewAndSend } from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, raiseInvoices, rows, signIn } from "./support/world";

const HOUR = 3_600_000;

/** A day off, and a machine whose time zone is London's while its clock was set to India's hours by hand. */
for (const [words, off] of [
  ["a day ahead", 24 * HOUR],
  ["five and a half hours ahead", 5.5 * HOUR],
  ["a day behind", -24 * HOUR],
] as const)
  test(`in a browser whose clock is ${words}, today is the portal's`, async ({ page, request }) => {
    const [kaveri, anvaya] = [
      await demoBusiness(request, "kaveri-metals"),
      await demoBusiness(request, "anvaya-retail"),
    ];
    const bills = await raiseInvoices(request, kaveri, anvaya, 1_700);
    await page.clock.install({ time: Date.now() + off });
    await signIn(page, PEOPLE.ravi);
    const today = toIstDay(new Date());
    await page.goto("/b/anvaya-retail");
    // The browser's own clock is looked at as the page's scripts run, and every half minute.
    await page.waitForLoadState("networkidle");
    await page.clock.runFor(31_000);
    await expect(page.getByText(`What needs doing on ${formatDay(today)}`)).toBeVisible();
    await page.goto("/b/anvaya-retail/bills/new");
    await expect(page.getByLabel("Invoice date")).toHaveValue(today);
    await expect(page.getByLabel("Due date")).toHaveValue(addDays(today, 30));

    const utr = newUtr();
    await chooseBills(page, anvaya.slug, bills);
    await expect(page.getByLabel("Day paid")).toHaveValue(today);
    await expect(page.getByText("This form was opened on that day.")).toBeHidden();
    await fillDetails(page, utr);
    await reviewAndSend(page);
    const [sent] = await rows<{ paid_at: Date }>(
      "SELECT paid_at FROM payment WHERE utr = $1 AND side = 'OUTGOING'",
      utr,
    );
    expect(Math.abs(Number(sent?.paid_at) - Date.now())).toBeLessThan(5 * 60_000);
  });
