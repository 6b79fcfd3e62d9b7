import { beforeAll, describe, expect, test } from "vitest";
import { GET as exportRoute } from "@/app/api/v1/businesses/[business]/counterparties/[b2bId]/ledger/export/route";
import { GET as ledgerRoute } from "@/app/api/v1/businesses/[business]/counterparties/[b2bId]/ledger/route";
import { mintScope } from "@/features/businesses/scope";
import type { Ledger } from "@/features/ledger/api";
import { exportLedger, getLedger } from "@/features/ledger/data";
import { ledgerQuerySchema } from "@/features/ledger/schema";
import { mintInvoiceObjectId, mintPaymentObjectId, uuidv7 } from "@/lib/ids";
import { LARGEST_SUM } from "@/lib/money";
import { apiOf } from "@/tests/api";
import { makeBusiness } from "@/tests/books";
import { prisma } from "@/tests/prisma";

const NOW = new Date("2026-11-20T10:00:00Z");
const PARTY = "PIPES@BCB";

let own: Awaited<ReturnType<typeof makeBusiness>>;
let other: Awaited<ReturnType<typeof makeBusiness>>;

const read = (scope: typeof own, b2bId: string, query: object = {}) =>
  getLedger(scope, b2bId, ledgerQuerySchema.parse({ limit: 100, ...query }), NOW);

async function addInvoice(businessId: string, party: string, changes: object = {}): Promise<string> {
  const id = uuidv7();
  await prisma.invoice.create({
    data: {
      businessId,
      id,
      side: "PAYABLE",
      objectId: mintInvoiceObjectId(),
      supplierInvoiceNumber: "P/1",
      counterpartyB2BId: party,
      counterpartyName: "Pipes",
      issueDate: new Date("2026-11-01"),
      dueDate: new Date("2026-12-01"),
      total: 1_000_00,
      createdBy: "Pipes",
      ...changes,
    },
  });
  return id;
}

/** An accepted payment with a line for each invoice; amounts in paise. */
async function addPayment(
  businessId: string,
  party: string,
  paidAt: string,
  lines: { invoiceId: string; net: number; adjustment?: number; splits?: object[] }[],
): Promise<string> {
  const objectId = mintPaymentObjectId();
  const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((all, line) => all + of(line), 0);
  const [net, adjustment] = [sum((line) => line.net), sum((line) => line.adjustment ?? 0)];
  await prisma.payment.create({
    data: {
      businessId,
      objectId,
      side: "OUTGOING",
      counterpartyB2BId: party,
      counterpartyName: "Pipes",
      type: "OFFPLATFORM",
      mode: "NEFT",
      utr: `UTR${objectId.slice(-6)}`,
      paidAt: new Date(paidAt),
      net,
      adjustment,
      total: net + adjustment,
      status: "ACCEPTED",
      supplierResponse: "ACCEPT",
      supplierRemarks: "Seen",
      respondedBy: "Pipes",
      respondedAt: NOW,
      requestHash: "0",
      createdBy: "Ravi",
    },
  });
  await prisma.paymentLine.createMany({
    data: lines.map(({ invoiceId, adjustment: taken = 0, splits = [], ...line }, position) => ({
      businessId,
      paymentObjectId: objectId,
      invoiceId,
      position,
      net: line.net,
      adjustment: taken,
      total: line.net + taken,
      splits,
      invoiceTotal: 1_000_00,
      invoiceDue: 1_000_00,
      currentVersion: 1,
      newVersion: 2,
      currentStatus: "CREATED",
      newStatus: "PAYMENT INITIATED",
    })),
  });
  return objectId;
}

beforeAll(async () => {
  [own, other] = [await makeBusiness("Anvaya"), await makeBusiness("Deccan")];
  await prisma.counterparty.createMany({
    data: [own, other].flatMap(({ businessId }) =>
      [PARTY, "NOTHING@BCB", "VAST@BCB"].map((b2bId) => ({ businessId, b2bId, name: b2bId })),
    ),
  });
});

describe("whose ledger", () => {
  test("another business's, with a party of the same B2B ID, shows nothing of it", async () => {
    const mine = await addInvoice(own.businessId, PARTY, { supplierInvoiceNumber: "MINE/1" });
    await addInvoice(other.businessId, PARTY, { total: 7_77 });
    const [here, there] = [await read(own, PARTY), await read(other, PARTY)];
    expect(here.items.map(({ id }) => id)).toEqual([mine]);
    expect(there.totals).toMatchObject({ count: 1, closingPaise: 7_77 });
    expect(JSON.stringify(there)).not.toContain("MINE/1");
    await prisma.invoice.deleteMany({ where: { counterpartyB2BId: PARTY } });
  });

  test("a party that the business doesn't know is not found, by page, API and file", async () => {
    await expect(read(own, "NOBODY@BCB")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(exportLedger(own, "NOBODY@BCB", { side: "payable" }, NOW)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const api = await apiOf(own);
    for (const route of [ledgerRoute, exportRoute])
      expect((await api(route, { params: { b2bId: "NOBODY@BCB" } })).status).toBe(404);
  });

  test("a viewer reads it", async () => {
    const viewer = { ...mintScope({ ...own, role: "VIEWER" }), name: "Anvaya" };
    expect((await read(viewer, "NOTHING@BCB")).totals.count).toBe(0);
  });
});

test("a party without invoices has an empty ledger of this financial year, under its name of now", async () => {
  await prisma.counterparty.updateMany({
    where: { businessId: own.businessId, b2bId: "NOTHING@BCB" },
    data: { name: "Renamed since" },
  });
  expect(await read(own, "NOTHING@BCB")).toEqual({
    counterparty: { b2bId: "NOTHING@BCB", name: "Renamed since" },
    from: "2026-04-01",
    to: "2027-03-31",
    items: [],
    nextCursor: null,
    previousCursor: null,
    broughtForwardPaise: 0,
    totals: { count: 0, openingPaise: 0, debitPaise: 0, creditPaise: 0, closingPaise: 0 },
    waiting: { count: 0, totalPaise: 0, items: [] },
  });
});

describe("one party's", () => {
  const at = (query: object = {}) => read(own, PARTY, query);
  let ledger: Ledger;

  beforeAll(async () => {
    const one = await addInvoice(own.businessId, PARTY, { paid: 1_000_00, status: "PAID", baseStatus: "ACCEPTED" });
    const two = await addInvoice(own.businessId, PARTY, {
      supplierInvoiceNumber: "P/2",
      paid: 500_00,
      status: "PART_PAID",
      issueDate: new Date("2026-11-20"),
    });
    for (const status of ["CANCELLED", "RETURNED", "REJECTED"] as const)
      await addInvoice(own.businessId, PARTY, {
        supplierInvoiceNumber: status,
        status,
        baseStatus: status,
        ...(status !== "CANCELLED" && { remarks: "Not ours" }),
      });
    // India's 20 November begins at 18:30 UTC of the 19th.
    await addPayment(own.businessId, PARTY, "2026-11-19T18:29:59.999Z", [{ invoiceId: one, net: 400_00 }]);
    await addPayment(own.businessId, PARTY, "2026-11-19T18:30:00.000Z", [
      {
        invoiceId: one,
        net: 500_00,
        adjustment: 100_00,
        splits: [
          { name: "tds ", value: 30_00, refNo: "194C" },
          { name: "DISCOUNT", value: 70_00, refNo: "CN/1" },
        ],
      },
      { invoiceId: two, net: 300_00, adjustment: 200_00, splits: [{ name: "TDS", value: 20_00, refNo: "194C" }] },
    ]);
    ledger = await at();
  });

  test("goes by India's days, invoices before payments", () => {
    expect(ledger.items.map(({ day, reference, balancePaise }) => [day, reference.slice(0, 3), balancePaise])).toEqual([
      ["2026-11-01", "P/1", 1_000_00],
      ["2026-11-19", "UTR", 600_00],
      ["2026-11-20", "P/2", 1_600_00],
      ["2026-11-20", "UTR", 500_00],
    ]);
  });

  test("tells a payment's TDS by its section, however it is written, from what else it settles", () => {
    expect(ledger.items.at(-1)?.payment).toEqual({
      mode: "NEFT",
      netPaise: 800_00,
      adjustments: [
        { name: "TDS", refNo: "194C", valuePaise: 50_00 },
        { name: "DISCOUNT", refNo: "CN/1", valuePaise: 70_00 },
        { name: "", refNo: "", valuePaise: 180_00 },
      ],
      invoiceNumbers: ["P/1", "P/2"],
      invoiceCount: 2,
    });
  });

  test("of days whose first is after their last is empty, and its balance is that of the day before", async () => {
    const reversed = await at({ from: "2026-11-20", to: "2026-11-02" });
    expect(reversed.items).toEqual([]);
    expect(reversed.totals).toEqual({
      count: 0,
      openingPaise: 600_00,
      debitPaise: 0,
      creditPaise: 0,
      closingPaise: 600_00,
    });
  });

  test("a payment before its bill makes a balance on the other side", async () => {
    const early = await addInvoice(own.businessId, PARTY, {
      supplierInvoiceNumber: "P/3",
      total: 10_00,
      paid: 10_00,
      status: "PAID",
      issueDate: new Date("2026-03-31"),
    });
    await addPayment(own.businessId, PARTY, "2026-03-30T06:00:00Z", [{ invoiceId: early, net: 10_00 }]);
    const before = await at({ from: "2026-03-01", to: "2026-03-30" });
    expect(before.totals).toMatchObject({ openingPaise: 0, debitPaise: 10_00, creditPaise: 0, closingPaise: -10_00 });
    expect((await at()).totals.openingPaise).toBe(0);
  });

  test("as a file, no cell of which is a formula", async () => {
    await addInvoice(own.businessId, PARTY, { supplierInvoiceNumber: "=1+1", total: 1_00, description: "@SUM(A1)" });
    const api = await apiOf(own);
    const search = "?from=2026-04-01&to=2027-03-31";
    const reply = await api(exportRoute, { params: { b2bId: PARTY }, search });
    expect(reply.headers.get("content-disposition")).toBe('attachment; filename="ledger-2026-04-01-to-2027-03-31.csv"');
    const lines = (await reply.text()).trim().split("\r\n");
    expect(lines).toHaveLength(1 + 2 + 5);
    expect(lines[1]).toBe("2026-04-01,PIPES@BCB,PIPES@BCB,Opening balance,,,,,,,,,,0.00,,,");
    expect(lines.find((line) => line.includes("=1+1"))).toMatch(
      /^2026-11-01,PIPES@BCB,PIPES@BCB,Bill,'=1\+1,'@SUM\(A1\),,,,,,,1.00,\d+\.00,Cr,,/,
    );
    expect(lines.at(-2)).toMatch(
      /NEFT for P\/1, P\/2",800.00,50.00,194C,250.00,"DISCOUNT CN\/1 70.00; 180.00",1100.00,,501.00,Cr,/,
    );
    expect(lines.at(-1)).toBe("2027-03-31,PIPES@BCB,PIPES@BCB,Closing balance,,,,,,,,,,501.00,Cr,,");
  });

  test("a cursor of another list, or of nobody's making, is refused", async () => {
    for (const cursor of [
      "x",
      Buffer.from('{"sort":"ledger","back":false,"value":"1","id":"0"}').toString("base64url"),
    ])
      await expect(at({ cursor })).rejects.toMatchObject({ code: "INVALID" });
  });
});

test("what only nonsense adds up to is told as the largest sum, and the ledger answers", async () => {
  const many = Array.from({ length: 1_100 });
  await prisma.invoice.createMany({
    data: many.map((_, index) => ({
      businessId: own.businessId,
      id: uuidv7(),
      side: "PAYABLE" as const,
      objectId: mintInvoiceObjectId(),
      supplierInvoiceNumber: `V/${index}`,
      counterpartyB2BId: "VAST@BCB",
      counterpartyName: "Vast",
      issueDate: new Date("2026-05-01"),
      dueDate: new Date("2026-05-01"),
      total: LARGEST_SUM,
      origin: "COUNTERPARTY" as const,
      createdBy: "Vast",
    })),
  });
  const ledger = await read(own, "VAST@BCB");
  expect(ledger.totals).toMatchObject({ count: 1_100, closingPaise: LARGEST_SUM, creditPaise: LARGEST_SUM });
  const next = await read(own, "VAST@BCB", { cursor: ledger.nextCursor });
  expect(next.broughtForwardPaise).toBe(LARGEST_SUM);
  const { lines } = await exportLedger(own, "VAST@BCB", { side: "payable" }, NOW);
  let count = 0;
  for await (const some of lines) count += some.length;
  expect(count).toBe(1_102);
});
