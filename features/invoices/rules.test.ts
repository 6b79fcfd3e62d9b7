import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dueOf,
  duplicateKeyOf,
  fitOf,
  isAnswerable,
  isCancellable,
  isEditable,
  isPayable,
  isUntouched,
  statusOf,
  stillCounts,
} from "@/features/invoices/rules";
import { InvoiceStatus } from "@/lib/generated/prisma/enums";
import { add, MAX_PAISE, paise } from "@/lib/money";

const BASES = ["CREATED", "ACCEPTED", "RETURNED", "REJECTED", "CANCELLED"] as const;

/** An invoice's books as they may be: paid and pending fit the total. */
const books = fc
  .tuple(
    fc.integer({ min: 1, max: MAX_PAISE }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .chain(([total, a, b]) => {
    const paid = Math.floor(total * a);
    const pending = Math.floor((total - paid) * b);
    return fc.record({
      total: fc.constant(paise(total)),
      paid: fc.constant(paise(paid)),
      pending: fc.constant(paise(pending)),
      baseStatus: fc.constantFrom(...BASES),
    });
  });

describe("an invoice's status", () => {
  test("follows from its amounts: the same rule as the table's CHECK", () => {
    fc.assert(
      fc.property(books, (invoice) => {
        const { total, paid, pending, baseStatus } = invoice;
        // invoice_status_check, word for word.
        const check = pending > 0 ? "PAYMENT_INITIATED" : paid === total ? "PAID" : paid > 0 ? "PART_PAID" : baseStatus;
        expect(statusOf(invoice)).toBe(check);
      }),
    );
  });

  test.each([
    [0, 0, "CREATED"],
    [0, 1, "PAYMENT_INITIATED"],
    [0, 100, "PAYMENT_INITIATED"],
    [1, 0, "PART_PAID"],
    [99, 0, "PART_PAID"],
    [99, 1, "PAYMENT_INITIATED"],
    [100, 0, "PAID"],
  ] as const)("of 100 paid %i, pending %i: %s", (paid, pending, status) => {
    const invoice = { total: paise(100), paid: paise(paid), pending: paise(pending), baseStatus: "CREATED" } as const;
    expect(statusOf(invoice)).toBe(status);
  });

  test("paid, pending and due make up the total, always", () => {
    fc.assert(
      fc.property(books, (invoice) => {
        expect(add(invoice.paid, invoice.pending, dueOf(invoice))).toBe(invoice.total);
        expect(dueOf(invoice)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

test("returned, rejected and cancelled invoices can't be paid; every other can", () => {
  const may = Object.values(InvoiceStatus).filter((baseStatus) => isPayable({ baseStatus }));
  expect(may).toEqual(["CREATED", "ACCEPTED", "PAYMENT_INITIATED", "PART_PAID", "PAID"]);
});

test("an invoice is touched by any money, and by having been cancelled", () => {
  const invoice = (paid: number, pending: number) =>
    ({ paid: paise(paid), pending: paise(pending), baseStatus: "CREATED" }) as const;
  expect([invoice(0, 0), invoice(1, 0), invoice(0, 1)].map(isUntouched)).toEqual([true, false, false]);
  expect(isUntouched({ ...invoice(0, 0), baseStatus: "CANCELLED" })).toBe(false);
});

test("who may do what with an invoice that no money has touched", () => {
  const books = { paid: paise(0), pending: paise(0) };
  const may = (origin: "OWN" | "COUNTERPARTY", baseStatus: (typeof BASES)[number]) => {
    const invoice = { ...books, origin, baseStatus };
    const can = { edit: isEditable(invoice), cancel: isCancellable(invoice), answer: isAnswerable(invoice) };
    return Object.entries(can).flatMap(([what, isOpen]) => (isOpen ? [what] : []));
  };
  expect(Object.fromEntries(BASES.map((base) => [base, may("OWN", base)]))).toEqual({
    CREATED: ["edit", "cancel"],
    ACCEPTED: ["edit", "cancel"],
    RETURNED: ["edit", "cancel"],
    REJECTED: ["cancel"],
    CANCELLED: [],
  });
  expect(Object.fromEntries(BASES.map((base) => [base, may("COUNTERPARTY", base)]))).toEqual({
    CREATED: ["answer"],
    ACCEPTED: [],
    RETURNED: [],
    REJECTED: [],
    CANCELLED: [],
  });
  for (const money of [{ paid: paise(1) }, { pending: paise(1) }])
    expect(isAnswerable({ ...books, ...money, origin: "COUNTERPARTY", baseStatus: "CREATED" })).toBe(false);
});

test("an answer counts until its writer has changed the version that it judged", () => {
  const counts = (sourceVersion: number | null, contentVersion: number) =>
    stillCounts({ sourceVersion }, { contentVersion });
  expect([counts(1, 0), counts(null, 0), counts(3, 3), counts(4, 3)]).toEqual([true, true, true, true]);
  expect([counts(2, 3), counts(null, 2)]).toEqual([false, false]);
});

describe("the same paper bill", () => {
  const bill = { counterpartyB2BId: "29AAGCB7383J1Z4@BCB", supplierInvoiceNumber: "KM/141", issueDay: "2026-11-20" };
  const sameAs = (changes: Partial<typeof bill>) => duplicateKeyOf({ ...bill, ...changes }) === duplicateKeyOf(bill);

  test.each(["km/141", " KM / 141 ", "KM/ 141", "Km/141\t"])("is %j too", (supplierInvoiceNumber) => {
    expect(sameAs({ supplierInvoiceNumber })).toBe(true);
  });

  test("in one financial year, from 1 April to 31 March", () => {
    for (const issueDay of ["2026-04-01", "2027-03-31"]) expect(sameAs({ issueDay })).toBe(true);
    for (const issueDay of ["2026-03-31", "2027-04-01"]) expect(sameAs({ issueDay })).toBe(false);
  });

  test("is another one with another number or supplier", () => {
    expect(sameAs({ supplierInvoiceNumber: "KM/1411" })).toBe(false);
    expect(sameAs({ counterpartyB2BId: "27AAPFU0939F1ZV@BCB" })).toBe(false);
  });
});

test.each([
  [0, 0, 1, "now"],
  [500, 0, 500, "now"],
  [500, 0, 499, "never"],
  [0, 1, 1_000, "later"],
  [500, 1, 400, "later"],
] as const)("a copy with %d paid and %d pending takes a total of %d: %s", (paid, pending, total, fit) => {
  expect(fitOf({ paid, pending }, paise(total))).toBe(fit);
});
