import { readFile } from "node:fs/promises";
import { billOf, chooseBills, fillDetails, newUtr, payBill, reviewAndSend } from "./support/steps";
import { expect, test } from "./support/test";
import { demoBusiness, PEOPLE, paymentsByUtr, raiseInvoices, signIn } from "./support/world";

const BUYER = "anvaya-retail";

test("all bills of a supplier are chosen in the heading, and the way back from one leads to the same list", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, BUYER)];
  const [first, second] = await raiseInvoices(request, kaveri, anvaya, 1_100, 1_200);
  if (!first || !second) throw new Error("two invoices were asked for");
  await signIn(page, PEOPLE.ravi);
  const list = `/b/${BUYER}/bills?q=E2E&sort=total`;
  const [other, box] = [first, second].map((bill) =>
    page.getByRole("checkbox", { name: `Pay ${bill.supplierInvoiceNumber} of` }),
  );
  if (!other || !box) throw new Error("two bills have two boxes");
  await expect(async () => {
    await page.goto(list);
    await expect(other).toBeVisible({ timeout: 2_000 });
    await expect(box).toBeVisible({ timeout: 2_000 });
  }).toPass();

  await box.check();
  const all = page.getByRole("columnheader").getByRole("checkbox", { name: /^Choose all \d+ of Kaveri Metals/ });
  await expect(all).toBeChecked({ indeterminate: true });
  await all.check();
  await expect(other).toBeChecked();
  await all.uncheck();
  await expect(box).not.toBeChecked();
  await expect(page.getByRole("region", { name: "Chosen bills" })).toBeHidden();

  await page.getByRole("link", { name: first.supplierInvoiceNumber }).click();
  await expect(page.getByRole("heading", { level: 1, name: first.supplierInvoiceNumber })).toBeVisible();
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Bills" }).click();
  await expect(page).toHaveURL(/\/bills\?q=E2E&sort=total$/);
  await expect(box).toBeVisible();
});

test("what is chosen outlives a look at a bill and the way back from the pay form, until a payment takes it", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, BUYER)];
  const [first, second, third] = await raiseInvoices(request, kaveri, anvaya, 1_400, 1_500, 1_600);
  if (!first || !second || !third) throw new Error("three invoices were asked for");
  await signIn(page, PEOPLE.ravi);
  await chooseBills(page, BUYER, [first, second]);
  await page.goBack();
  const chosen = page.getByRole("region", { name: "Chosen bills" });
  await expect(chosen).toContainText("2 bills, ₹2,900.00 due");

  // A row that is chosen looks so, also after the pointer has been there.
  const row = page.getByRole("row", { name: new RegExp(first.supplierInvoiceNumber) });
  await row.hover();
  await page.mouse.move(0, 0);
  const colour = () =>
    row
      .getByRole("cell")
      .first()
      .evaluate(async (cell) => {
        // It fades: half-way it is neither.
        await Promise.allSettled(cell.getAnimations().map(({ finished }) => finished));
        return getComputedStyle(cell).backgroundColor;
      });
  const chosenColour = await colour();
  await row.getByRole("checkbox").uncheck();
  await page.mouse.move(0, 0);
  await expect.poll(colour).not.toBe(chosenColour);
  await row.getByRole("checkbox").check();
  await page.mouse.move(0, 0);
  await expect.poll(colour).toBe(chosenColour);

  await page.getByRole("link", { name: third.supplierInvoiceNumber }).click();
  await expect(page.getByRole("heading", { level: 1, name: third.supplierInvoiceNumber })).toBeVisible();
  await page.goBack();
  await expect(chosen).toContainText("2 bills, ₹2,900.00 due");

  // Half of one is paid by somebody else meanwhile: what is due is what is due now.
  await payBill(request, await billOf(first), { paid: 700 });
  await page.reload();
  await expect(chosen).toContainText("2 bills, ₹2,200.00 due");

  const utr = newUtr();
  await chosen.getByRole("link", { name: "Pay 2 bills" }).click();
  await page.waitForURL(/\/pay\?/);
  await fillDetails(page, utr);
  await reviewAndSend(page);
  expect((await paymentsByUtr(utr)).map(({ side, total }) => [side, total])).toContainEqual(["OUTGOING", 2_200_00]);
  await page.goto(`/b/${BUYER}/bills`);
  await expect(page.getByRole("checkbox", { name: /^Pay / }).first()).toBeVisible();
  await expect(chosen).toBeHidden();
});

test("what is chosen loses what others have paid, and nothing by a payment of something else", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, BUYER)];
  const [first, second, third, other] = await raiseInvoices(request, kaveri, anvaya, 1_400, 1_500, 1_600, 1_700);
  if (!first || !second || !third || !other) throw new Error("four invoices were asked for");
  await signIn(page, PEOPLE.ravi);
  await chooseBills(page, BUYER, [first, second, third]);
  await page.goBack();
  const chosen = page.getByRole("region", { name: "Chosen bills" });
  await expect(chosen).toContainText("3 bills, ₹4,500.00 due");

  // Paid whole, it is no longer in the list of what is due: whoever looks at it sees why, and has not chosen it any more.
  const paid = await payBill(request, await billOf(third), { paid: 1_600 });
  await page.getByRole("link", { name: third.supplierInvoiceNumber }).click();
  await expect(page.locator(`a[href$="${paid}"]`).first()).toBeVisible();
  await page.goBack();
  await expect(chosen).toContainText("2 bills, ₹2,900.00 due");

  // What the pay form leaves out is not chosen any more either.
  await payBill(request, await billOf(second), { paid: 1_500 });
  await chosen.getByRole("link", { name: "Pay 2 bills" }).click();
  await expect(page.getByText(`Left out: ${second.supplierInvoiceNumber}`)).toBeVisible();
  await page.goBack();
  await expect(chosen).toContainText("1 bill, ₹1,400.00 due");

  await page.goto(`/b/${BUYER}/pay?invoice=${await billOf(other)}`);
  await fillDetails(page, newUtr());
  await reviewAndSend(page);
  await page.goto(`/b/${BUYER}/bills`);
  await expect(chosen).toContainText("1 bill, ₹1,400.00 due");

  await payBill(request, await billOf(first), { paid: 1_400 });
  await chosen.getByRole("link", { name: "Pay 1 bill" }).click();
  await page.getByRole("link", { name: "See your bills" }).click();
  await expect(page.getByRole("checkbox", { name: /^Pay / }).first()).toBeVisible();
  await expect(chosen).toBeHidden();
});

test("a finger that misses a bill's box by a little chooses it all the same, and a slow page is seen to be on its way", async ({
  page,
}) => {
  await signIn(page, PEOPLE.ravi);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/b/${BUYER}/bills`);
  const box = page.getByRole("checkbox", { name: /^Pay / }).first();
  const chosen = page.getByRole("region", { name: "Chosen bills" });
  await expect(async () => {
    const at = await box.boundingBox();
    if (!at) throw new Error("the box is not shown");
    await page.mouse.click(at.x - 8, at.y + at.height + 8);
    await expect(chosen).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(page).toHaveURL(/\/bills$/);

  let goOn = () => {};
  const asked = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route(/[?&]_rsc=/, async (route) => {
    await asked;
    await route.continue();
  });
  await chosen.getByRole("link", { name: "Pay 1 bill" }).click();
  await expect(page.locator("[data-pending]")).toBeVisible();
  // Over the bar at the top, and not beneath it.
  const isOnTop = () => Boolean(document.elementFromPoint(10, 1)?.closest("[data-pending]"));
  await expect.poll(() => page.evaluate(isOnTop)).toBe(true);
  goOn();
  await expect(page.getByRole("button", { name: "Review payment" })).toBeVisible();
  await expect(page.locator("[data-pending]")).toHaveCount(0);
});

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

test("one step back from a search leads to the list before it, however slowly it was typed", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/bills?due=all`);
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await page.waitForLoadState("networkidle");
  const search = page.getByRole("searchbox");
  for (const words of ["K", "KM", "KM/26"]) {
    await search.fill(words);
    await expect(page).toHaveURL(new RegExp(`q=${words}$`));
  }
  await page.goBack();
  await expect(page).toHaveURL(/\/bills\?due=all$/);
  await expect(search).toHaveValue("");
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

test("what a search has found is said by a place that was there before, nothing too", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  for (const [path, words, found, none] of [
    [`/b/${BUYER}/bills`, "KM", /^Bills: \d+ shown\. \d+ bills?, ₹/, "Bills: none found"],
    [`/b/${BUYER}/parties`, "Kaveri", /^Parties: \d+ shown\./, "Parties: none found"],
    ["/b/kaveri-metals/to-confirm", "HDFC", /^\d+ payments? to confirm$/, "No payments to confirm found"],
  ] as const) {
    if (path.includes("kaveri")) {
      await page.context().clearCookies();
      await signIn(page, PEOPLE.latha);
    }
    await page.goto(path);
    // A reader hears what changes in a place that it knows, and not a place that comes with its words.
    const place = page.locator("main p[role=status].sr-only");
    await expect(place).not.toHaveText("");
    await place.evaluate((element) => {
      element.dataset.known = "";
    });
    const said = page.locator("[data-known]");
    await expect(async () => {
      await page.getByRole("searchbox").fill("nothing like this");
      await expect(said).toHaveText(none, { timeout: 2_000 });
    }).toPass();
    await page.getByRole("searchbox").fill(words);
    await expect(said).toHaveText(found);
  }
});

test("an answer is not given by Enter alone, which begins a line; a bill says that its payment was rejected", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, BUYER)];
  const [bill] = await raiseInvoices(request, kaveri, anvaya, 1_300);
  if (!bill) throw new Error("an invoice was asked for");
  const utr = newUtr();
  const invoiceId = await billOf(bill);
  await payBill(request, invoiceId, { paid: 1_300, utr });

  await signIn(page, PEOPLE.latha);
  const row = page.getByRole("button", { name: new RegExp(`UTR ${utr}`) });
  await expect(async () => {
    await page.goto(`/b/kaveri-metals/to-confirm?q=${utr}`);
    await expect(row).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 40_000 });
  const remark = page.getByRole("textbox", { name: "Remark" });
  await expect(async () => {
    await row.focus();
    await page.keyboard.press("r");
    await expect(remark).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await remark.fill("No such credit");
  await remark.press("Enter");
  await expect(remark).toHaveValue("No such credit\n");
  expect((await paymentsByUtr(utr)).map((payment) => payment.status)).not.toContain("REJECTED");
  await remark.press("ControlOrMeta+Enter");
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expect
    .poll(async () => (await paymentsByUtr(utr)).map((payment) => payment.status), { timeout: 30_000 })
    .toEqual(["REJECTED", "REJECTED"]);

  await page.context().clearCookies();
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/bills/${invoiceId}`);
  const notice = page.getByText("Payment of ₹1,300.00 rejected by Kaveri Metals");
  await expect(notice).toBeVisible();
  await expect(page.getByText("“No such credit”").first()).toBeVisible();
});

test("a page of a list that has emptied leads to the first one", async ({ page, request }) => {
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, BUYER)];
  const [large] = await raiseInvoices(request, kaveri, anvaya, 90_000_000);
  const number = large?.supplierInvoiceNumber ?? "";
  const first = async (limit: number) => {
    const list = `/api/v1/businesses/${kaveri.slug}/invoices?side=receivable&sort=-total&limit=${limit}`;
    return (await request.get(list, { headers: { authorization: `Bearer ${kaveri.apiKey}` } })).json();
  };
  // Other tests have invoices that are larger still.
  const { items } = await first(50);
  const place = items.findIndex((one: { supplierInvoiceNumber: string }) => one.supplierInvoiceNumber === number);
  expect(place).toBeGreaterThanOrEqual(0);
  const after = await first(place + 1);
  await signIn(page, PEOPLE.latha);
  // Behind that invoice nothing is called like it.
  await page.goto(
    `/b/${kaveri.slug}/invoices?due=all&sort=-total&q=${encodeURIComponent(number)}&cursor=${after.nextCursor}`,
  );
  await expect(page.getByRole("link", { name: number })).toBeVisible();
  await expect(page).not.toHaveURL(/cursor=/);
});

test("days the wrong way around are said to be, and stay as wide as they were on a phone", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/b/${BUYER}/payments?from=2026-11-01&to=2026-11-20`);
  const from = page.getByLabel("Paid from");
  const width = async () => (await from.boundingBox())?.width;
  const before = await width();
  await page.goto(`/b/${BUYER}/payments?from=2026-11-20&to=2026-11-01`);
  await expect(page.getByText("The first day is after the last.")).toBeVisible();
  expect(await width()).toBe(before);
});

test("payments are saved as a file with a row for each bill, its TDS beside it", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto(`/b/${BUYER}/payments?q=HDFCN52026111804`);
  const file = page.waitForEvent("download");
  await expect(async () => {
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: "A row for each bill" }).click({ timeout: 2_000 });
  }).toPass();
  const text = await readFile(await (await file).path(), "utf8");
  const [header, row, ...others] = text.trimEnd().split("\r\n");
  expect(header).toContain("Net (₹),TDS (₹),TDS section,Other adjustments (₹)");
  const [payment] = await paymentsByUtr("HDFCN52026111804");
  if (!payment) throw new Error("the demo has this payment");
  const rupees = (paise: number) => (paise / 100).toFixed(2);
  expect(row).toContain(`,KM/26-27/145,`);
  expect(row).toContain(`,${rupees(payment.net)},${rupees(payment.total - payment.net)},`);
  expect(row?.endsWith(payment.objectId)).toBe(true);
  expect(others).toEqual([]);
});

test("on a tablet a search leaves the list where it was, and a bill's supplier is read whole, where nothing hovers", async ({
  page,
}) => {
  await page.setViewportSize({ width: 768, height: 1024 });
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills");
  const topOfList = async () => (await page.getByRole("columnheader", { name: "Status" }).boundingBox())?.y;
  const top = await topOfList();
  await expect(async () => {
    await page.getByRole("searchbox").fill("Orchid");
    await expect(page.getByRole("button", { name: "Clear", exact: true })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  expect(await topOfList()).toBe(top);
  const suppliers = page.getByRole("cell", { name: "Orchid Chemicals Limited", exact: true });
  await expect(suppliers.first()).toBeVisible();
  const isCut = (cells: Element[]) =>
    cells
      .flatMap((cell) => [cell, ...cell.querySelectorAll("*")])
      .some((box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1);
  expect(await suppliers.evaluateAll(isCut)).toBe(false);
});
