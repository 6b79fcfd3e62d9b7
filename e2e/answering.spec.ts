import { answer, billOf, incomingStatus, newUtr, payBill, payFromSoftware } from "./support/steps";
import { expect, test } from "./support/test";
import { booksOf, demoBusiness, PEOPLE, paymentsByUtr, raiseInvoices, rows, setFaults, signIn } from "./support/world";

const BUYER = "anvaya-retail";
const SUPPLIER = "kaveri-metals";
const PHONE = { width: 390, height: 844 };

test.afterEach(({ request }) => setFaults(request, {}));

test("an answer that can't be delivered is taken back, and the payment is answered otherwise", async ({
  page,
  request,
}) => {
  const [payment] = await payFromSoftware(request, { paid: 6_000 });
  if (!payment) throw new Error("a payment was asked for");
  const { utr, objectId, invoice } = payment;
  await signIn(page, PEOPLE.latha);
  await setFaults(request, { blackout: true });
  await answer(page, SUPPLIER, utr, "Accept", "Found it");
  expect(await incomingStatus(utr)).toBe("CONFIRMING");
  await page.goto(`/b/${SUPPLIER}/received/${objectId}`);
  const takeBack = page.getByRole("button", { name: "Take answer back" });
  await expect(takeBack).toBeHidden();
  // As the worker leaves it when the network refuses the call: nothing is tried any more.
  await rows(
    `UPDATE message SET state = 'STOPPED', next_attempt_at = NULL, settled_at = now(),
            last_error = 'The network refused the call with HTTP 403.'
      WHERE object_id = $1 AND direction = 'OUT' AND operation = 'REQ_PAY_CONFIRMATION'`,
    objectId,
  );

  await takeBack.click();
  const dialog = page.getByRole("alertdialog", { name: "Take your answer back?" });
  await expect(dialog).toContainText("Should this one have arrived after all, it still counts");
  await dialog.getByRole("button", { name: "Take it back" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("heading", { name: "Has the money arrived?" })).toBeVisible();
  await expect(page.getByText("Nothing came of the answer, and it was taken back")).toBeVisible();
  const [taken] = await rows<{ status: string; response: string | null }>(
    "SELECT status, supplier_response AS response FROM payment WHERE object_id = $1 AND side = 'INCOMING'",
    objectId,
  );
  expect(taken).toEqual({ status: "AWAITING_CONFIRMATION", response: null });
  expect((await booksOf(invoice.objectId)).RECEIVABLE).toMatchObject({ paid: 0, pending: 600_000 });

  await setFaults(request, {});
  await page.getByRole("button", { name: "Reject…" }).click();
  const rejecting = page.getByRole("alertdialog");
  await rejecting.getByRole("textbox", { name: "Remark" }).fill("It came back to you");
  await rejecting.getByRole("button", { name: "Reject payment" }).click();
  await expect(page.getByRole("status").getByText("Rejected")).toBeVisible({ timeout: 30_000 });
  await expect
    .poll(() => booksOf(invoice.objectId), { timeout: 30_000 })
    .toEqual({
      PAYABLE: { status: "CREATED", paid: 0, pending: 0 },
      RECEIVABLE: { status: "CREATED", paid: 0, pending: 0 },
    });
});

test("on a phone the focus goes to the payment and back to its row, and a long reference stays in the window", async ({
  page,
  request,
}) => {
  const utr = `UTR/OF/FIFTY/CHARACTERS/${newUtr()}/0000000000`.slice(0, 50);
  await payFromSoftware(request, { paid: 700, utr });
  await page.setViewportSize(PHONE);
  await signIn(page, PEOPLE.latha);
  await page.goto(`/b/${SUPPLIER}/to-confirm?q=${encodeURIComponent(utr)}`);
  const row = page.getByRole("button", { name: new RegExp(`UTR ${utr}`) });
  const heading = page.getByRole("heading", { name: "Anvaya Retail" });
  await expect(async () => {
    await row.click();
    await expect(heading).toBeFocused({ timeout: 2_000 });
  }).toPass();
  // On a low screen the answer's buttons stay in reach, over whatever is scrolled beneath them.
  await page.setViewportSize({ width: PHONE.width, height: 400 });
  const beneath = await page.evaluate(() => {
    const all = [...document.querySelectorAll("button")];
    const named = (words: string) => all.find(({ textContent }) => textContent?.trim() === words);
    const [copy, accept] = [named("Copy UTR"), named("Accept…")];
    if (!copy || !accept) return null;
    window.scrollBy({ top: copy.getBoundingClientRect().y - accept.getBoundingClientRect().y, behavior: "instant" });
    const { x, y, width, height } = copy.getBoundingClientRect();
    const pressed = document.elementFromPoint(x + width / 2, y + height / 2)?.closest("button");
    return { apart: Math.round(y - accept.getBoundingClientRect().y), isPressed: pressed === copy };
  });
  expect(beneath).toEqual({ apart: 0, isPressed: false });
  await page.setViewportSize(PHONE);
  const accept = page.getByRole("button", { name: "Accept…" });
  await accept.click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText(utr);
  const spill = await dialog.evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(spill, "pixels out of the window").toBe(0);
  await dialog.getByRole("button", { name: "Back" }).click();
  await expect(accept).toBeFocused();
  await page.getByRole("button", { name: "All payments to confirm" }).click();
  await expect(row).toBeFocused();
});

test("nothing is to be found in the bank account for a payment by adjustment alone", async ({ page, request }) => {
  const [payment] = await payFromSoftware(request, { paid: 0, adjusted: 500 });
  if (!payment) throw new Error("a payment was asked for");
  await signIn(page, PEOPLE.latha);
  await page.goto(`/b/${SUPPLIER}/to-confirm?q=${payment.utr}&payment=${payment.objectId}`);
  await expect(page.getByText("no money was to arrive", { exact: false })).toBeVisible();
  await expect(page.getByText("To find in your bank account")).toBeHidden();
  await page.getByRole("link", { name: "All details of this payment" }).click();
  await expect(page.getByRole("heading", { name: "Is the adjustment right?" })).toBeVisible();
  await page.getByRole("button", { name: "Accept…" }).click();
  await expect(page.getByRole("alertdialog", { name: "Accept ₹500.00 from Anvaya Retail?" })).toBeVisible();
});

test("where the browser doesn't let a page copy, whoever presses is told", async ({ page, request }) => {
  const [payment] = await payFromSoftware(request, { paid: 800 });
  if (!payment) throw new Error("a payment was asked for");
  // As over plain http on another host.
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await signIn(page, PEOPLE.latha);
  await page.goto(`/b/${SUPPLIER}/to-confirm?payment=${payment.objectId}`);
  await expect(async () => {
    await page.getByRole("region", { name: "Anvaya Retail" }).getByRole("button", { name: "Copy UTR" }).click();
    await expect(page.getByText("The browser does not let the portal copy.")).toBeVisible({ timeout: 1_000 });
  }).toPass();
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

test("on a low laptop neither a note nor a window's length hides the buttons of an answer", async ({
  page,
  request,
}) => {
  const [payment] = await payFromSoftware(request, { paid: 900 });
  if (!payment) throw new Error("a payment was asked for");
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await page.setViewportSize({ width: 1024, height: 500 });
  await signIn(page, PEOPLE.latha);
  await page.goto(`/b/${SUPPLIER}/to-confirm?payment=${payment.objectId}`);
  const accept = page.getByRole("button", { name: "Accept…" });
  const note = page.locator("[data-sonner-toast]");
  await expect(async () => {
    await page.getByRole("region", { name: "Anvaya Retail" }).getByRole("button", { name: "Copy UTR" }).click();
    await expect(note).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const isCovered = async () => {
    const [over, under] = [await note.boundingBox(), await accept.boundingBox()];
    return over && under && over.y < under.y + under.height && under.y < over.y + over.height;
  };
  // It rises to its place from below; where it stays for seconds it must be out of the way.
  await expect.poll(isCovered, { timeout: 2_000 }).toBe(false);

  await accept.click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("textbox", { name: "Remark" })).toBeFocused();
  await expect(dialog.getByRole("button", { name: "Accept payment" })).toBeInViewport({ ratio: 1 });
});
