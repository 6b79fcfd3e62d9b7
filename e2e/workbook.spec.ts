import type { Page } from "@playwright/test";
import { makeWorkbook, sheetRows } from "@/tests/workbook";
import { violationsOf } from "./support/accessible";
import { incomingStatus, payFromSoftware } from "./support/steps";
import { expect, test } from "./support/test";
import { PEOPLE, rows, signIn } from "./support/world";

const HEADINGS = ["Bill no", "Supplier", "Bill date", "Due date", "Amount"];
/** Days of a workbook: 1 and 30 November 2026. */
const [NOV_1, NOV_30] = [46327, 46356];

async function choose(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.getByLabel("Choose a file").setInputFiles({ name, mimeType: "", buffer: Buffer.from(bytes) });
}

test("a workbook's sheet is chosen, looked through and added; what isn't one is told in words", async ({ page }) => {
  const mark = crypto.randomUUID().slice(0, 6).toUpperCase();
  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/></numFmts>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>';
  const bill = `<row r="5"><c r="A5" t="inlineStr"><is><t>WB/${mark}/1</t></is></c><c r="B5" t="inlineStr"><is><t>Kaveri Metals</t></is></c><c r="C5" s="1"><v>${NOV_1}</v></c><c r="D5" s="1"><v>${NOV_30}</v></c><c r="E5"><f>SUM(1,2)</f><v>118000.10000000001</v></c></row>`;
  const workbook = makeWorkbook(
    [
      { name: "October", rows: sheetRows([HEADINGS]) },
      { name: "November", rows: sheetRows([["Purchase register"], [], HEADINGS]) + bill },
      { name: "Notes", rows: sheetRows([["Ask about the freight"]]) },
      { name: "Old", rows: sheetRows([HEADINGS]), state: "hidden" },
    ],
    { styles },
  );
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills/import");
  await choose(page, "register.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
  const refused = page.getByText("This is a workbook of the old kind (.xls)");
  await expect(refused).toBeVisible();

  await choose(page, "register.xlsx", workbook);
  await expect(page.getByRole("heading", { name: "Which sheet of register.xlsx?" })).toBeFocused();
  await expect(refused).toBeHidden();
  const sheets = page.getByRole("region", { name: "Which sheet of register.xlsx?" });
  await expect(sheets.getByRole("button")).toHaveText([/^October\s*1 row$/, /^November\s*3 rows$/, /^Notes\s*1 row$/]);
  expect(await violationsOf(page)).toEqual([]);
  await sheets.getByRole("button", { name: "Notes" }).click();
  await expect(page.getByText("There are no columns “Invoice number”")).toBeVisible();
  await sheets.getByRole("button", { name: "November" }).click();
  await expect(page.getByRole("heading", { name: "register.xlsx, November" })).toBeVisible();
  const line = page.getByRole("row", { name: `WB/${mark}/1` });
  await expect(line).toContainText("30 Nov 2026");
  await page.getByRole("button", { name: "Add 1 bill" }).click();
  await expect(page.getByRole("status").filter({ hasText: "1 bill added, ₹1,18,000.10" })).toBeVisible();
  const written = await rows(
    `SELECT total::text, issue_date::text AS issued, due_date::text AS due FROM invoice
      WHERE supplier_invoice_number = $1 AND side = 'PAYABLE'`,
    `WB/${mark}/1`,
  );
  expect(written).toEqual([{ total: "11800010", issued: "2026-11-01", due: "2026-11-30" }]);
});

test("a bank's workbook finds what waits", async ({ page, request }) => {
  const [payment] = await payFromSoftware(request, { paid: 1_700 });
  const utr = payment?.utr ?? "";
  const statement = makeWorkbook([
    {
      name: "Statement",
      rows: sheetRows([
        ["HDFC BANK Ltd."],
        ["Date", "Narration", "Deposit Amt."],
        ["21/11/26", `NEFT CR-${utr}`, 1700],
      ]),
    },
  ]);
  await signIn(page, PEOPLE.latha);
  await page.goto("/b/kaveri-metals/to-confirm/statement");
  await choose(page, "november.xlsx", statement);
  await expect(page.getByRole("heading", { name: "november.xlsx" })).toBeVisible();
  const found = page.getByRole("table", { name: /^Found/ });
  await expect(found.getByRole("row").filter({ hasText: utr })).toContainText("₹1,700.00");
  await page.getByRole("button", { name: "Accept 1 payment" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Accept" }).click();
  await expect.poll(() => incomingStatus(utr), { timeout: 30_000 }).toBe("ACCEPTED");
});
