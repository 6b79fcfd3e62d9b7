import { describe, expect, test } from "vitest";
import type { ErrorCode, Refusal } from "@/features/protocol/errors";
import {
  REQ_PAY_CONFIRMATION_EXAMPLE,
  REQ_PAY_EXAMPLE,
  RESP_PAY_CONFIRMATION_EXAMPLE,
  RESP_PAY_EXAMPLE,
} from "@/features/protocol/examples";
import {
  parseReqPay,
  parseReqPayConfirmation,
  parseRespPay,
  parseRespPayConfirmation,
} from "@/features/protocol/parse";
import { edited } from "@/features/protocol/testing/edited";

/** The field that is broken (and named by errorField), the value it is given, and the code; `also` breaks nothing by itself. */
type Row = readonly [field: string, value: unknown, code: ErrorCode, also?: Readonly<Record<string, unknown>>];

const line = "payment.invoicesPayInfos[1]";
const paid = `${line}.invoicePaymentAmount`;
const tooLong = (length: number) => "x".repeat(length + 1);

const ids = (field: string): Row[] => [
  [field, undefined, "FIELD_MISSING"],
  [field, 7, "FIELD_TYPE"],
  [field, "", "FIELD_PATTERN"],
  [field, 'a"b', "FIELD_PATTERN"],
  [field, "a\\b", "FIELD_PATTERN"],
  [field, tooLong(100), "FIELD_PATTERN"],
];
const paymentId = (field: string): Row[] => [
  [field, undefined, "FIELD_MISSING"],
  [field, `PMX${"a".repeat(32)}`, "FIELD_PATTERN"],
  [field, `PMT${"a".repeat(31)}`, "FIELD_PATTERN"],
  [field, `PMT${"a".repeat(33)}`, "FIELD_PATTERN"],
  [field, `PMT${"a".repeat(31)}-`, "FIELD_PATTERN"],
];
const instant = (field: string): Row[] => [
  [field, undefined, "FIELD_MISSING"],
  [field, "2026-11-20T14:05:00", "TIMESTAMP_INVALID"],
  [field, "2026-02-30T14:05:00+05:30", "TIMESTAMP_INVALID"],
  [field, "20/11/2026", "TIMESTAMP_INVALID"],
  [field, "0000-01-01T00:00:00Z", "TIMESTAMP_INVALID"],
  [field, "9999-12-31T23:59:59Z", "TIMESTAMP_INVALID"],
  [field, 1763627700, "FIELD_TYPE"],
];
const invoice = (at: string): Row[] => [
  [`${at}.objectId`, undefined, "FIELD_MISSING"],
  [`${at}.objectId`, 'INV"', "FIELD_PATTERN"],
  [`${at}.objectId`, tooLong(100), "FIELD_PATTERN"],
  [`${at}.objectId`, "INV019aa0d5c1f07c3e8a4b5d6e7f8091aa", "DUPLICATE_INVOICE"],
  [`${at}.supplierInvoiceNumber`, undefined, "FIELD_MISSING"],
  [`${at}.supplierInvoiceNumber`, "", "FIELD_LENGTH"],
  [`${at}.supplierInvoiceNumber`, tooLong(100), "FIELD_LENGTH"],
  [`${at}.objectVersion`, undefined, "FIELD_MISSING"],
  [`${at}.objectVersion.currentVersion`, undefined, "FIELD_MISSING"],
  [`${at}.objectVersion.currentVersion`, -1, "VERSION_INVALID"],
  [`${at}.objectVersion.currentVersion`, 1.5, "VERSION_INVALID"],
  [`${at}.objectVersion.newVersion`, "2", "VERSION_INVALID"],
  [`${at}.objectVersion.newVersion`, 2 ** 53, "VERSION_INVALID"],
  [`${at}.objectVersion.newVersion`, 0, "VERSION_ORDER"],
  [`${at}.statusTransition`, undefined, "FIELD_MISSING"],
  [`${at}.statusTransition.currentStatus`, undefined, "FIELD_MISSING"],
  [`${at}.statusTransition.currentStatus`, "", "FIELD_PATTERN"],
  [`${at}.statusTransition.newStatus`, tooLong(50), "FIELD_PATTERN"],
  [`${at}.statusTransition.newStatus`, "PA\\ID", "FIELD_PATTERN"],
];
const amountRows = (field: string): Row[] => [
  [field, undefined, "FIELD_MISSING"],
  [field, null, "FIELD_MISSING"],
  [field, "100", "FIELD_TYPE"],
  [field, 1.001, "AMOUNT_DECIMALS"],
  [field, 1.005, "AMOUNT_DECIMALS"],
  [field, -1, "AMOUNT_NEGATIVE"],
  [field, 1e12, "AMOUNT_TOO_LARGE"],
];
const device: Row[] = [
  ["device", undefined, "FIELD_MISSING"],
  ["device.tag", undefined, "FIELD_MISSING"],
  ["device.tag.name", undefined, "FIELD_MISSING"],
  ["device.tag.name", "IP", "FIELD_VALUE"],
  ["device.tag.value", "", "FIELD_LENGTH"],
  ["device.tag.value", tooLong(100), "FIELD_LENGTH"],
];
const additional = (field: string): Row[] => [
  [field, "none", "FIELD_TYPE"],
  [field, Array(51).fill({}), "LIST_LENGTH"],
  [`${field}[0].name`, 1, "FIELD_TYPE"],
  [`${field}[0].value`, tooLong(1000), "FIELD_LENGTH"],
];
const amountsOfPayment: Row[] = [
  ...amountRows("payment.paymentAmount.netPaidAmount"),
  ...amountRows("payment.paymentAmount.netAdjustmentAmount"),
  ...amountRows("payment.paymentAmount.totalAmount"),
  ...amountRows(`${line}.invoiceAmount.dueAmount`),
  ...amountRows(`${line}.invoiceAmount.totalAmount`),
  ...amountRows(`${paid}.netPaidAmount`),
  ...amountRows(`${paid}.netAdjustmentAmount`),
  ...amountRows(`${paid}.totalAmount`),
  ...amountRows("payment.invoicesPayInfos[0].invoicePaymentAmount.splits[0].value"),
  [`${paid}.totalAmount`, 10000.51, "AMOUNT_TOTAL"],
  [`${paid}.totalAmount`, 0, "AMOUNT_ZERO", { [`${paid}.netPaidAmount`]: 0 }],
  ["payment.invoicesPayInfos[0].invoicePaymentAmount.splits[0].name", "", "FIELD_LENGTH"],
  ["payment.invoicesPayInfos[0].invoicePaymentAmount.splits[0].refNo", tooLong(100), "FIELD_LENGTH"],
  ["payment.invoicesPayInfos[0].invoicePaymentAmount.splits", [{ name: "TDS", value: 1999.99 }], "SPLITS_SUM"],
  [`${paid}.splits`, [{ name: "TDS", value: 1 }], "SPLITS_SUM"],
  [`${paid}.splits`, Array(51).fill({ name: "TDS", value: 0 }), "LIST_LENGTH"],
  ["payment.paymentAmount.totalAmount", 110000.51, "AMOUNT_TOTAL"],
  ["payment.paymentAmount.netPaidAmount", 108000.49, "AMOUNT_TOTAL"],
  ["payment.paymentAmount.netAdjustmentAmount", 1999, "AMOUNT_TOTAL"],
  ["payment.paymentAmount.netPaidAmount", 108001.5, "AMOUNT_SUM", { "payment.paymentAmount.totalAmount": 110001.5 }],
  ["payment.paymentAmount.netAdjustmentAmount", 2001, "AMOUNT_SUM", { "payment.paymentAmount.totalAmount": 110001.5 }],
  [
    "payment.paymentAmount.netPaidAmount",
    107999.5,
    "AMOUNT_SUM",
    { "payment.paymentAmount.netAdjustmentAmount": 2001 },
  ],
  [
    "payment.paymentAmount.totalAmount",
    0,
    "AMOUNT_ZERO",
    { "payment.paymentAmount.netPaidAmount": 0, "payment.paymentAmount.netAdjustmentAmount": 0 },
  ],
  // Of a payment of nothing, that is what is said first.
  [
    "payment.paymentAmount.totalAmount",
    0,
    "AMOUNT_ZERO",
    {
      "payment.paymentAmount.netPaidAmount": 0,
      "payment.paymentAmount.netAdjustmentAmount": 0,
      [`${paid}.netPaidAmount`]: 0,
      [`${paid}.totalAmount`]: 0,
    },
  ],
  // Where more than one of the three is off, it's the total that is spoken of.
  ["payment.paymentAmount.totalAmount", 110000.51, "AMOUNT_TOTAL", { "payment.paymentAmount.netPaidAmount": 1 }],
  ["payment.invoicesPayInfos", undefined, "FIELD_MISSING"],
  ["payment.invoicesPayInfos", Array(501).fill(REQ_PAY_EXAMPLE.payment.invoicesPayInfos[0]), "LIST_LENGTH"],
  [`${line}.invoiceAmount`, undefined, "FIELD_MISSING"],
  [`${line}.invoicePaymentAmount`, undefined, "FIELD_MISSING"],
  [`${line}.supplierBankAccountDetails`, undefined, "FIELD_MISSING"],
  [`${line}.supplierBankAccountDetails.ifsc`, 1, "FIELD_TYPE"],
  [`${line}.supplierBankAccountDetails.beneficiaryName`, tooLong(200), "FIELD_LENGTH"],
];

const reqPayRows: Row[] = [
  ...device,
  ["b2bIds", undefined, "FIELD_MISSING"],
  ...ids("b2bIds.buyerB2BId"),
  ...ids("b2bIds.supplierB2BId"),
  ["payment", undefined, "FIELD_MISSING"],
  ["payment", [], "FIELD_TYPE"],
  ...paymentId("payment.objectId"),
  ...instant("payment.ts"),
  ["payment.type", undefined, "FIELD_MISSING"],
  ["payment.type", "onplatform", "FIELD_VALUE"],
  ["payment.mode", undefined, "FIELD_MISSING"],
  ["payment.mode", "RTGS", "FIELD_VALUE"],
  ["payment.mode", "INTERNET_BANKING", "FIELD_VALUE"],
  ["payment.utr", undefined, "FIELD_MISSING"],
  ["payment.utr", "", "FIELD_PATTERN"],
  ["payment.utr", 'N"1', "FIELD_PATTERN"],
  ["payment.utr", tooLong(50), "FIELD_PATTERN"],
  ["payment.currency", undefined, "FIELD_MISSING"],
  ["payment.currency", "USD", "FIELD_VALUE"],
  ["payment.paymentAmount", undefined, "FIELD_MISSING"],
  ["payment.paymentAmount.currency", "USD", "FIELD_VALUE"],
  [`${line}.invoiceAmount.currency`, "USD", "FIELD_VALUE"],
  [`${paid}.currency`, undefined, "FIELD_MISSING"],
  ...invoice(line),
  ...amountsOfPayment,
  ["payment.invoicesPayInfos", [], "LIST_LENGTH"],
  ...additional("additionalInfos"),
];

const respRows: Row[] = [
  ["resp", undefined, "FIELD_MISSING"],
  ["resp.reqMsgId", undefined, "FIELD_MISSING"],
  ["resp.reqMsgId", tooLong(500), "FIELD_LENGTH"],
  ["resp.result", undefined, "FIELD_MISSING"],
  ["resp.result", "OK", "FIELD_VALUE"],
  ["resp.errorCd", 500, "FIELD_TYPE"],
  ["resp.errorDtl", tooLong(4000), "FIELD_LENGTH"],
  ["resp.errorField", tooLong(1000), "FIELD_LENGTH"],
];

const respPayRows: Row[] = [
  ...respRows,
  ["resp.errorCd", undefined, "FIELD_MISSING"],
  ["resp.errorDtl", undefined, "FIELD_MISSING"],
  ["resp.errorField", undefined, "FIELD_MISSING"],
  ["b2bIds.buyerB2BId", undefined, "FIELD_MISSING"],
  ["b2bIds.supplierB2BId", 1, "FIELD_TYPE"],
  ["payment.objectId", undefined, "FIELD_MISSING"],
  ["payment.ts", undefined, "FIELD_MISSING"],
  ["payment.type", undefined, "FIELD_MISSING"],
  ["payment.mode", undefined, "FIELD_MISSING"],
  ["payment.utr", undefined, "FIELD_MISSING"],
  ["payment.utr", tooLong(200), "FIELD_LENGTH"],
  ["payment.currency", undefined, "FIELD_MISSING"],
  ...amountsOfPayment,
  ["additionalInfos", undefined, "FIELD_MISSING"],
  ...additional("additionalInfos"),
];

const confirmationRows: Row[] = [
  ...ids("b2bIds.buyerB2BId"),
  ...ids("b2bIds.supplierB2BId"),
  ["paymentConfirmation", undefined, "FIELD_MISSING"],
  ...paymentId("paymentConfirmation.objectId"),
  ...instant("paymentConfirmation.ts"),
  ["paymentConfirmation.type", undefined, "FIELD_MISSING"],
  ["paymentConfirmation.type", "PLATFORM", "FIELD_VALUE"],
  ["paymentConfirmation.supplierResponse", undefined, "FIELD_MISSING"],
  ["paymentConfirmation.supplierResponse", "MAYBE", "FIELD_VALUE"],
  [
    "paymentConfirmation.supplierResponse",
    "REJECT",
    "REJECT_NOT_ALLOWED",
    { "paymentConfirmation.type": "ONPLATFORM" },
  ],
  ...ids("paymentConfirmation.supplierRemarks"),
  ["paymentConfirmation.invoiceInfos", undefined, "FIELD_MISSING"],
  ["paymentConfirmation.invoiceInfos", [], "LIST_LENGTH"],
  ...invoice("paymentConfirmation.invoiceInfos[1]"),
];

const tables: readonly [string, object, (raw: unknown) => { ok: boolean; refusal?: Refusal }, readonly Row[]][] = [
  ["req-pay", REQ_PAY_EXAMPLE, parseReqPay, reqPayRows],
  ["resp-pay", RESP_PAY_EXAMPLE, parseRespPay, respPayRows],
  ["req-pay-confirmation", REQ_PAY_CONFIRMATION_EXAMPLE, parseReqPayConfirmation, [...device, ...confirmationRows]],
  [
    "resp-pay-confirmation",
    RESP_PAY_CONFIRMATION_EXAMPLE,
    parseRespPayConfirmation,
    [...respRows, ...confirmationRows, ...additional("additionalInfo")],
  ],
];

describe.each(tables)("every rule of %s, broken once", (_operation, example, parse, rows) => {
  test.each(rows.map(([field, value, code, also]) => ({ field, value: shown(value), given: value, code, also })))(
    "$field = $value → $code",
    ({ field, given, code, also }) => {
      const parsed = parse(edited(example, { [field]: given, ...also }));
      expect(parsed).toMatchObject({ ok: false, refusal: { code, field } });
      expect(parsed.refusal?.detail).toMatch(/^[A-Z].*\.$/s);
    },
  );

  test.each([null, [], "text", 7])("%j is no message", (raw) => {
    expect(parse(raw)).toMatchObject({ ok: false, refusal: { code: "FIELD_TYPE", field: "" } });
  });
});

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "absent";
  return text.length > 40 ? `${text.slice(0, 40)}… (${text.length})` : text;
}

test("the words name the field as people do", () => {
  const words = (field: string, value: unknown) => {
    const parsed = parseReqPay(edited(REQ_PAY_EXAMPLE, { [field]: value }));
    return parsed.ok ? "" : parsed.refusal.detail;
  };
  expect(words(`${paid}.totalAmount`, 1.001)).toBe("The total amount of invoice 2 has more than two decimals.");
  expect(words("payment.utr", "")).toBe("The UTR must have 1 to 50 characters, without double quotes or backslashes.");
  expect(words("payment.objectId", "x")).toBe("The id must be PMT followed by 32 letters or digits.");
  expect(words("device.tag.value", "")).toBe("The value must have at least 1 character.");
  expect(words("payment.invoicesPayInfos[1].supplierInvoiceNumber", tooLong(100))).toBe(
    "The invoice number of invoice 2 may have at most 100 characters.",
  );
  expect(words("payment.invoicesPayInfos", [])).toBe("The list of invoices must have at least 1 entry.");
  expect(words("additionalInfos", Array(51).fill({}))).toBe("The additionalInfos may have at most 50 entries.");
  expect(words(`${paid}.totalAmount`, 12000)).toBe(
    "Invoice 2: net ₹10,000.50 plus adjustment ₹0.00 is not the total ₹12,000.00.",
  );
  // A time in nanoseconds: whole, and still not one that every reader of JSON keeps.
  expect(words("payment.invoicesPayInfos[1].objectVersion.newVersion", 1_763_700_000_000_000_000)).toBe(
    "The new version of invoice 2 must be a whole number from 0 to 9,007,199,254,740,991.",
  );
  expect(words("payment.mode", "RTGS")).toMatch(/^The payment mode must be INTERNET BANKING or DEBIT CARD/);
});

test("a message whose fields are fine but don't fit each other can be echoed", () => {
  const parsed = parseReqPay(edited(REQ_PAY_EXAMPLE, { "payment.paymentAmount.totalAmount": 1 }));
  expect(parsed).toMatchObject({ ok: false, body: { b2bIds: REQ_PAY_EXAMPLE.b2bIds } });
});
