import { answer, holdRequests, incomingStatus, payFromSoftware } from "./support/steps";
import { expect, test } from "./support/test";
import { PEOPLE, rows, signIn } from "./support/world";

const SUPPLIER = "kaveri-metals";

test("a supplier accepts what a bank statement has, and looks at what it has differently", async ({
  page,
  request,
}) => {
  const payments = await payFromSoftware(request, { paid: 1_000 }, { paid: 2_000 }, { paid: 3_000 }, { paid: 4_000 });
  const [here, also, less, absent] = payments.map(({ utr }) => utr);
  await signIn(page, PEOPLE.latha);
  await page.goto(`/b/${SUPPLIER}/to-confirm`);
  await page.getByRole("link", { name: "Look on a bank statement" }).click();
  await expect(page.getByRole("heading", { name: "Look on a bank statement" })).toBeVisible();
  const statement = [
    "Axis Bank,,,,",
    "Tran Date,CHQNO,PARTICULARS,DR,CR",
    `21-11-2026,,NEFT/${here}/ANVAYA RETAIL,,"1,000.00"`,
    `21-11-2026,,NEFT/${less}/ANVAYA RETAIL,,"2,999.00"`,
    `21-11-2026,,NEFT/${also}/ANVAYA RETAIL,,"2,000.00"`,
    "21-11-2026,,RENT,25000.00,",
  ].join("\n");
  await expect(async () => {
    await page.getByLabel("Choose a file").setInputFiles({
      name: "november.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(statement),
    });
    await expect(page.getByRole("heading", { name: "november.csv" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const found = page.getByRole("table", { name: /^Found 2/ });
  await expect(found.getByRole("row").filter({ hasText: "NEFT/" })).toHaveCount(2);

  await page.getByRole("radio", { name: /^To look at/ }).check();
  const doubtful = page.getByRole("row").filter({ hasText: less ?? "" });
  await expect(doubtful).toContainText("₹2,999.00 came in, and the buyer says ₹3,000.00.");
  await page.getByRole("radio", { name: /^Not on it/ }).check();
  await expect(page.getByRole("row").filter({ hasText: absent ?? "" })).toContainText("Not on it");

  await page.getByRole("radio", { name: /^Found/ }).check();
  await page.getByRole("checkbox", { name: "Accept ₹2,000.00 from Anvaya Retail" }).uncheck();
  await expect(page.getByText("1 payment chosen, ₹1,000.00")).toBeVisible();
  await page.getByRole("button", { name: "Accept 1 payment" }).click();
  const asking = page.getByRole("alertdialog");
  await asking.getByLabel("Remark").fill("");
  await asking.getByRole("button", { name: "Accept" }).click();
  await expect(asking.getByText("Write a remark; the buyer will read it.")).toBeVisible();
  await asking.getByLabel("Remark").fill("Received in our Axis account");
  await asking.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByRole("status").filter({ hasText: "1 payment accepted" })).toBeVisible();

  await expect.poll(() => incomingStatus(here ?? ""), { timeout: 30_000 }).toBe("ACCEPTED");
  const [answer] = await rows<{ remarks: string }>(
    "SELECT supplier_remarks AS remarks FROM payment WHERE utr = $1 AND side = 'INCOMING'",
    here,
  );
  expect(answer?.remarks).toBe("Received in our Axis account");
  for (const utr of [also, less, absent]) expect(await incomingStatus(utr ?? "")).toBe("AWAITING_CONFIRMATION");
});

test("references that were found are looked up together, not one after the other", async ({ page, request }) => {
  const payments = await payFromSoftware(request, { paid: 1_300 }, { paid: 1_400 });
  const lines = payments.map(({ utr }, n) => `21-11-2026,NEFT/${utr}/ANVAYA RETAIL,,"1,${n + 3}00.00"`);
  await signIn(page, PEOPLE.latha);
  await page.goto(`/b/${SUPPLIER}/to-confirm/statement`);
  await page.waitForLoadState("networkidle");
  const underWay: string[] = [];
  page.on("request", (each) => {
    const { pathname, searchParams } = new URL(each.url());
    if (pathname.endsWith("/check-utr")) underWay.push(searchParams.get("utr") ?? "");
  });
  const goOn = await holdRequests(page, "**/check-utr?**");
  await page.getByLabel("Choose a file").setInputFiles({
    name: "today.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["Date,Particulars,Debit,Credit", ...lines].join("\n")),
  });
  await expect.poll(() => underWay.toSorted()).toEqual(payments.map(({ utr }) => utr).toSorted());
  const accept = page.getByRole("button", { name: "Accept 2 payments" });
  await expect(accept).toBeDisabled();
  goOn();
  await expect(accept).toBeEnabled();
});

test("whoever goes to another page while payments are accepted is told there what has come of it", async ({
  page,
  request,
}) => {
  const payments = await payFromSoftware(request, { paid: 1_100 }, { paid: 1_200 });
  const lines = payments.map(({ utr }, n) => `21-11-2026,NEFT/${utr}/ANVAYA RETAIL,,"1,${n + 1}00.00"`);
  await signIn(page, PEOPLE.latha);
  await page.goto(`/b/${SUPPLIER}/to-confirm/statement`);
  await page.waitForLoadState("networkidle");
  await page.getByLabel("Choose a file").setInputFiles({
    name: "today.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["Date,Particulars,Debit,Credit", ...lines].join("\n")),
  });
  const goOn = await holdRequests(page, "**/answer");
  await page.getByRole("button", { name: "Accept 2 payments" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Accept" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Invoices" }).click();
  await page.waitForURL(/\/invoices$/);
  goOn();
  await expect(page.getByText("2 payments accepted.")).toBeVisible();
  for (const { utr } of payments) await expect.poll(() => incomingStatus(utr), { timeout: 30_000 }).toBe("ACCEPTED");
});

test("money that was accepted before isn't found again by another of its line's numbers", async ({ page, request }) => {
  await signIn(page, PEOPLE.latha);
  const [before] = await payFromSoftware(request, { paid: 1_500 });
  const utr = before?.utr ?? "";
  await answer(page, SUPPLIER, utr, "Accept", "Received");
  await expect.poll(() => incomingStatus(utr), { timeout: 30_000 }).toBe("ACCEPTED");
  const rrn = `63${utr.slice(-10)}`;
  const [again] = await payFromSoftware(request, { paid: 1_500, utr: rrn });

  await page.goto(`/b/${SUPPLIER}/to-confirm/statement`);
  await page.waitForLoadState("networkidle");
  await page.getByLabel("Choose a file").setInputFiles({
    name: "today.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`Date,Particulars,Ref,Debit,Credit\n21-11-2026,NEFT/${utr}/ANVAYA RETAIL,${rrn},,"1,500.00"`),
  });
  await page.getByRole("radio", { name: /^To look at/ }).check();
  await expect(page.getByRole("row").filter({ hasText: rrn }).first()).toContainText(
    "This line is the money of another payment, ₹1,500.00 from Anvaya Retail, which you have accepted.",
  );
  expect(await incomingStatus(again?.utr ?? "")).toBe("AWAITING_CONFIRMATION");
});
