import { billOf, chooseBills, fillDetails, holdPages, newUtr, payBill, reviewAndSend } from "./support/steps";
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

  const goOn = await holdPages(page);
  await chosen.getByRole("link", { name: "Pay 1 bill" }).click();
  await expect(page.locator("[data-pending]")).toBeVisible();
  // Over the bar at the top, and not beneath it.
  const isOnTop = () => Boolean(document.elementFromPoint(10, 1)?.closest("[data-pending]"));
  await expect.poll(() => page.evaluate(isOnTop)).toBe(true);
  goOn();
  await expect(page.getByRole("button", { name: "Review payment" })).toBeVisible();
  await expect(page.locator("[data-pending]")).toHaveCount(0);
});

test.describe("on a tablet held upright", () => {
  test.use({ hasTouch: true, viewport: { width: 768, height: 1024 } });

  test("why a bill can't be chosen is told by keyboard, to a finger and to a screen reader; what is chosen is said too", async ({
    page,
  }) => {
    await signIn(page, PEOPLE.ravi);
    await page.goto(`/b/${BUYER}/bills?sort=counterparty`);
    const told = page.getByRole("tooltip");
    const all = page.getByRole("columnheader").getByRole("checkbox");
    await expect(all).toHaveAccessibleName("Choose all");
    await expect(all).toHaveAccessibleDescription("One payment is for one supplier: choose a bill first");
    await expect(async () => {
      await page.getByRole("searchbox").focus();
      await all.focus();
      await expect(told).toContainText("choose a bill first", { timeout: 1_000 });
    }).toPass();
    await page.keyboard.press("Space");
    await expect(all).not.toBeChecked();

    const boxes = page.getByRole("checkbox", { name: /^Pay / });
    // Whoever comes first by name: other tests leave bills of suppliers of their own.
    const named = (await boxes.evaluateAll((all) => all.map((box) => box.ariaLabel ?? ""))).map(
      (name) => name.split(" of ")[1] ?? "",
    );
    const [supplier = ""] = named;
    const another = named.findIndex((name) => name !== supplier);
    await boxes.first().check();
    const said = page.getByRole("status").filter({ hasText: "chosen" });
    await expect(said).toHaveText(new RegExp(`^${supplier}: 1 bill, ₹[\\d,.]+ due chosen$`));
    // What takes the last of them back can't be ticked again at once, and keeps the focus.
    await all.check();
    await all.uncheck();
    await expect(all).toBeDisabled();
    await expect(all).toBeFocused();
    await expect(said).toHaveCount(0);

    await boxes.first().check();
    const other = boxes.nth(another);
    await expect(other).toHaveAccessibleDescription(`One payment is for one supplier: you have chosen ${supplier}`);
    await other.tap({ force: true });
    await expect(told).toContainText(`you have chosen ${supplier}`);
    await page.keyboard.press("Escape");
    await expect(told).toBeHidden();
    await page.keyboard.press("Space");
    await expect(told).toBeVisible();
    await expect(other).not.toBeChecked();
    await expect(said).toHaveText(new RegExp(`^${supplier}: 1 bill, `));
  });
});
