import { beforeAll, describe, expect, test } from "vitest";
import type { BusinessScope } from "@/features/businesses/scope";
import { getHome } from "@/features/home/data";
import { eachInvoice, getInvoice, listInvoices } from "@/features/invoices/data";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { type InvoiceQueryInput, invoiceQuerySchema } from "@/features/invoices/schema";
import { createPayment } from "@/features/payments/mutations/create";
import { mintPaymentObjectId } from "@/lib/ids";
import { makeBusiness, paymentOf } from "@/tests/books";
import { billOf, createShared, editOf, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";

let buyer: BusinessScope & { name: string };
let stranger: BusinessScope & { name: string };
const ids = new Map<string, string>();

const PIPES = { b2bId: "PIPES@BCB", name: "Pipes & Co" };
const WIRES = { b2bId: "WIRES@BCB", name: "Wires 100%" };

/** number, party, due, paise, description */
const BILLS = [
  ["P-001", PIPES, "2026-11-10", 100_00, "Copper tubes"],
  ["P-002", PIPES, "2026-11-19", 200_00, "Valves"],
  ["P-003", PIPES, "2026-11-20", 300_00, "Valves"],
  ["W-001", WIRES, "2026-11-27", 400_00, "Cable"],
  ["W-002", WIRES, "2026-11-28", 500_00, "Cable drum"],
  ["W-003", WIRES, "2026-12-30", 500_00, ""],
  ["W-004", WIRES, "2026-11-12", 700_00, "Paid in part"],
  ["W-005", WIRES, "2026-11-12", 800_00, "All of it waits"],
  ["W-006", WIRES, "2026-11-12", 900_00, "Cancelled"],
] as const;

beforeAll(async () => {
  buyer = await makeBusiness("Anvaya");
  stranger = await makeBusiness("Stranger");
  for (const [supplierInvoiceNumber, counterparty, dueDate, totalPaise, description] of BILLS) {
    const content = { supplierInvoiceNumber, dueDate, totalPaise, description, issueDate: "2026-11-01" };
    const { id } = await createInvoice(buyer, billOf(counterparty, { side: "payable", ...content }), TODAY);
    ids.set(supplierInvoiceNumber, id);
  }
  const pair = (number: string) => ({ objectId: "", number, payableId: ids.get(number) ?? "", receivableId: "" });
  const lines = [
    { invoice: pair("W-004"), net: 100_00 },
    { invoice: pair("W-005"), net: 800_00 },
  ];
  await createPayment(buyer, paymentOf({ ...buyer, b2bId: WIRES.b2bId }, lines), TODAY);
  await cancelInvoice(buyer, ids.get("W-006") ?? "", TODAY);
  await createInvoice(stranger, billOf(PIPES, { side: "payable", supplierInvoiceNumber: "P-001" }), TODAY);
});

const query = (input: Partial<InvoiceQueryInput> = {}) => invoiceQuerySchema.parse({ side: "payable", ...input });
const list = (input: Partial<InvoiceQueryInput> = {}) => listInvoices(buyer, query(input), TODAY);
const numbers = async (input: Partial<InvoiceQueryInput> = {}) =>
  (await list(input)).items.map((invoice) => invoice.supplierInvoiceNumber);

describe("filters", () => {
  test.each<[string, Partial<InvoiceQueryInput>, string[]]>([
    ["overdue: past, and something still due", { due: "overdue" }, ["P-001", "W-004", "P-002"]],
    ["soon: today and seven days", { due: "soon" }, ["P-003", "W-001"]],
    [
      "open: all that is not settled",
      { due: "open", counterparty: "WIRES@BCB" },
      ["W-004", "W-005", "W-001", "W-002", "W-003"],
    ],
    ["settled", { due: "settled" }, ["W-006"]],
    ["one status", { status: "CANCELLED" }, ["W-006"]],
    ["several statuses", { status: ["CANCELLED", "PAYMENT_INITIATED"] }, ["W-004", "W-005", "W-006"]],
    ["a party", { counterparty: "PIPES@BCB" }, ["P-001", "P-002", "P-003"]],
    ["a number, to the letter", { supplierInvoiceNumber: "P-001" }, ["P-001"]],
    ["a number in other letters, or a part of it", { supplierInvoiceNumber: "p-001" }, []],
    ["a number of another party", { supplierInvoiceNumber: "P-001", counterparty: "WIRES@BCB" }, []],
    ["nobody's id", { objectId: "INV0" }, []],
    ["days", { issuedFrom: "2026-11-02" }, []],
    ["the other side", { side: "receivable" }, []],
    ["a part of a number", { q: "-001" }, ["P-001", "W-001"]],
    ["a part of a word, in any case", { q: "VALV" }, ["P-002", "P-003"]],
    ["all of several words", { q: "wires cable" }, ["W-001", "W-002"]],
    ["one letter begins a word", { q: "d" }, ["W-002"]],
    ["what LIKE would read as a wildcard", { q: "100%" }, ["W-004", "W-005", "W-006", "W-001", "W-002", "W-003"]],
    ["a wildcard alone", { q: "%%%" }, []],
    ["a quote and a backslash", { q: "' OR 1=1 \\" }, []],
  ])("%s", async (_, input, expected) => {
    const found = await numbers(input);
    expect(found.sort()).toEqual([...expected].sort());
  });

  test("an id finds what was written down under it, also once the supplier's version has taken its place", async () => {
    const [own, supplier] = [await makeBusiness("Malwa"), await makeBusiness("Kaveri")];
    const bill = billOf(supplier, { side: "payable", supplierInvoiceNumber: "T-1" });
    const id = await createShared(own, bill);
    const raised = billOf(own, { supplierInvoiceNumber: "T-1" });
    await createShared(supplier, raised);
    for (const objectId of [bill.objectId, raised.objectId])
      expect((await listInvoices(own, query({ objectId }), TODAY)).items).toMatchObject([
        { id, objectId: raised.objectId },
      ]);
  });

  test("what came back is what was written here, and counts as settled elsewhere", async () => {
    const scope = await makeBusiness("Kaveri");
    const id = new Map<string, string>();
    for (const number of ["R-1", "R-2", "R-3"]) {
      const bill = billOf(PIPES, { supplierInvoiceNumber: number });
      id.set(number, (await createInvoice(scope, bill, TODAY)).id);
    }
    const answered = { status: "RETURNED", baseStatus: "RETURNED", remarks: "Wrong rate" } as const;
    const at = (number: string) => ({ where: { id: id.get(number) ?? "", businessId: scope.businessId } });
    await prisma.invoice.updateMany({ ...at("R-1"), data: answered });
    await prisma.invoice.updateMany({ ...at("R-2"), data: { ...answered, origin: "COUNTERPARTY" } });
    const found = async (due: "came-back" | "settled" | "open") => {
      const { items, totals } = await listInvoices(scope, invoiceQuerySchema.parse({ side: "receivable", due }), TODAY);
      return { numbers: items.map((invoice) => [invoice.supplierInvoiceNumber, invoice.remarks]), totals };
    };
    const none = { countIsMinimum: false, duePaise: 0 };
    expect(await found("came-back")).toEqual({ numbers: [["R-1", "Wrong rate"]], totals: { count: 1, ...none } });
    expect(await found("settled")).toMatchObject({ totals: { count: 2, ...none } });
    expect(await found("open")).toMatchObject({ numbers: [["R-3", null]] });
    expect((await getHome(scope, TODAY)).getPaid).toMatchObject({
      cameBack: { count: 1, totalPaise: 100_000 },
      overdue: { count: 0 },
    });
    const late = new Date("2026-12-20T10:00:00+05:30");
    expect((await getHome(scope, late)).getPaid).toMatchObject({ overdue: { count: 1, duePaise: 100_000 } });
  });

  test("totals count all that match, and what is due on them", async () => {
    const { totals } = await list({ limit: 2 });
    expect(totals).toEqual({ count: 9, countIsMinimum: false, duePaise: 2600_00 });
    expect((await list({ due: "overdue" })).totals).toEqual({ count: 3, countIsMinimum: false, duePaise: 900_00 });
  });

  test("an invoice says how late it is, by India's day", async () => {
    const { items } = await list({ q: "P-002" });
    expect(items[0]).toMatchObject({ overdue: true, daysOverdue: 1, duePaise: 200_00, editable: true });
    const beforeMidnight = await listInvoices(buyer, query({ q: "P-003" }), new Date("2026-11-20T18:29:00Z"));
    const afterMidnight = await listInvoices(buyer, query({ q: "P-003" }), new Date("2026-11-20T18:31:00Z"));
    expect([beforeMidnight.items[0]?.overdue, afterMidnight.items[0]?.overdue]).toEqual([false, true]);
  });
});

describe("pages", () => {
  const sorts = invoiceQuerySchema.shape.sort.unwrap().options;

  test.each(sorts)("sorted by %s: forth and back give the same rows in the same order", async (sort) => {
    const whole = (await list({ sort, limit: 100 })).items.map((invoice) => invoice.id);
    const forth: string[] = [];
    let cursor: string | undefined;
    let last = await list({ sort, limit: 4 });
    for (;;) {
      forth.push(...last.items.map((invoice) => invoice.id));
      if (!last.nextCursor) break;
      cursor = last.nextCursor;
      last = await list({ sort, limit: 4, cursor });
    }
    expect(forth).toEqual(whole);
    const back = last.items.map((invoice) => invoice.id);
    while (last.previousCursor) {
      last = await list({ sort, limit: 4, cursor: last.previousCursor });
      back.unshift(...last.items.map((invoice) => invoice.id));
    }
    expect(back).toEqual(whole);
  });

  test("a row written on an earlier page meanwhile doesn't shift the next one", async () => {
    const first = await list({ limit: 3 });
    const expected = (await list({ limit: 3, cursor: first.nextCursor ?? "" })).items.map((one) => one.id);
    const early = { supplierInvoiceNumber: "EARLY", dueDate: "2026-11-02" };
    const { id } = await createInvoice(buyer, billOf(PIPES, { side: "payable", ...early }), TODAY);
    const next = await list({ limit: 3, cursor: first.nextCursor ?? "" });
    expect(next.items.map((one) => one.id)).toEqual(expected);
    await prisma.$executeRaw`DELETE FROM invoice WHERE id = ${id}::uuid`;
  });

  test.each([
    ["nonsense", "nonsense"],
    ["another sort's", Buffer.from('{"sort":"total","back":false,"value":"5","id":"x"}').toString("base64url")],
    [
      "one with a value that is no date",
      Buffer.from('{"sort":"dueDate","back":false,"value":"x","id":"01234567-89ab-7def-8123-456789abcdef"}').toString(
        "base64url",
      ),
    ],
  ])("a cursor that is %s is refused at its field", async (_, cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ code: "INVALID", fields: [{ path: "cursor" }] });
  });

  test("an export goes through all pages", async () => {
    const all = [];
    for await (const page of eachInvoice(buyer, query(), TODAY)) all.push(...page);
    expect(all).toHaveLength(9);
  });
});

test("a list is paged by the party's name also where that is as long as a name may be, in Devanagari", async () => {
  const business = await makeBusiness("Anvaya");
  for (const end of ["क", "ख", "ग"]) {
    const party = { b2bId: `LONG-${end}@BCB`, name: "श्री".repeat(49) + end.repeat(4) };
    await createInvoice(business, billOf(party, { side: "payable", description: end }), TODAY);
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listInvoices(business, query({ sort: "counterparty", limit: 1, cursor }), TODAY);
    seen.push(...page.items.map((invoice) => invoice.description));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(["क", "ख", "ग"]);
});

/** Payments of one bill that failed, each made a second after the one before. */
async function makeFailedPayments({ businessId }: BusinessScope, invoiceId: string, from: number, to: number) {
  const amounts = { net: 100, adjustment: 0, total: 100 };
  const made = Array.from({ length: to - from }, (_, index) => ({ objectId: mintPaymentObjectId(), at: from + index }));
  await prisma.payment.createMany({
    data: made.map(({ objectId, at }) => ({
      ...amounts,
      businessId,
      objectId,
      side: "OUTGOING",
      counterpartyB2BId: PIPES.b2bId,
      counterpartyName: PIPES.name,
      type: "OFFPLATFORM",
      mode: "NEFT",
      utr: `UTR${at}`,
      paidAt: TODAY,
      status: "FAILED",
      requestHash: objectId,
      createdBy: "clerk",
      createdAt: new Date(TODAY.getTime() + at * 1000),
    })),
  });
  await prisma.paymentLine.createMany({
    data: made.map(({ objectId }) => ({
      ...amounts,
      businessId,
      paymentObjectId: objectId,
      invoiceId,
      position: 0,
      invoiceTotal: 2_000_00,
      invoiceDue: 2_000_00,
      currentVersion: 1,
      newVersion: 2,
      currentStatus: "CREATED",
      newStatus: "PAYMENT INITIATED",
    })),
  });
}

describe("one invoice", () => {
  test("comes with its payments and its history in words", async () => {
    const id = ids.get("P-001") ?? "";
    const bill = billOf(PIPES, { supplierInvoiceNumber: "P-001", issueDate: "2026-11-01", dueDate: "2026-11-10" });
    await editInvoice(buyer, id, editOf(bill, 1, { description: "Copper tubes", totalPaise: 150_00 }), TODAY);
    await editInvoice(buyer, id, editOf(bill, 2, { description: "Copper tubes", totalPaise: 100_00 }), TODAY);
    const detail = await getInvoice(buyer, id, TODAY);
    expect(detail.history.map((line) => line.words)).toEqual([
      "Written down here",
      "Changed: amount from ₹100.00 to ₹150.00",
      "Changed: amount from ₹150.00 to ₹100.00",
    ]);
    const paid = await getInvoice(buyer, ids.get("W-004") ?? "", TODAY);
    expect(paid).toMatchObject({
      pendingPaise: 100_00,
      duePaise: 600_00,
      status: "PAYMENT_INITIATED",
      editable: false,
    });
    expect(paid.payments).toMatchObject([{ side: "outgoing", status: "SENDING", totalPaise: 100_00, mode: "NEFT" }]);
  });

  test("shows all of its payments up to a thousand, and says how many there were", async () => {
    const business = await makeBusiness("Anvaya");
    const bill = billOf(PIPES, { side: "payable", totalPaise: 2_000_00 });
    const { id } = await createInvoice(business, bill, TODAY);
    const pay = (from: number, to: number) => makeFailedPayments(business, id, from, to);

    await pay(0, 101);
    const some = await getInvoice(business, id, TODAY);
    expect(some.payments).toHaveLength(101);
    expect(some.paymentCount).toBe(101);

    await pay(101, 1_002);
    const many = await getInvoice(business, id, TODAY);
    expect(many.payments.map((payment) => payment.utr)).toEqual(
      Array.from({ length: 1_000 }, (_, i) => `UTR${1_001 - i}`),
    );
    expect(many.paymentCount).toBe(1_002);
  });

  test("of another business is not found", async () => {
    await expect(getInvoice(stranger, ids.get("P-001") ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await listInvoices(stranger, query())).items).toHaveLength(1);
  });
});
