import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BusinessScope } from "@/features/businesses/scope";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { mintInvoiceObjectId } from "@/lib/ids";
import { makeBusiness } from "@/tests/books";
import { type ImportOptions, importRows, takingValues } from "@/tests/imports";
import {
  actionsOn,
  billOf,
  createShared,
  editOf,
  invoiceOf,
  payBill,
  rowOf,
  share,
  shareAnswerTo,
  TODAY,
} from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { buyer, supplier } from "@/tests/two-parties";

/** A bill of the buyer's books, and how its file has it. */
const written = () => billOf(supplier, { side: "payable" });

const run = (rows: object[], { scope = buyer, ...options }: ImportOptions & { scope?: BusinessScope } = {}) =>
  importRows(scope, rows, options);
const look = (...rows: object[]) => importRows(buyer, rows, { dryRun: true });
const taking = (row: object, { scope = buyer, ...options }: ImportOptions & { scope?: BusinessScope } = {}) =>
  takingValues(scope, row, options);

const booksOf = async ({ businessId }: BusinessScope) => ({
  invoices: await prisma.invoice.findMany({ where: { businessId }, orderBy: { id: "asc" } }),
  events: await prisma.auditEvent.count({ where: { businessId } }),
  parties: await prisma.counterparty.findMany({ where: { businessId }, orderBy: { b2bId: "asc" } }),
});

describe("a file that comes again", () => {
  test("tells what is new, what is there and the same, and what is there and differs, field by field", async () => {
    const [same, other] = [written(), written()];
    for (const bill of [same, other]) await createInvoice(buyer, bill, TODAY);
    const items = await look(
      rowOf(written()),
      rowOf(same, { supplierInvoiceNumber: ` ${same.supplierInvoiceNumber.toLowerCase()} ` }),
      rowOf(other, { totalPaise: 80_000, dueDate: "2026-12-15", issueDate: "2026-11-02", description: "Steel tubes" }),
    );
    expect(items).toMatchObject([
      { outcome: "new", difference: null },
      { outcome: "present", difference: null },
      {
        outcome: "present",
        problem: { code: "DUPLICATE_INVOICE" },
        difference: {
          fields: ["totalPaise", "issueDate", "dueDate", "description"],
          there: { totalPaise: 100_000, issueDate: "2026-11-01", dueDate: "2026-12-01", description: "Steel pipes" },
          refusal: null,
        },
      },
    ]);
  });

  test("that has no description has nothing against the one that is there, nor takes it away", async () => {
    const bill = written();
    await createInvoice(buyer, bill, TODAY);
    expect(await look(rowOf(bill, { description: undefined }))).toMatchObject([{ difference: null }]);
    const [changed] = await run([await taking(rowOf(bill, { description: undefined, totalPaise: 90_000 }))]);
    expect(changed).toMatchObject({ outcome: "changed", problem: null, difference: null });
    const row = await invoiceOf(buyer, bill.supplierInvoiceNumber);
    expect(row).toMatchObject({ total: 90_000n, description: "Steel pipes" });
  });

  test("changes nothing of what differs unless it is said to", async () => {
    const bill = written();
    await createInvoice(buyer, bill, TODAY);
    const before = await booksOf(buyer);
    const [item] = await run([rowOf(bill, { totalPaise: 80_000 })]);
    expect(item).toMatchObject({ outcome: "present", difference: { fields: ["totalPaise"] } });
    expect(await booksOf(buyer)).toEqual(before);
  });

  test("changes nothing, whatever stands in it, where it says the same", async () => {
    const field = {
      description: fc.option(fc.constantFrom("", "Copper", "ताँबा", "=1+1", "Caf\u0065\u0301"), { nil: undefined }),
      issueDate: fc.constantFrom("2026-04-01", "2026-11-01", "2027-03-31"),
      dueDate: fc.constantFrom("2027-03-31", "2027-12-01"),
      totalPaise: fc.integer({ min: 1, max: 1_000_000_000_000 }),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record(field), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (bills, edited) => {
          const scope = await makeBusiness("Property");
          const file = bills.map((bill, n) => ({
            ...bill,
            supplierInvoiceNumber: `P/${n}`,
            counterparty: { b2bId: "P@BCB", name: "P" },
          }));
          const again = (changes: object = {}) =>
            file.map((row) => ({ ...row, ...changes, objectId: mintInvoiceObjectId() }));
          expect((await run(again(), { scope })).map(({ outcome }) => outcome)).toEqual(file.map(() => "added"));
          if (edited) {
            const rows = await Promise.all(again({ totalPaise: 7 }).map((row) => taking(row, { scope })));
            // What says 7 paise already has no version to be told by.
            await run(
              rows.filter(({ edits }) => edits.version !== undefined),
              { scope },
            );
          }
          const before = await booksOf(scope);
          for (const dryRun of [true, false]) {
            const items = await run(again(edited ? { totalPaise: 7 } : {}), { scope, dryRun });
            for (const item of items) expect(item).toMatchObject({ outcome: "present", difference: null });
          }
          expect(await booksOf(scope)).toEqual(before);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe("software that keeps one id for a bill, and sends its register each night", () => {
  test("is told what it is under another id: the same, or what differs, and what it was changed to since", async () => {
    const bill = written();
    const row = { ...rowOf(bill), objectId: bill.objectId };
    const [added] = await run([row]);
    expect(await run([row])).toMatchObject([{ outcome: "added", invoiceId: added?.invoiceId }]);
    const corrected = { ...row, totalPaise: 80_000 };
    const differs = {
      outcome: "present",
      invoiceId: added?.invoiceId,
      problem: { path: "supplierInvoiceNumber", code: "DUPLICATE_INVOICE" },
      difference: { fields: ["totalPaise"], there: { totalPaise: 100_000 }, refusal: null },
    };
    expect(await look(corrected)).toMatchObject([differs]);
    expect(await run([corrected])).toMatchObject([differs]);
    expect(await run([await taking(corrected)])).toMatchObject([{ outcome: "changed" }]);
    expect(await run([corrected])).toMatchObject([
      { outcome: "present", invoiceId: added?.invoiceId, difference: null },
    ]);
    expect(await invoiceOf(buyer, bill.supplierInvoiceNumber)).toMatchObject({ total: 80_000n, version: 2 });
  });

  test("is not told that a supplier's own invoice stands where only its buyer's copy does", async () => {
    const [first, theirs] = [billOf(buyer), written()];
    await createInvoice(supplier, first, TODAY);
    await createShared(buyer, theirs);
    const raised = rowOf(billOf(buyer, { supplierInvoiceNumber: theirs.supplierInvoiceNumber }));
    const items = await run([{ ...raised, objectId: first.objectId }], { scope: supplier, side: "receivable" });
    expect(items).toMatchObject([{ outcome: "refused", problem: { path: "objectId", code: "DUPLICATE_CONFLICT" } }]);
  });
});

describe("a bill that takes the file's values", () => {
  test("is changed, sealed and shared as by hand, and once however often it is sent", async () => {
    const bill = written();
    const id = await createShared(buyer, bill);
    const row = await taking(rowOf(bill, { totalPaise: 80_000, dueDate: "2026-12-15" }));
    const [one, other] = await Promise.all([run([row]), run([row])]);
    for (const items of [one, other, await run([row])])
      expect(items).toMatchObject([{ outcome: "changed", invoiceId: id, problem: null, difference: null }]);
    expect(await actionsOn(buyer, id)).toEqual(["invoice.created", "invoice.edited"]);
    const mine = await invoiceOf(buyer, bill.supplierInvoiceNumber);
    expect(mine).toMatchObject({ total: 80_000n, version: 2, objectId: bill.objectId });
    await share(buyer, id);
    const theirs = await invoiceOf(supplier, bill.supplierInvoiceNumber);
    expect(theirs).toMatchObject({ total: 80_000n, dueDate: new Date("2026-12-15") });
    expect(await look(rowOf(bill, { totalPaise: 80_000, dueDate: "2026-12-15" }))).toMatchObject([
      { difference: null },
    ]);
  });

  test("keeps its number as the books write it", async () => {
    const bill = written();
    await createInvoice(buyer, bill, TODAY);
    const supplierInvoiceNumber = bill.supplierInvoiceNumber.toLowerCase().replace("/", " / ");
    const [item] = await run([await taking(rowOf(bill, { supplierInvoiceNumber, totalPaise: 80_000 }))]);
    expect(item).toMatchObject({ outcome: "changed" });
    expect(await invoiceOf(buyer, bill.supplierInvoiceNumber)).toMatchObject({ total: 80_000n });
  });

  test("may not, in the words of the edit form, where an edit by hand may not", async () => {
    const [paid, theirs, rejected] = [written(), written(), written()];
    const paidId = await createShared(buyer, paid);
    await payBill(buyer, supplier, paidId, 40_000);
    const raised = billOf(buyer, { supplierInvoiceNumber: theirs.supplierInvoiceNumber });
    await createShared(supplier, raised);
    const rejectedId = await createShared(buyer, rejected);
    const copy = await invoiceOf(supplier, rejected.supplierInvoiceNumber);
    await answerInvoice(supplier, String(copy?.id), { response: "REJECT", remarks: "Not ours", version: 1 }, TODAY);
    await shareAnswerTo(supplier, String(copy?.id));

    const rows = [paid, theirs, rejected].map((bill) => rowOf(bill, { totalPaise: 80_000 }));
    const before = await booksOf(buyer);
    const items = await look(...rows);
    const done = await run(await Promise.all(rows.map((row) => taking(row))));
    expect(await booksOf(buyer)).toEqual(before);
    for (const [index, { difference, invoiceId }] of items.entries()) {
      const by = editOf(paid, difference?.there.version ?? 0, { supplierInvoiceNumber: `ELSE/${index}` });
      const byHand = await editInvoice(buyer, String(invoiceId), by, TODAY).catch((error: Error) => error.message);
      expect(difference).toMatchObject({ fields: ["totalPaise"], refusal: byHand });
      const problem = { path: "edits", message: byHand };
      expect(done[index]).toMatchObject({ outcome: "present", invoiceId, problem, difference: { refusal: byHand } });
    }
    expect(items.map(({ difference }) => difference?.refusal)).toEqual([
      expect.stringContaining("A payment of ₹400.00 waits"),
      expect.stringContaining("Kaveri wrote this invoice"),
      expect.stringContaining("rejected this invoice as not theirs"),
    ]);
    expect(rejectedId).toBe(items[2]?.invoiceId);
  });

  test("that was returned goes to the other party anew", async () => {
    const bill = billOf(buyer);
    const id = await createShared(supplier, bill);
    const copy = await invoiceOf(buyer, bill.supplierInvoiceNumber);
    await answerInvoice(buyer, String(copy?.id), { response: "RETURN", remarks: "₹800", version: 1 }, TODAY);
    await shareAnswerTo(buyer, String(copy?.id));
    const options = { side: "receivable", scope: supplier };
    const row = rowOf(bill, { totalPaise: 80_000 });
    expect(await run([row], { ...options, dryRun: true })).toMatchObject([
      { difference: { there: { status: "RETURNED", remarks: "₹800" }, refusal: null } },
    ]);
    expect(await run([await taking(row, options)], options)).toMatchObject([{ outcome: "changed" }]);
    await share(supplier, id);
    expect(await invoiceOf(buyer, bill.supplierInvoiceNumber)).toMatchObject({ total: 80_000n, status: "CREATED" });
  });

  test("only in the books of whoever asks", async () => {
    const stranger = await makeBusiness("Stranger");
    const bill = written();
    const { id } = await createInvoice(buyer, bill, TODAY);
    const row = { ...rowOf(bill, { totalPaise: 1 }), edits: { invoiceId: id, version: 1 } };
    expect(await run([row], { scope: stranger })).toMatchObject([
      { outcome: "refused", problem: { path: "edits", code: "CHANGED_MEANWHILE" } },
    ]);
    expect(await invoiceOf(buyer, bill.supplierInvoiceNumber)).toMatchObject({ total: 100_000n });
  });
});
