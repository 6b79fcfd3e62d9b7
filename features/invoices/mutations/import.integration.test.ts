import { beforeAll, describe, expect, test } from "vitest";
import type { BusinessScope } from "@/features/businesses/scope";
import { mintInvoiceObjectId } from "@/lib/ids";
import { makeBusiness } from "@/tests/books";
import { type ImportOptions, importRows } from "@/tests/imports";
import { actionsOn, billOf, createShared, invoiceOf } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";

let buyer: BusinessScope;
let supplier: BusinessScope;
let serial = 0;

beforeAll(async () => {
  buyer = await makeBusiness("Anvaya");
  supplier = await makeBusiness("Kaveri");
});

const nextNumber = () => `IM/${++serial}`;

/** One bill of a file. */
const row = (counterparty: object, changes: object = {}) => ({
  objectId: mintInvoiceObjectId(),
  counterparty,
  supplierInvoiceNumber: nextNumber(),
  issueDate: "2026-11-01",
  dueDate: "2026-12-01",
  totalPaise: 100_000,
  ...changes,
});

const run = (rows: object[], { scope = buyer, ...options }: ImportOptions & { scope?: BusinessScope } = {}) =>
  importRows(scope, rows, options);

const countOf = ({ businessId }: BusinessScope) => prisma.invoice.count({ where: { businessId } });

async function knowParty(b2bId: string, name: string, gstin: string | null = null): Promise<void> {
  await prisma.counterparty.create({ data: { businessId: buyer.businessId, b2bId, name, gstin } });
}

describe("several bills at once", () => {
  test("are each written down as one alone would be, shared, and in the audit trail", async () => {
    const rows = [row({ b2bId: supplier.b2bId, name: "Whatever" }), row({ b2bId: "NEW@BCB", name: "Newcomer" })];
    const items = await run(rows);
    expect(items).toMatchObject([
      { outcome: "added", problem: null, counterparty: { b2bId: supplier.b2bId } },
      { outcome: "added", problem: null, counterparty: { b2bId: "NEW@BCB", name: "Newcomer", isNew: true } },
    ]);
    for (const [index, { supplierInvoiceNumber, objectId }] of rows.entries()) {
      const written = await invoiceOf(buyer, supplierInvoiceNumber);
      expect(written).toMatchObject({ id: items[index]?.invoiceId, objectId, total: 100_000n, origin: "OWN" });
      expect(await actionsOn(buyer, String(written?.id))).toEqual(["invoice.created"]);
    }
    const jobs = await prisma.$queryRaw<{ id: string }[]>`
      SELECT payload ->> 'invoiceId' AS id FROM graphile_worker._private_jobs`;
    expect(jobs.map(({ id }) => id)).toEqual(expect.arrayContaining(items.map(({ invoiceId }) => invoiceId)));
  });

  test("the same request again, and two at the very same moment, add nothing twice", async () => {
    const rows = Array.from({ length: 8 }, () => row({ b2bId: "TWICE@BCB", name: "Twice" }));
    const before = await countOf(buyer);
    const [one, other] = await Promise.all([run(rows), run(rows)]);
    const written = (items: typeof one) => items.map(({ outcome, invoiceId }) => ({ outcome, invoiceId }));
    expect(written(one)).toEqual(written(other));
    expect(written(await run(rows))).toEqual(written(one));
    expect(one.map(({ outcome }) => outcome)).toEqual(Array(8).fill("added"));
    expect(await countOf(buyer)).toBe(before + 8);
  });

  test("what is in the books already is said, with where, and the others are added", async () => {
    const [there] = await run([row({ b2bId: "NEW@BCB", name: "Newcomer" }, { supplierInvoiceNumber: "IM/same" })]);
    const again = row({ b2bId: "NEW@BCB", name: "Newcomer" }, { supplierInvoiceNumber: "im / SAME" });
    const items = await run([again, row({ b2bId: "NEW@BCB", name: "Newcomer" })]);
    expect(items).toMatchObject([
      {
        outcome: "present",
        invoiceId: there?.invoiceId,
        problem: {
          path: "supplierInvoiceNumber",
          message: "IM/same of Newcomer is there already: ₹1,000.00, due 1 Dec 2026, unpaid.",
          code: "DUPLICATE_INVOICE",
        },
      },
      { outcome: "added" },
    ]);
    expect(await run([again], { dryRun: true })).toEqual([items[0]]);
  });

  test("one's own business, and an id that was used for another, are refused, and only they", async () => {
    const first = row({ b2bId: "NEW@BCB", name: "Newcomer" });
    await run([first]);
    const items = await run([
      row({ b2bId: buyer.b2bId }),
      { ...first, totalPaise: 5, supplierInvoiceNumber: nextNumber() },
      row({ b2bId: "NEW@BCB" }),
    ]);
    expect(items).toMatchObject([
      { outcome: "refused", problem: { path: "counterparty.b2bId", code: "SAME_PARTY" } },
      { outcome: "refused", invoiceId: null, problem: { path: "objectId", code: "DUPLICATE_CONFLICT" } },
      { outcome: "added", problem: null },
    ]);
  });
});

describe("a dry run", () => {
  test("writes nothing, and says what comes then", async () => {
    const rows = [
      row({ b2bId: "DRY@BCB", name: "Dry" }),
      row({ name: "Nobody at all" }),
      row({ b2bId: buyer.b2bId }),
      row({ b2bId: supplier.b2bId }),
    ];
    const again = { ...rows[0], objectId: mintInvoiceObjectId() };
    const before = await countOf(buyer);
    const items = await run([...rows, again], { dryRun: true });
    expect(items.map(({ outcome }) => outcome)).toEqual(["new", "refused", "refused", "new", "present"]);
    expect(await countOf(buyer)).toBe(before);
    expect(await prisma.counterparty.findFirst({ where: { b2bId: "DRY@BCB" } })).toBeNull();

    const done = await run([...rows, again]);
    expect(done.map(({ outcome }) => outcome)).toEqual(["added", "refused", "refused", "added", "present"]);
    expect(done.map(({ counterparty }) => counterparty)).toEqual(items.map(({ counterparty }) => counterparty));
    expect(items.map(({ counterparty }) => counterparty?.isNew)).toEqual([true, undefined, true, false, true]);
  });

  test("knows that a supplier's invoice takes the place of what its buyer wrote down, and when it doesn't", async () => {
    const numbers = [nextNumber(), nextNumber()];
    for (const supplierInvoiceNumber of numbers)
      await createShared(buyer, billOf(supplier, { side: "payable", supplierInvoiceNumber }));
    const copy = await invoiceOf(supplier, String(numbers[1]));
    await prisma.invoice.updateMany({
      where: { businessId: supplier.businessId, id: String(copy?.id) },
      data: { paid: 40_000, status: "PART_PAID" },
    });
    const rows = numbers.map((supplierInvoiceNumber) => row({ b2bId: buyer.b2bId }, { supplierInvoiceNumber }));
    const there = { outcome: "present", invoiceId: copy?.id, problem: { message: expect.stringContaining("is paid") } };
    const options = { side: "receivable", scope: supplier };
    expect(await run(rows, { ...options, dryRun: true })).toMatchObject([{ outcome: "new" }, there]);
    expect(await run(rows, options)).toMatchObject([{ outcome: "added" }, there]);
  });
});

describe("a party without its B2B ID", () => {
  const GSTIN = "27AAPFU0939F1ZV";
  const OTHER = "29AAGCB7383J1Z4";
  const partyOf = async (party: object) => (await run([row(party)], { dryRun: true }))[0];

  beforeAll(async () => {
    await knowParty("TUNGA@BCB", "Tunga Traders", GSTIN);
    await knowParty("BHADRA@BCB", "Bhadra_%");
    // As they were kept before names had one form.
    await knowParty("TAPI@BCB", "CAFÉ TAPI".normalize("NFD"));
    await knowParty("DAK@BCB", "\u095cाक");
    await knowParty("ONE@BCB", "Same Name");
    await knowParty("TWO@BCB", "SAME NAME");
  });

  test.each([
    ["its GSTIN", { gstin: GSTIN }, "TUNGA@BCB"],
    ["its GSTIN, whatever it is called", { gstin: GSTIN, name: "T. Traders" }, "TUNGA@BCB"],
    ["its name, in any case", { name: "tunga TRADERS" }, "TUNGA@BCB"],
    ["its name, and a GSTIN that wasn't known", { name: "Bhadra_%", gstin: OTHER }, "BHADRA@BCB"],
    ["its name, kept with letters written in two parts", { name: "Café Tapi" }, "TAPI@BCB"],
    [
      "its name, kept with a letter in one part that is two parts now",
      { name: "\u0921\u093cाक".normalize("NFC") },
      "DAK@BCB",
    ],
  ])("is known by %s", async (_name, told, b2bId) => {
    expect(await partyOf(told)).toMatchObject({ outcome: "new", counterparty: { b2bId } });
  });

  test.each([
    ["a name that two have", { name: "Same name" }, "b2bId", "PARTY_AMBIGUOUS"],
    ["a name that only begins so", { name: "Tunga" }, "b2bId", "PARTY_UNKNOWN"],
    ["a pattern", { name: "Bhadra__" }, "b2bId", "PARTY_UNKNOWN"],
    ["a GSTIN nobody has", { gstin: OTHER }, "b2bId", "PARTY_UNKNOWN"],
    ["another GSTIN beside its name", { name: "Tunga Traders", gstin: OTHER }, "gstin", "PARTY_AMBIGUOUS"],
    ["a B2B ID that nobody is known by, and no name", { b2bId: "NOBODY@BCB" }, "name", "PARTY_UNKNOWN"],
  ])("is not guessed from %s", async (_name, told, path, code) => {
    const problem = { path: `counterparty.${path}`, code };
    expect(await partyOf(told)).toMatchObject({ outcome: "refused", counterparty: null, problem });
  });

  test("is looked for among the business's own parties only", async () => {
    const [item] = await run([row({ name: "Tunga Traders" })], { dryRun: true, scope: supplier });
    expect(item).toMatchObject({ outcome: "refused", problem: { code: "PARTY_UNKNOWN" } });
  });

  test("that lives here is named by itself", async () => {
    const elsewhere = await makeBusiness("Godavari");
    expect(await partyOf({ b2bId: elsewhere.b2bId })).toMatchObject({
      outcome: "new",
      counterparty: { b2bId: elsewhere.b2bId, name: "Godavari" },
    });
  });
});
