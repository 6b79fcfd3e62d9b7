import { describe, expect, test } from "vitest";
import {
  adjustmentParts,
  invoiceNumberWords,
  invoiceWords,
  lookWords,
  meaningOf,
  waitingWords,
} from "@/components/confirm/answer-words";
import { readyRemarks } from "@/components/confirm/ready-words";
import { answerSchema } from "@/features/confirmations/schema";
import type { Payment } from "@/features/payments/api";
import { PAYMENT_MODES } from "@/features/protocol/status-words";
import { MAX_PAISE } from "@/lib/money";

const payment = {
  counterparty: { b2bId: "29AAGCK8215M1Z0@BCB", name: "Kaveri Metals" },
  mode: "NEFT",
  utr: "HDFCN52026111804",
  paidAt: "2026-11-18T05:30:00.000Z",
  netPaise: 98_000_00,
  adjustmentPaise: 2_000_00,
  totalPaise: 1_00_000_00,
  invoiceNumbers: ["KM/141"],
  invoiceCount: 1,
} as const satisfies Partial<Payment>;

const tds = { adjustmentPaise: 2_000_00, splits: [{ name: "TDS", valuePaise: 2_000_00, refNo: "194Q" }] };

describe("what an answer means, in words", () => {
  test("accepting names what arrived, what it settles and what was deducted", () => {
    expect(meaningOf("ACCEPT", { ...payment, invoiceNumbers: ["KM/141"] }, [tds])).toEqual([
      "₹98,000.00 from Kaveri Metals has arrived in your bank account (NEFT, UTR HDFCN52026111804, paid on 18 Nov 2026).",
      "It settles ₹1,00,000.00 of your invoice KM/141, with ₹2,000.00 TDS.",
    ]);
  });
  test("before the details are read the adjustments stand there as a sum", () => {
    expect(meaningOf("ACCEPT", { ...payment, invoiceNumbers: ["KM/141"] })[1]).toBe(
      "It settles ₹1,00,000.00 of your invoice KM/141, with ₹2,000.00 of adjustments.",
    );
  });
  test("rejecting says that the whole amount is due again", () => {
    expect(meaningOf("REJECT", { ...payment, invoiceNumbers: ["KM/141"] })[1]).toBe(
      "Nothing is settled: ₹1,00,000.00 of your invoice KM/141 will be due again.",
    );
  });
  test("cash is not looked for in a bank account, and an adjustment alone brings no money", () => {
    expect(meaningOf("ACCEPT", { ...payment, invoiceNumbers: [], mode: "CASH" })[0]).toContain("has arrived in cash");
    expect(meaningOf("ACCEPT", { ...payment, invoiceNumbers: [], netPaise: 0 })[0]).toContain("No money was to arrive");
  });
});

test("nothing is looked for in a bank account where no money was to arrive, or it came in cash", () => {
  expect(lookWords(payment).amount).toBe("To find in your bank account");
  expect(lookWords({ ...payment, mode: "CASH" }).amount).toBe("Paid to you in cash");
  expect(lookWords({ ...payment, netPaise: 0 })).toEqual({
    question: "Is the adjustment right?",
    where: "No money was to arrive: see whether what was deducted is agreed.",
    amount: "Settled by adjustment alone: no money was to arrive",
  });
});

test("adjustments of the same name are added up over all invoices, with each reference once", () => {
  const nothing = { name: "DISCOUNT", valuePaise: 0, refNo: "" };
  const none = { adjustmentPaise: 0, splits: [] };
  const lines = [tds, { ...tds, splits: [...tds.splits, nothing] }, { adjustmentPaise: 5_00, splits: [] }, none];
  expect(adjustmentParts(lines)).toEqual([
    { name: "TDS", valuePaise: 4_000_00, refs: ["194Q"] },
    { name: "Adjustment", valuePaise: 5_00, refs: [] },
  ]);
});

test("invoices and waiting are said in people's words", () => {
  const many = { invoiceNumbers: ["A", "B", "C"], invoiceCount: 7 };
  expect(invoiceWords(many)).toBe("invoices A, B, C and 4 more");
  expect(invoiceNumberWords(many)).toBe("A, B, C and 4 more");
  expect(invoiceWords({ invoiceNumbers: ["A", "B"], invoiceCount: 2 })).toBe("invoices A and B");
  expect([0, 1, 5, null].map(waitingWords)).toEqual(["Came today", "Waiting 1 day", "Waiting 5 days", "Answered"]);
});

test("every ready-made remark can be sent as it is, for every kind of payment", () => {
  for (const mode of PAYMENT_MODES)
    for (const [netPaise, adjustmentPaise] of [
      [MAX_PAISE, 0],
      [0, 1],
      [1, 1],
    ] as const)
      for (const response of ["ACCEPT", "REJECT"] as const)
        for (const remarks of readyRemarks(response, { netPaise, adjustmentPaise, mode }))
          expect(answerSchema.parse({ response, remarks })).toEqual({ response, remarks });
});
