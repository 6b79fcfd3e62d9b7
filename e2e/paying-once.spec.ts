import type { Page } from "@playwright/test";
import { billOf, chooseBills, fillDetails, newUtr, payBill, payInPart, reviewAndSend } from "./support/steps";
import { expect, test } from "./support/test";
import { booksOf, demoBusiness, PEOPLE, paymentsByUtr, raiseInvoices, signIn } from "./support/world";

const BUYER = "anvaya-retail";
const SUPPLIER = "kaveri-metals";

test.beforeEach(({ page }) => signIn(page, PEOPLE.ravi));

async function oneBill(request: Parameters<typeof demoBusiness>[0], rupees: number) {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const [bill] = await raiseInvoices(request, kaveri, anvaya, rupees);
  if (!bill) throw new Error("an invoice was asked for");
  return bill;
}

test("a double click pays once", async ({ page, request }) => {
  const bill = await oneBill(request, 2_000);
  const utr = newUtr();
  await chooseBills(page, BUYER, [bill]);
  await payInPart(page, bill, "500");
  await fillDetails(page, utr);
  await page.getByRole("button", { name: "Review payment" }).click();
  await expect(page.getByText("in part: ₹1,500.00 stays due")).toBeVisible();
  await page.getByRole("button", { name: "Tell the supplier" }).dblclick();
  await page.waitForURL(/\/payments\/PMT/);
  expect((await paymentsByUtr(utr)).filter((row) => row.side === "OUTGOING")).toHaveLength(1);
  expect((await booksOf(bill.objectId)).PAYABLE?.pending).toBe(500_00);
});

test("a reload keeps everything typed", async ({ page, request }) => {
  const bill = await oneBill(request, 2_000);
  const utr = newUtr();
  await chooseBills(page, BUYER, [bill]);
  await payInPart(page, bill, "700.25");
  await fillDetails(page, utr, "IMPS");
  await page.reload();
  await expect(page.getByLabel("UTR or reference")).toHaveValue(utr);
  await expect(page.getByLabel("Mode")).toHaveValue("IMPS");
  await expect(page.getByLabel(`Amount paid for ${bill.supplierInvoiceNumber}`)).toHaveValue("700.25");
});

test("cash counts with what the same supplier got in cash on that day before", async ({ page, request }) => {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const [first, second] = await raiseInvoices(request, kaveri, anvaya, 6_000, 6_000);
  if (!first || !second) throw new Error("two invoices were asked for");
  const warning = page.getByText("More than ₹10,000 in cash in a day");
  await chooseBills(page, BUYER, [first]);
  await fillDetails(page, newUtr(), "Cash");
  await expect(warning).toBeHidden();
  await reviewAndSend(page);
  await page.waitForURL(/\/payments\/PMT/);
  await chooseBills(page, BUYER, [second]);
  await fillDetails(page, newUtr(), "Cash");
  await expect(warning).toBeVisible();
  await page.getByRole("button", { name: "Review payment" }).click();
  await expect(page.getByText("With the ₹6,000.00 that you have already paid them in cash on that day.")).toBeVisible();
});

test("past many bills it is one press to where the money goes", async ({ page, request }) => {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const bills = await raiseInvoices(request, kaveri, anvaya, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000);
  const onward = page.getByRole("button", { name: "To step 2" });
  await chooseBills(page, BUYER, bills);
  await onward.click();
  await expect(page.locator(":focus")).toContainText("Pay ₹6,000.00 from your bank");
  await expect(page.getByText("Pay ₹6,000.00 from your bank")).toBeInViewport();
});

test("when the reply is lost, trying again pays once", async ({ page, request }) => {
  const bill = await oneBill(request, 2_000);
  const utr = newUtr();
  await chooseBills(page, BUYER, [bill]);
  await fillDetails(page, utr);
  // The request arrives and is carried out; what comes back is cut off.
  await page.route("**/api/v1/businesses/*/payments", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.getByRole("button", { name: "Review payment" }).click();
  await page.getByRole("button", { name: "Tell the supplier" }).click();
  await expect(page.getByText("It could not be sent")).toBeVisible();
  await page.unroute("**/api/v1/businesses/*/payments");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForURL(/\/payments\/PMT/);
  expect((await paymentsByUtr(utr)).filter((row) => row.side === "OUTGOING")).toHaveLength(1);
});

for (const part of ["900", null])
  test(`when the page is reloaded after the reply was lost, the payment's page comes: ${part ? "a part" : "all"} was paid`, async ({
    page,
    request,
  }) => {
    const bill = await oneBill(request, 2_000);
    const utr = newUtr();
    await chooseBills(page, BUYER, [bill]);
    if (part) await payInPart(page, bill, part);
    await fillDetails(page, utr);
    await page.route("**/api/v1/businesses/*/payments", async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    });
    await page.getByRole("button", { name: "Review payment" }).click();
    await page.getByRole("button", { name: "Tell the supplier" }).click();
    await expect(page.getByText("It could not be sent")).toBeVisible();
    await page.unroute("**/api/v1/businesses/*/payments");
    await page.reload();
    await page.waitForURL(/\/payments\/PMT/);
    await expect(page.getByText("This payment had been sent already.")).toBeVisible();
    await expect(page.getByText("Nothing is due any more")).toBeHidden();
    expect((await paymentsByUtr(utr)).filter((row) => row.side === "OUTGOING")).toHaveLength(1);
  });

test("whoever is second to pay the same bills is told that theirs was not recorded", async ({ page, request }) => {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const bills = await raiseInvoices(request, kaveri, anvaya, 1_100, 1_300);
  const [utr, second] = [newUtr(), newUtr()];
  const other = await page.context().newPage();
  const form = async (tab: Page, reference: string) => {
    await chooseBills(tab, BUYER, bills);
    await fillDetails(tab, reference);
    await tab.getByRole("button", { name: "Review payment" }).click();
    await expect(tab.getByRole("heading", { name: "Is this right?" })).toBeVisible();
  };
  await form(page, utr);
  await form(other, second);
  await page.getByRole("button", { name: "Tell the supplier" }).click();
  await page.waitForURL(/\/payments\/PMT/);
  await other.getByRole("button", { name: "Tell the supplier" }).click();
  const refused = other.getByRole("alert").filter({ hasText: "Your payment was not recorded" });
  await expect(refused).toContainText(`The one with the UTR ${second}`);
  await expect(other.getByText("Nothing is due any more")).toBeVisible();
  // The one that took them, by all that it took.
  await expect(other.getByRole("link", { name: /^₹2,400\.00 of / })).toHaveAttribute(
    "href",
    new RegExp(page.url().split("/").pop() ?? "none"),
  );
  expect(await paymentsByUtr(second)).toEqual([]);
});

test("on a connection that stalls nobody waits without end, and trying again pays once", async ({ page, request }) => {
  const bill = await oneBill(request, 2_000);
  const utr = newUtr();
  // Five times as impatient as people are.
  await page.addInitScript(() => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (milliseconds) => timeout(milliseconds / 5);
  });
  await page.route("**/api/v1/businesses/*/payments/check-utr?*", () => {});
  await chooseBills(page, BUYER, [bill]);
  await fillDetails(page, utr);
  await page.getByRole("button", { name: "Review payment" }).click();
  await expect(page.getByText("Whether you used this UTR before could not be looked up")).toBeVisible();
  // The request arrives and is carried out, and no answer ever comes.
  await page.route("**/api/v1/businesses/*/payments", (route) => void route.fetch());
  await page.getByRole("button", { name: "Tell the supplier" }).click();
  await expect(page.getByText("It could not be sent")).toBeVisible();
  await expect(page.getByRole("button", { name: "Back" })).toBeEnabled();
  await page.unroute("**/api/v1/businesses/*/payments");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForURL(/\/payments\/PMT/);
  expect((await paymentsByUtr(utr)).filter((row) => row.side === "OUTGOING")).toHaveLength(1);
});

test("what is wrong stands beside its field, and nothing typed is lost", async ({ page, request }) => {
  const bill = await oneBill(request, 2_000);
  await chooseBills(page, BUYER, [bill]);
  await payInPart(page, bill, "2000.01");
  await page.getByRole("button", { name: "Review payment" }).click();
  const amount = page.getByLabel(`Amount paid for ${bill.supplierInvoiceNumber}`);
  await expect(amount).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("₹2,000.01 is more than the ₹2,000.00 still due.").first()).toBeVisible();
  await expect(page.getByText("Choose how it was paid.").first()).toBeVisible();
  await expect(amount).toHaveValue("2,000.01");
  await amount.fill("12.345");
  await expect(page.getByText("Write an amount like 1,23,456.50, with two decimals at most.").first()).toBeVisible();
});

test("what is wrong is listed as the page has it, each line leads there, and goes once it is mended", async ({
  page,
  request,
}) => {
  const bill = await oneBill(request, 2_000);
  await chooseBills(page, BUYER, [bill]);
  const group = page.getByRole("group", { name: `Bill ${bill.supplierInvoiceNumber}` });
  await group.getByRole("button", { name: "Deduct TDS from" }).click();
  const tds = group.getByLabel("TDS amount");
  await expect(tds).toBeFocused();
  await page.keyboard.type("3000");
  await page.getByRole("button", { name: "Review payment" }).click();
  const list = page.getByRole("alert").filter({ hasText: "Please check these fields" });
  const tooMuch = "The adjustments are more than the ₹2,000.00 due.";
  await expect(list.getByRole("listitem")).toHaveText([
    tooMuch,
    "Choose how it was paid.",
    "Enter the UTR or reference of the payment.",
  ]);
  await list.getByRole("button", { name: tooMuch }).click();
  await expect(page.locator(":focus")).toHaveText(tooMuch);
  await tds.fill("20");
  await expect(page.getByText(tooMuch)).toHaveCount(0);

  await tds.fill("3000");
  await expect(page.getByText(tooMuch).first()).toBeVisible();
  await group.getByRole("button", { name: "Remove tds from" }).click();
  await expect(page.getByText(tooMuch)).toHaveCount(0);
  await expect(group.getByRole("button", { name: "Other adjustment to" })).toBeFocused();
});

test("a bill that someone else paid meanwhile: the form says so beside the bill", async ({ page, request }) => {
  const bill = await oneBill(request, 2_000);
  await chooseBills(page, BUYER, [bill]);
  await fillDetails(page, newUtr());
  await payBill(request, await billOf(bill), { paid: 1_500 });
  await page.getByRole("button", { name: "Review payment" }).click();
  await page.getByRole("button", { name: "Tell the supplier" }).click();
  await expect(page.getByText(/more than the ₹500.00 still due/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Review payment" })).toBeVisible();
  // What is due is read anew, and what has taken the rest is one press away.
  await expect(page.getByText("What is due has changed since you opened this page")).toBeVisible();
  await expect(page.getByRole("link", { name: /^₹1,500.00 of/ }).first()).toBeVisible();
});

/** On the review of a second payment of a UTR: it isn't sent before the tick. */
async function expectSentOnlyWithTick(page: Page, utr: string, name: string) {
  await page.getByRole("button", { name: "Tell the supplier" }).click();
  const tick = page.getByRole("checkbox", { name });
  await expect(tick).toBeFocused();
  expect((await paymentsByUtr(utr)).filter((row) => row.side === "OUTGOING")).toHaveLength(1);
  await tick.check();
  await page.getByRole("button", { name: "Tell the supplier" }).click();
  await page.waitForURL(/\/payments\/PMT/);
  expect((await paymentsByUtr(utr)).filter((row) => row.side === "OUTGOING")).toHaveLength(2);
}

test("a UTR that another supplier was told of names that supplier, and is sent only with a tick", async ({
  page,
  request,
}) => {
  const [kaveri, deccan, anvaya] = [
    await demoBusiness(request, SUPPLIER),
    await demoBusiness(request, "deccan-packaging"),
    await demoBusiness(request, BUYER),
  ];
  const [[first], [second]] = [
    await raiseInvoices(request, kaveri, anvaya, 1_000),
    await raiseInvoices(request, deccan, anvaya, 3_000),
  ];
  if (!first || !second) throw new Error("two invoices were asked for");
  const utr = newUtr();
  await chooseBills(page, BUYER, [first]);
  await fillDetails(page, utr);
  await reviewAndSend(page);
  await chooseBills(page, BUYER, [second]);
  await fillDetails(page, utr);
  await expect(page.getByText("You used this one for Kaveri Metals")).toBeVisible();
  await page.getByRole("button", { name: "Review payment" }).click();
  await expect(page.getByText("You have told Kaveri Metals of this UTR")).toBeVisible();
  await expectSentOnlyWithTick(page, utr, "This UTR is the one of Deccan Packaging's money");
});

test("a UTR that was told before names its payment on the review, and is sent only with a tick", async ({
  page,
  request,
}) => {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const [first, second] = await raiseInvoices(request, kaveri, anvaya, 1_000, 3_000);
  if (!first || !second) throw new Error("two invoices were asked for");
  const utr = newUtr();
  await chooseBills(page, BUYER, [first]);
  await fillDetails(page, utr);
  await reviewAndSend(page);
  await chooseBills(page, BUYER, [second]);
  await fillDetails(page, utr);
  await expect(page.getByText("You used this one before")).toBeVisible();
  await page.getByRole("button", { name: "Review payment" }).click();
  await expect(page.getByText("You have told Kaveri Metals of this UTR before")).toBeVisible();
  await expect(page.getByRole("link", { name: /^₹1,000.00 of/ })).toBeVisible();
  await expectSentOnlyWithTick(page, utr, "It is another transfer");
});
