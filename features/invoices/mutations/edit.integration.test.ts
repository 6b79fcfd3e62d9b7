import { describe, expect, test } from "vitest";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { editInvoiceSchema } from "@/features/invoices/schema";
import { actionsOn, billOf, editOf, payBill, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { buyer, supplier } from "@/tests/two-parties";

/** The buyer's request to pay so many paise of one of its bills. */
const pay = (id: string, net: number) => payBill(buyer, supplier, id, net);

describe("editing and cancelling", () => {
  test("changes what stands on it, with what was and what is in the audit trail", async () => {
    const bill = billOf(buyer);
    const { id } = await createInvoice(supplier, bill, TODAY);
    const edited = await editInvoice(
      supplier,
      id,
      editOf(bill, 1, { totalPaise: 80_000, dueDate: "2026-12-15" }),
      TODAY,
    );
    expect(edited).toMatchObject({ totalPaise: 80_000, duePaise: 80_000, dueDate: "2026-12-15", version: 2 });
    const event = await prisma.auditEvent.findFirstOrThrow({ where: { subjectId: id, action: "invoice.edited" } });
    expect(JSON.parse(event.before ?? "")).toMatchObject({ totalPaise: 100_000, dueDate: "2026-12-01" });
    expect(JSON.parse(event.after ?? "")).toMatchObject({ totalPaise: 80_000, dueDate: "2026-12-15" });
  });

  test("a description that is left out stays, and an empty one takes it away", async () => {
    const bill = billOf(buyer, { description: "Copper tubes" });
    const { id } = await createInvoice(supplier, bill, TODAY);
    const changed = { ...editOf(bill, 1, { totalPaise: 80_000 }), description: undefined };
    const left = await editInvoice(supplier, id, editInvoiceSchema.parse(changed), TODAY);
    expect(left).toMatchObject({ description: "Copper tubes", totalPaise: 80_000 });
    const emptied = await editInvoice(
      supplier,
      id,
      editInvoiceSchema.parse({ ...changed, version: 2, description: " " }),
      TODAY,
    );
    expect(emptied).toMatchObject({ description: "" });
  });

  test("sent again while its first try is under way an edit is made once, and nobody is told otherwise", async () => {
    for (let round = 0; round < 4; round++) {
      const bill = billOf(buyer, { supplierInvoiceNumber: `KM-${round}` });
      const { id } = await createInvoice(supplier, bill, TODAY);
      const results = await Promise.all(
        [1, 2, 3].map(() => editInvoice(supplier, id, editOf(bill, 1, { totalPaise: 80_000 }), TODAY)),
      );
      for (const { totalPaise, version } of results) expect([totalPaise, version]).toEqual([80_000, 2]);
      expect(await prisma.auditEvent.count({ where: { subjectId: id, action: "invoice.edited" } })).toBe(1);
    }
  });

  test("of two edits of one version the second is told", async () => {
    const bill = billOf(buyer);
    const { id } = await createInvoice(supplier, bill, TODAY);
    const edits = [80_000, 70_000].map((totalPaise) =>
      editInvoice(supplier, id, editOf(bill, 1, { totalPaise }), TODAY),
    );
    const results = await Promise.allSettled(edits);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(results.find((result) => result.status === "rejected")).toMatchObject({
      reason: { code: "CONFLICT", fields: [{ path: "version" }] },
    });
  });

  test("into another bill's number is refused by name", async () => {
    const bill = billOf(buyer);
    const { id: invoiceId } = await createInvoice(supplier, billOf(buyer, { supplierInvoiceNumber: "TAKEN-1" }), TODAY);
    const { id } = await createInvoice(supplier, bill, TODAY);
    await expect(
      editInvoice(supplier, id, editOf(bill, 1, { supplierInvoiceNumber: "taken-1" }), TODAY),
    ).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("TAKEN-1 of Anvaya is there already"),
      fields: [{ invoiceId }],
    });
  });

  test("a cancelled bill is out of the way: its number may be used again", async () => {
    const bill = billOf(buyer);
    const { id } = await createInvoice(supplier, bill, TODAY);
    expect(await cancelInvoice(supplier, id, TODAY)).toMatchObject({
      status: "CANCELLED",
      duePaise: 0,
      editable: false,
    });
    expect(await cancelInvoice(supplier, id, TODAY)).toMatchObject({ status: "CANCELLED", version: 2 });
    expect(await actionsOn(supplier, id)).toEqual(["invoice.created", "invoice.cancelled"]);
    await expect(editInvoice(supplier, id, editOf(bill, 2), TODAY)).rejects.toMatchObject({ code: "CONFLICT" });
    const again = billOf(buyer, { supplierInvoiceNumber: bill.supplierInvoiceNumber });
    expect(await createInvoice(supplier, again, TODAY)).toMatchObject({ replayed: false });
  });

  test("is refused while a payment waits, in words", async () => {
    const bill = billOf(supplier, { side: "payable" });
    const { id } = await createInvoice(buyer, bill, TODAY);
    await pay(id, 40_000);
    const words = expect.stringContaining("A payment of ₹400.00 waits for confirmation");
    await expect(cancelInvoice(buyer, id, TODAY)).rejects.toMatchObject({ code: "CONFLICT", message: words });
    await expect(editInvoice(buyer, id, editOf(bill, 2), TODAY)).rejects.toMatchObject({
      code: "CONFLICT",
      message: words,
    });
  });

  test("another business's invoice is not found", async () => {
    const bill = billOf(buyer);
    const { id } = await createInvoice(supplier, bill, TODAY);
    await expect(cancelInvoice(buyer, id, TODAY)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(editInvoice(buyer, id, editOf(bill, 1), TODAY)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test.each([
    [
      "an edit",
      (id: string, bill: ReturnType<typeof billOf>) =>
        editInvoice(buyer, id, editOf(bill, 1, { totalPaise: 50_000 }), TODAY),
    ],
    ["a cancellation", (id: string) => cancelInvoice(buyer, id, TODAY)],
  ])("%s against a payment of the whole bill at the same moment: exactly one goes through", async (_, change) => {
    for (let round = 0; round < 12; round++) {
      const bill = billOf(supplier, { side: "payable" });
      const { id } = await createInvoice(buyer, bill, TODAY);
      const [changed, paid] = await Promise.allSettled([change(id, bill), pay(id, 100_000)]);
      const isChanged = changed.status === "fulfilled";
      const isPaid = paid.status === "fulfilled" && paid.value.kind === "created";
      expect([isChanged, isPaid].filter(Boolean)).toHaveLength(1);
      const row = await prisma.invoice.findFirstOrThrow({ where: { businessId: buyer.businessId, id } });
      expect(row.pending).toBe(isPaid ? 100_000n : 0n);
      expect(row.total).toBe(isPaid || row.status === "CANCELLED" ? 100_000n : 50_000n);
    }
  });
});
