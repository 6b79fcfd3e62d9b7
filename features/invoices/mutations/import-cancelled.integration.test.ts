import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { BusinessScope } from "@/features/businesses/scope";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { mintInvoiceObjectId } from "@/lib/ids";
import { makeBusiness } from "@/tests/books";
import { type ImportOptions, importRows } from "@/tests/imports";
import { billOf, createShared, invoiceOf, rowOf, share, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";

let buyer: BusinessScope;
let supplier: BusinessScope;
let serial = 0;

beforeAll(async () => {
  buyer = await makeBusiness("Anvaya");
  supplier = await makeBusiness("Kaveri");
});

const LATER = new Date("2026-11-27T23:00:00+05:30");

const bill = () => billOf(supplier, { side: "payable", supplierInvoiceNumber: `CB/${++serial}` });

const run = (rows: object[], { scope = buyer, ...options }: ImportOptions & { scope?: BusinessScope } = {}) =>
  importRows(scope, rows, { ...options, now: LATER });

const bothWays = async (row: object, options: Parameters<typeof run>[1] = {}) => [
  ...(await run([row], { ...options, dryRun: true })),
  ...(await run([row], options)),
];

const countOf = ({ businessId }: BusinessScope) => prisma.invoice.count({ where: { businessId } });

async function written(scope = buyer, content = bill()) {
  const { id } = await createInvoice(scope, content, TODAY);
  return { content, id };
}

async function cancelled(scope = buyer, content = bill()) {
  const { id } = await written(scope, content);
  await cancelInvoice(scope, id, LATER);
  return { content, id };
}

describe("a bill that was cancelled, in the same file a week later", () => {
  test("is told, with when and by whom, and stays out; the others are added", async () => {
    const { content, id } = await cancelled();
    const before = await countOf(buyer);
    const number = content.supplierInvoiceNumber;
    const told = {
      outcome: "present",
      invoiceId: id,
      problem: {
        path: "supplierInvoiceNumber",
        code: "CANCELLED_INVOICE",
        message: `${number} of Kaveri was cancelled on 27 Nov 2026 by ${buyer.actor.name}.`,
      },
      difference: null,
      cancelled: { at: LATER.toISOString(), by: buyer.actor.name },
    };
    expect(await bothWays(rowOf(content))).toMatchObject([told, told]);
    const typedElse = rowOf(content, { supplierInvoiceNumber: ` ${number.toLowerCase().replace("/", " / ")}` });
    expect(await bothWays(typedElse)).toMatchObject([told, told]);
    expect(await countOf(buyer)).toBe(before);
    const items = await run([rowOf(content), rowOf(bill())]);
    expect(items).toMatchObject([told, { outcome: "added", cancelled: null }]);
  });

  test("is added where that is wanted, once, and is there then as any other", async () => {
    const { content } = await cancelled();
    const row = rowOf(content, { anew: true });
    expect(await run([row], { dryRun: true })).toMatchObject([{ outcome: "new", problem: null, cancelled: null }]);
    const [added] = await run([row]);
    expect(added).toMatchObject({ outcome: "added", problem: null, cancelled: null });
    for (const again of [await run([row]), await run([{ ...row, anew: false }])]) expect(again).toEqual([added]);
    const there = { outcome: "present", invoiceId: added?.invoiceId, cancelled: null };
    expect(await bothWays(rowOf(content))).toMatchObject([there, there]);
    await cancelInvoice(buyer, String(added?.invoiceId), LATER);
    expect(await run([rowOf(content)])).toMatchObject([{ invoiceId: added?.invoiceId, cancelled: {} }]);
  });

  test("is another one of another year, of another party, on the other side and in other books", async () => {
    const { content } = await cancelled();
    const stranger = await makeBusiness("Stranger");
    const fresh = [{ outcome: "new" }, { outcome: "added" }];
    expect(await bothWays(rowOf(content, { issueDate: "2026-03-31" }))).toMatchObject(fresh);
    expect(await bothWays(rowOf(content, { counterparty: { b2bId: "ELSE@BCB", name: "Else" } }))).toMatchObject(fresh);
    expect(await bothWays(rowOf(content), { side: "receivable" })).toMatchObject(fresh);
    const named = rowOf(content, { counterparty: { b2bId: supplier.b2bId, name: "Kaveri" } });
    expect(await bothWays(named, { scope: stranger })).toMatchObject(fresh);
  });

  test("that was cancelled after it was added, by somebody who was faster, is what the first try made of it", async () => {
    const row = rowOf(bill());
    const [added] = await run([row]);
    await cancelInvoice(buyer, String(added?.invoiceId), LATER);
    expect(await run([row])).toEqual([added]);
  });

  test("never comes back beside a cancellation of the same moment", async () => {
    for (let round = 0; round < 10; round++) {
      const { content, id } = await written();
      const [, [item]] = await Promise.all([
        cancelInvoice(buyer, id, LATER),
        setTimeout(round).then(() => run([rowOf(content)])),
      ]);
      expect(item?.outcome).toBe("present");
      expect(await prisma.invoice.count({ where: { supplierInvoiceNumber: content.supplierInvoiceNumber } })).toBe(1);
    }
  });

  test("by hand it is written down as before: who types a number means it", async () => {
    const { content } = await cancelled();
    const anew = await createInvoice(buyer, { ...content, objectId: mintInvoiceObjectId() }, LATER);
    expect(anew).toMatchObject({ replayed: false });
  });
});

describe("an invoice that the supplier cancelled", () => {
  const receivable = { side: "receivable" };

  test("stays out of the supplier's next import, and out of the buyer's, who reads that it was the supplier", async () => {
    const content = billOf(buyer, { supplierInvoiceNumber: `CB/${++serial}` });
    const id = await createShared(supplier, content);
    await cancelInvoice(supplier, id, LATER);
    await share(supplier, id);
    const own = { outcome: "present", invoiceId: id, cancelled: { by: supplier.actor.name } };
    expect(await bothWays(rowOf(content), { ...receivable, scope: supplier })).toMatchObject([own, own]);
    const copy = await invoiceOf(buyer, content.supplierInvoiceNumber);
    const theirs = { outcome: "present", invoiceId: copy?.id, cancelled: { by: "Kaveri" } };
    const row = rowOf(content, { counterparty: { b2bId: supplier.b2bId } });
    expect(await bothWays(row)).toMatchObject([theirs, theirs]);
  });

  test("is not one that its buyer wrote down and took back", async () => {
    const content = bill();
    const id = await createShared(buyer, content);
    await cancelInvoice(buyer, id, LATER);
    await share(buyer, id);
    expect(await invoiceOf(supplier, content.supplierInvoiceNumber)).toMatchObject({ status: "CANCELLED" });
    const row = rowOf(content, { counterparty: { b2bId: buyer.b2bId } });
    expect(await bothWays(row, { ...receivable, scope: supplier })).toMatchObject([
      { outcome: "new" },
      { outcome: "added" },
    ]);
  });

  test("stays out also where its buyer has written the bill down since", async () => {
    const content = billOf(buyer, { supplierInvoiceNumber: `CB/${++serial}` });
    const { id } = await cancelled(supplier, content);
    const theirs = billOf(supplier, { side: "payable", supplierInvoiceNumber: content.supplierInvoiceNumber });
    await createShared(buyer, theirs);
    const told = { outcome: "present", invoiceId: id, cancelled: {} };
    const options = { ...receivable, scope: supplier };
    expect(await bothWays(rowOf(content), options)).toMatchObject([told, told]);
    expect(await bothWays(rowOf(content, { anew: true }), options)).toMatchObject([
      { outcome: "new" },
      { outcome: "added" },
    ]);
  });
});
