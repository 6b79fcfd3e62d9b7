import type { APIRequestContext, Page } from "@playwright/test";
import { chooseBills, fillDetails, newUtr, reviewAndSend } from "./support/steps";
import { expect, test } from "./support/test";
import { booksOf, demoBusiness, PEOPLE, paymentsByUtr, raiseInvoices, rows, setFaults, signIn } from "./support/world";

const BUYER = "anvaya-retail";
const SUPPLIER = "kaveri-metals";

test.afterEach(({ request }) => setFaults(request, {}));

/** A payment of `rupees` by a bill of its own, of which the network hears nothing; the page shows it. */
async function payUnheard(page: Page, request: APIRequestContext, rupees: number) {
  const [kaveri, anvaya] = [await demoBusiness(request, SUPPLIER), await demoBusiness(request, BUYER)];
  const [bill] = await raiseInvoices(request, kaveri, anvaya, rupees);
  if (!bill) throw new Error("an invoice was asked for");
  await signIn(page, PEOPLE.ravi);
  const utr = newUtr();
  await chooseBills(page, BUYER, [bill]);
  await fillDetails(page, utr);
  await setFaults(request, { blackout: true });
  await reviewAndSend(page);
  return { bill, utr };
}

test("a payment that can't be delivered is given up, and its bill is due again", async ({ page, request }) => {
  const { bill, utr } = await payUnheard(page, request, 4_000);
  const giveUp = page.getByRole("button", { name: "Give up", exact: true });
  await expect(giveUp).toBeHidden();
  // As the worker leaves it when the network refuses the call: nothing is tried any more.
  const [{ objectId } = { objectId: "" }] = await paymentsByUtr(utr);
  const stop = () =>
    rows(
      `UPDATE message SET state = 'STOPPED', next_attempt_at = NULL, settled_at = now(),
              last_error = 'The network refused the call with HTTP 403.'
        WHERE object_id = $1 AND direction = 'OUT'`,
      objectId,
    );
  await stop();

  await expect(page.getByText("Bharat Connect refused this")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send again" })).toBeVisible();
  // As the form leaves it when the reply was lost and somebody walked on.
  const draft = { objectId, sent: true, openedAt: "2026-11-20T08:35:00Z", values: { money: "new", lines: [] } };
  const [ravi] = await rows<{ id: string }>("SELECT id FROM app_user WHERE email = $1", PEOPLE.ravi);
  await page.evaluate(([key, text]) => sessionStorage.setItem(key, text), [
    `chukta:${ravi?.id}:pay:${BUYER}::left`,
    JSON.stringify(draft),
  ] as const);
  await giveUp.click();
  const dialog = page.getByRole("alertdialog", { name: "Give this payment up?" });
  await expect(dialog).toContainText("the supplier's answer still counts");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(giveUp).toBeFocused();

  // Somebody sends it again meanwhile: the question stays, and the answer to it says so.
  await giveUp.click();
  await rows(
    `UPDATE message SET state = 'QUEUED', next_attempt_at = now() + interval '1 hour', settled_at = NULL
      WHERE object_id = $1 AND direction = 'OUT'`,
    objectId,
  );
  await expect(page.getByText("This has not gone out yet")).toBeAttached();
  await dialog.getByRole("button", { name: "Give it up" }).click();
  await expect(dialog.getByRole("alert")).toContainText("it is on its way");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator("#main")).toBeFocused();

  await stop();
  await giveUp.click();
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole("alert")).toBeHidden();
  await dialog.getByRole("button", { name: "Give it up" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("status").getByText("Failed")).toBeVisible();
  await expect(page.locator("#main")).toBeFocused();
  await expect(page.getByText(/gave this payment up, since it could not be delivered: .* HTTP 403\./)).toBeVisible();
  await expect(page.getByRole("link", { name: "Correct or pay again" })).toBeVisible();
  // Nothing leads back to it from its bill: "Pay" begins anew.
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.endsWith(":left")))).toEqual([]);

  const [payment] = await rows<{ status: string; failure_code: string }>(
    "SELECT status, failure_code FROM payment WHERE object_id = $1",
    objectId,
  );
  expect(payment).toEqual({ status: "FAILED", failure_code: "GIVEN_UP" });
  expect((await booksOf(bill.objectId)).PAYABLE).toEqual({ status: "CREATED", paid: 0, pending: 0 });
});

test("a payment that Bharat Connect took, and of which nothing came for a week, is given up", async ({
  page,
  request,
}) => {
  const { bill, utr } = await payUnheard(page, request, 3_000);
  const [{ objectId } = { objectId: "" }] = await paymentsByUtr(utr);
  // As the worker leaves it when its ack came, and then nothing.
  const taken = (days: number) =>
    rows(
      `WITH sent AS (
         UPDATE message SET state = 'DELIVERED', next_attempt_at = NULL, last_error = NULL, req_msg_id = 'REQ-' || object_id,
                settled_at = now() - make_interval(days => $2)
          WHERE object_id = $1 AND direction = 'OUT'
       )
       UPDATE payment SET created_at = now() - make_interval(days => $2) WHERE object_id = $1`,
      objectId,
      days,
    );
  await taken(6);
  await page.reload();
  await expect(page.getByText("No answer has come back yet")).toBeVisible();
  const giveUp = page.getByRole("button", { name: "Give up", exact: true });
  await expect(giveUp).toBeHidden();

  await taken(7);
  await page.reload();
  await giveUp.click();
  const dialog = page.getByRole("alertdialog", { name: "Give this payment up?" });
  await expect(dialog).toContainText("ask the supplier first whether it has reached them");
  await dialog.getByRole("button", { name: "Give it up" }).click();
  await expect(dialog).toBeHidden();
  // As what is wrong, and as the end of its progress.
  await expect(page.getByText("Given up: nothing came of it")).toHaveCount(2);
  await expect(page.getByText(/gave this payment up, since nothing came of it for 7 days\./)).toBeVisible();
  await expect(page.getByRole("link", { name: "Correct or pay again" })).toBeVisible();

  const [payment] = await rows<{ status: string; failure_code: string }>(
    "SELECT status, failure_code FROM payment WHERE object_id = $1",
    objectId,
  );
  expect(payment).toEqual({ status: "FAILED", failure_code: "GIVEN_UP" });
  expect((await booksOf(bill.objectId)).PAYABLE).toEqual({ status: "CREATED", paid: 0, pending: 0 });
});
