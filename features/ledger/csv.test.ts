import { expect, test } from "vitest";
import type { LedgerPayment } from "@/features/ledger/api";
import { LEDGER_CSV_HEADER, ledgerCsvRow } from "@/features/ledger/csv";
import type { LedgerLine } from "@/features/ledger/data";
import { csvLine } from "@/lib/csv";
import { paise } from "@/lib/money";

const whose = { party: "=Pipes", b2bId: "PIPES@BCB" };
const named = (side: "payable" | "receivable", line: LedgerLine) =>
  Object.fromEntries(
    ledgerCsvRow({ side, ...whose })(line)
      .map((cell, at) => [LEDGER_CSV_HEADER[at] ?? "?", cell] as const)
      .filter(([, cell]) => cell !== ""),
  );
const PARTY = { Party: "=Pipes", "Party's B2B ID": "PIPES@BCB" };

const paid: LedgerPayment = {
  mode: "NEFT",
  netPaise: 98_000_00,
  adjustments: [
    { name: "TDS", refNo: "194C", valuePaise: 1_000_00 },
    { name: "TDS", refNo: "194J", valuePaise: 500_00 },
    { name: "DISCOUNT", refNo: "CN/7", valuePaise: 400_00 },
    { name: "", refNo: "", valuePaise: 100_50 },
  ],
  invoiceNumbers: ["KM/1", "KM/2", "KM/3"],
  invoiceCount: 5,
};

test("a payment's line has its net, its TDS and what else it settles, which add up to its amount", () => {
  const entry = {
    day: "2026-11-20",
    kind: "payment",
    id: "PMT1",
    reference: "HDFCN1",
    debitPaise: 1_00_000_50,
    creditPaise: 0,
    balancePaise: -50,
    invoice: null,
    payment: paid,
  } as const;
  expect(named("payable", { kind: "entry", entry })).toEqual({
    ...PARTY,
    Date: "2026-11-20",
    Entry: "Payment",
    "Number or UTR": "HDFCN1",
    Particulars: "NEFT for KM/1, KM/2, KM/3 and 2 more",
    "Net (₹)": "98000.00",
    "TDS (₹)": "1500.00",
    "TDS section": "194C; 194J",
    "Other adjustments (₹)": "500.50",
    "What they are": "DISCOUNT CN/7 400.00; 100.50",
    "Debit (₹)": "100000.50",
    "Balance (₹)": "0.50",
    "Dr/Cr": "Dr",
    Id: "PMT1",
  });
});

test("an invoice's line, and no formula of the other party's", () => {
  const entry = {
    day: "2026-11-01",
    kind: "invoice",
    id: "1",
    reference: "+1",
    debitPaise: 5_00,
    creditPaise: 0,
    balancePaise: 5_00,
    invoice: { description: "Steel, cut", dueDate: "2026-12-01" },
    payment: null,
  } as const;
  const line: LedgerLine = { kind: "entry", entry };
  expect(named("receivable", line)).toEqual({
    ...PARTY,
    Date: "2026-11-01",
    Entry: "Invoice",
    "Number or UTR": "+1",
    Particulars: "Steel, cut",
    "Debit (₹)": "5.00",
    "Balance (₹)": "5.00",
    "Dr/Cr": "Dr",
    Id: "1",
  });
  expect(csvLine(ledgerCsvRow({ side: "receivable", ...whose })(line))).toBe(
    `2026-11-01,'=Pipes,PIPES@BCB,Invoice,'+1,"Steel, cut",,,,,,5.00,,5.00,Dr,,1\r\n`,
  );
  expect(named("payable", line).Entry).toBe("Bill");
});

test("the balances at both ends, and what isn't counted in a column of its own", () => {
  expect(named("payable", { kind: "opening", day: "2026-04-01", balancePaise: paise(0) })).toEqual({
    ...PARTY,
    Date: "2026-04-01",
    Entry: "Opening balance",
    "Balance (₹)": "0.00",
  });
  expect(named("payable", { kind: "closing", day: "2027-03-31", balancePaise: paise(2_50) })).toEqual({
    ...PARTY,
    Date: "2027-03-31",
    Entry: "Closing balance",
    "Balance (₹)": "2.50",
    "Dr/Cr": "Cr",
  });
  const waiting = {
    mode: "CHEQUE",
    netPaise: 10_00,
    adjustments: [],
    invoiceNumbers: ["KM/1"],
    invoiceCount: 1,
    objectId: "PMT2",
    utr: "000123",
    day: "2026-11-19",
    totalPaise: 10_00,
    status: "SENDING",
    statusWords: "On its way",
  } as const;
  expect(
    named("payable", { kind: "waiting", payment: { ...waiting, adjustments: [], invoiceNumbers: ["KM/1"] } }),
  ).toEqual({
    ...PARTY,
    Date: "2026-11-19",
    Entry: "Not counted yet",
    "Number or UTR": "000123",
    Particulars: "On its way: Cheque for KM/1",
    "Net (₹)": "10.00",
    "TDS (₹)": "0.00",
    "Other adjustments (₹)": "0.00",
    "Not counted yet (₹)": "10.00",
    Id: "PMT2",
  });
});
