import { expect, test } from "vitest";
import { changedInvoiceSchema, emptyInvoiceValues, newInvoiceSchema } from "@/features/invoices/form";

const objectId = `INV${"0".repeat(32)}`;
const values = {
  ...emptyInvoiceValues("2026-11-20"),
  supplierInvoiceNumber: "KM/141",
  totalPaise: "1,23,456.50",
  counterparty: {
    ...emptyInvoiceValues("2026-11-20").counterparty,
    b2bId: "27AAPFA4471K1Z1@BCB",
    name: "Anvaya Retail",
  },
};

const wrongFields = (result: { error?: { issues: { path: PropertyKey[] }[] } | undefined }) =>
  result.error?.issues.map(({ path }) => path.join("."));

test("an empty form says all that is missing at once", () => {
  const result = newInvoiceSchema("receivable", objectId).safeParse(emptyInvoiceValues("2026-11-20"));
  expect(wrongFields(result)).toEqual([
    "counterparty.b2bId",
    "counterparty.name",
    "supplierInvoiceNumber",
    "totalPaise",
  ]);
});

test("what people type becomes the request that the server takes", () => {
  const request = newInvoiceSchema("receivable", objectId).parse(values);
  expect(request).toMatchObject({
    side: "receivable",
    objectId,
    supplierInvoiceNumber: "KM/141",
    totalPaise: 1_23_456_50,
  });
  expect(request.counterparty.gstin).toBeUndefined();
});

test("codes may be typed in small letters, and numbers copied with their blanks", () => {
  const typed = {
    gstin: " 27aapfu 0939f1zv",
    bankAccountNumber: "1234 5678 9012",
    bankIfsc: "hdfc0001234",
    vpa: "km @bank ",
  };
  const counterparty = { ...values.counterparty, ...typed };
  const request = newInvoiceSchema("payable", objectId).parse({ ...values, counterparty });
  expect(request.counterparty).toMatchObject({
    gstin: "27AAPFU0939F1ZV",
    bankAccountNumber: "123456789012",
    bankIfsc: "HDFC0001234",
    vpa: "km@bank",
  });
});

test.each(["", "0", "12.345", "twelve", "-5"])("the amount %j is refused beside its field", (totalPaise) => {
  expect(wrongFields(newInvoiceSchema("payable", objectId).safeParse({ ...values, totalPaise }))).toEqual([
    "totalPaise",
  ]);
});

test("a due date before the invoice date is refused, and a change leaves the other party alone", () => {
  const late = { ...values, issueDate: "2026-11-21", dueDate: "2026-11-20" };
  expect(wrongFields(changedInvoiceSchema(3).safeParse(late))).toEqual(["dueDate"]);
  expect(changedInvoiceSchema(3).parse(values)).not.toHaveProperty("counterparty");
});
