import { describe, expect, test } from "vitest";
import { getInvoice } from "@/features/invoices/data";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { billOf, createShared, editOf, invoiceOf, share, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { type Business, buyer, supplier } from "@/tests/two-parties";

// What people read of an invoice that is shared, or that can't be.

const wordsOf = async (scope: Business, id = "") =>
  (await getInvoice(scope, id, TODAY)).history.map(({ words }) => words);
const copyOf = (number: string) => invoiceOf(buyer, number);

/** So much of a copy in the buyer's books is paid, in paise. */
const paid = (id: string | undefined, amount: number) =>
  prisma.invoice.updateMany({ where: { id: id ?? "" }, data: { paid: amount, status: "PART_PAID" } });

test("a change is told in the other party's history with what was and what is", async () => {
  const bill = billOf(buyer);
  const id = await createShared(supplier, bill);
  await editInvoice(supplier, id, editOf(bill, 1, { totalPaise: 70_000 }), TODAY);
  await share(supplier, id);
  const copy = await copyOf(bill.supplierInvoiceNumber);
  expect(await wordsOf(buyer, copy?.id)).toEqual([
    "Came from Kaveri",
    "Kaveri changed: amount from ₹1,000.00 to ₹700.00",
  ]);
  await cancelInvoice(supplier, id, TODAY);
  for (let round = 0; round < 2; round++) await share(supplier, id);
  expect(await copyOf(bill.supplierInvoiceNumber)).toMatchObject({ version: 3, sourceVersion: 3 });
  expect((await wordsOf(supplier, id)).at(-1)).toBe("Cancelled");
});

describe("of what a supplier raises in place of the buyer's bill", () => {
  const byHand = () =>
    billOf(supplier, { side: "payable", supplierInvoiceNumber: "KM-77", description: "For the new hall" });
  const raised = () => billOf(buyer, { supplierInvoiceNumber: "KM-77", description: "" });

  test("the supplier's books say who wrote it there", async () => {
    await createShared(buyer, byHand());
    const { id } = await createInvoice(supplier, raised(), TODAY);
    expect(await getInvoice(supplier, id, TODAY)).toMatchObject({ createdBy: "Kaveri's clerk", description: "" });
  });

  test("the buyer's keep their description where it has none", async () => {
    const { id } = await createInvoice(buyer, byHand(), TODAY);
    await createShared(supplier, raised());
    const adopted = { origin: "COUNTERPARTY", description: "For the new hall" };
    expect(await getInvoice(buyer, id, TODAY)).toMatchObject(adopted);
  });
});

test("an id that the other party's bill has already is no new bill's", async () => {
  const theirs = billOf(buyer);
  await createShared(supplier, theirs);
  const mine = billOf(supplier, { side: "payable", objectId: theirs.objectId, supplierInvoiceNumber: "OTHER" });
  await expect(createInvoice(buyer, mine, TODAY)).rejects.toMatchObject({
    code: "CONFLICT",
    fields: [{ path: "objectId", code: "DUPLICATE_CONFLICT" }],
  });
});

describe("what can't be shared is told to its writer, once for each version", () => {
  const given = (reason: string) => `Not shared with Anvaya: ${reason}`;

  test("since more is paid than its new amount", async () => {
    const bill = billOf(buyer);
    const id = await createShared(supplier, bill);
    await paid((await copyOf(bill.supplierInvoiceNumber))?.id, 60_000);
    for (const version of [1, 2]) {
      await editInvoice(supplier, id, editOf(bill, version, { totalPaise: 50_000 - version }), TODAY);
      for (let round = 0; round < 2; round++) await share(supplier, id);
    }
    const words = await wordsOf(supplier, id);
    const reason = given("more than its new amount is paid already in their books");
    expect(words.filter((each) => each === reason)).toHaveLength(2);
    expect(words).toHaveLength(5);
  });

  test("since money is paid on another invoice that has its number there", async () => {
    // On a copy of the supplier's own that was cancelled, and on a bill that the buyer wrote by hand.
    const first = billOf(buyer);
    const a = await createShared(supplier, first);
    await paid((await copyOf(first.supplierInvoiceNumber))?.id, 1);
    await cancelInvoice(supplier, a, TODAY);
    const anew = billOf(buyer, { supplierInvoiceNumber: first.supplierInvoiceNumber });
    const b = await createShared(supplier, anew);

    const third = billOf(buyer);
    const c = await createShared(supplier, third);
    const byHand = await createInvoice(
      buyer,
      billOf(supplier, { side: "payable", supplierInvoiceNumber: "HAND" }),
      TODAY,
    );
    await paid(byHand.id, 1);
    await editInvoice(supplier, c, editOf(third, 1, { supplierInvoiceNumber: "HAND" }), TODAY);
    await share(supplier, c);
    const reason = given("their books have another invoice under its number, and money is paid on that one");
    for (const id of [b, c]) expect((await wordsOf(supplier, id)).at(-1)).toBe(reason);
  });

  test("since the buyer had a bill under its id, and has cancelled it", async () => {
    const bill = billOf(supplier, { side: "payable" });
    const { id: cancelled } = await createInvoice(buyer, bill, TODAY);
    await cancelInvoice(buyer, cancelled, TODAY);
    const own = await createShared(supplier, billOf(buyer, { objectId: bill.objectId }));
    expect((await wordsOf(supplier, own)).at(-1)).toBe(given("their books have another invoice under its id"));
  });
});
