import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { mintInvoiceObjectId } from "@/lib/ids";
import { importRows, takingValues } from "@/tests/imports";
import { actionsOn, billOf, createShared, editOf, invoiceOf, payBill, rowOf, TODAY } from "@/tests/invoices";
import { buyer, supplier } from "@/tests/two-parties";

/** A bill of the buyer's books, and how its file has it. */
const written = () => billOf(supplier, { side: "payable" });

const run = (rows: readonly object[]) => importRows(buyer, rows);
const taking = (row: object) => takingValues(buyer, row);

describe("somebody who is faster", () => {
  test("by an edit loses nothing, and what the bill says now is told", async () => {
    for (let round = 0; round < 6; round++) {
      const bill = written();
      const { id } = await createInvoice(buyer, bill, TODAY);
      const row = await taking(rowOf(bill, { totalPaise: 80_000 }));
      const [edit, [item]] = await Promise.all([
        editInvoice(buyer, id, editOf(bill, 1, { totalPaise: 70_000 }), TODAY).catch((error: unknown) => error),
        run([row]),
      ]);
      const isImports = item?.outcome === "changed";
      const total = isImports ? 80_000 : 70_000;
      expect(await invoiceOf(buyer, bill.supplierInvoiceNumber)).toMatchObject({ total: BigInt(total), version: 2 });
      expect(await actionsOn(buyer, id)).toEqual(["invoice.created", "invoice.edited"]);
      if (isImports) expect(edit).toMatchObject({ code: "CONFLICT", fields: [{ path: "version" }] });
      else
        expect(item).toMatchObject({
          outcome: "present",
          problem: { path: "edits", code: "CHANGED_MEANWHILE" },
          difference: { there: { totalPaise: 70_000, version: 2 }, fields: ["totalPaise"], refusal: null },
        });
    }
  });

  test("by a payment is paid for what was seen, or finds the new amount; never both", async () => {
    for (let round = 0; round < 8; round++) {
      const bill = written();
      const id = await createShared(buyer, bill);
      const row = await taking(rowOf(bill, { totalPaise: 30_000 }));
      const pay = payBill(buyer, supplier, id, 40_000).catch((error: unknown) => error);
      // Each is first in some of the rounds.
      const [payment, [item]] = await Promise.all([pay, setTimeout(round * 4).then(() => run([row]))]);
      const after = await invoiceOf(buyer, bill.supplierInvoiceNumber);
      if (item?.outcome === "changed") {
        expect(after).toMatchObject({ total: 30_000n, pending: 0n });
        expect(payment).not.toMatchObject({ kind: "created" });
      } else {
        expect(after).toMatchObject({ total: 100_000n, pending: 40_000n });
        expect(payment).toMatchObject({ kind: "created" });
        const refusal = expect.stringContaining("A payment of ₹400.00 waits");
        expect(item).toMatchObject({ outcome: "present", problem: { message: refusal }, difference: { refusal } });
      }
    }
  });

  test("since the file was looked through has the last word, and what the bill says now is told", async () => {
    const [edited, paid] = [written(), written()];
    const { id } = await createInvoice(buyer, edited, TODAY);
    const paidId = await createShared(buyer, paid);
    const rows = await Promise.all([edited, paid].map((bill) => taking(rowOf(bill, { totalPaise: 80_000 }))));
    await editInvoice(buyer, id, editOf(edited, 1, { totalPaise: 70_000 }), TODAY);
    await payBill(buyer, supplier, paidId, 40_000);
    const waits = expect.stringContaining("A payment of ₹400.00 waits");
    expect(await run(rows)).toMatchObject([
      {
        outcome: "present",
        problem: { path: "edits", code: "CHANGED_MEANWHILE" },
        difference: { there: { totalPaise: 70_000, version: 2 }, fields: ["totalPaise"], refusal: null },
      },
      { outcome: "present", problem: { path: "edits", message: waits }, difference: { refusal: waits } },
    ]);
    expect(await actionsOn(buyer, id)).toEqual(["invoice.created", "invoice.edited"]);
  });

  test("who wrote just that is no conflict", async () => {
    const bill = written();
    const { id } = await createInvoice(buyer, bill, TODAY);
    const row = await taking(rowOf(bill, { totalPaise: 80_000 }));
    await editInvoice(buyer, id, editOf(bill, 1, { totalPaise: 80_000 }), TODAY);
    expect(await run([row])).toMatchObject([{ outcome: "changed", problem: null }]);
    await payBill(buyer, supplier, id, 80_000);
    expect(await run([row])).toMatchObject([
      { outcome: "present", problem: { code: "DUPLICATE_INVOICE" }, difference: null },
    ]);
  });

  test("who cancelled it, or wrote another one in its place, finds that as it was left", async () => {
    const bill = written();
    const { id } = await createInvoice(buyer, bill, TODAY);
    const row = await taking(rowOf(bill, { totalPaise: 80_000 }));
    await cancelInvoice(buyer, id, TODAY);
    expect(await run([row])).toMatchObject([
      { outcome: "refused", invoiceId: null, problem: { path: "edits", code: "CHANGED_MEANWHILE" } },
    ]);
    const anew = await createInvoice(buyer, { ...bill, objectId: mintInvoiceObjectId() }, TODAY);
    expect(await run([row])).toMatchObject([
      { outcome: "present", invoiceId: anew.id, problem: { path: "edits", code: "CHANGED_MEANWHILE" } },
    ]);
    expect(await actionsOn(buyer, anew.id)).toEqual(["invoice.created"]);
  });
});
