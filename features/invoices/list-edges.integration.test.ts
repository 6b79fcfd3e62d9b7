import { beforeEach, expect, test } from "vitest";
import { listInvoices } from "@/features/invoices/data";
import { createInvoice } from "@/features/invoices/mutations/create";
import { type InvoiceQueryInput, invoiceQuerySchema } from "@/features/invoices/schema";
import { makeBusiness } from "@/tests/books";
import { billOf, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";

// Where the filters of a list of invoices begin and end.

type Business = Awaited<ReturnType<typeof makeBusiness>>;
let buyer: Business;

beforeEach(async () => {
  buyer = await makeBusiness("Anvaya");
});

const write = (supplierInvoiceNumber: string, changes = {}) =>
  createInvoice(buyer, billOf({ b2bId: "PIPES@BCB" }, { side: "payable", supplierInvoiceNumber, ...changes }), TODAY);

async function listed(input: Partial<InvoiceQueryInput>) {
  const { items } = await listInvoices(buyer, invoiceQuerySchema.parse({ side: "payable", ...input }), TODAY);
  return items.map((invoice) => invoice.supplierInvoiceNumber).sort();
}

test("days of issue: both ends are within", async () => {
  for (const day of ["09", "10", "11", "12"]) await write(day, { issueDate: `2026-11-${day}` });
  expect(await listed({ issuedFrom: "2026-11-10", issuedTo: "2026-11-11" })).toEqual(["10", "11"]);
  expect(await listed({ issuedFrom: "2026-11-11" })).toEqual(["11", "12"]);
  expect(await listed({ issuedTo: "2026-11-10", sort: "-issueDate" })).toEqual(["09", "10"]);
});

test("what needs nothing any more is settled, and none of it overdue; the rest is open", async () => {
  const past = { issueDate: "2026-10-01", dueDate: "2026-10-31" };
  const ids = new Map<string, string>();
  for (const status of ["CREATED", "PAID", "CANCELLED", "RETURNED", "REJECTED"])
    ids.set(status, (await write(status, past)).id);
  for (const status of ["CANCELLED", "RETURNED", "REJECTED"] as const)
    await prisma.invoice.updateMany({
      where: { id: ids.get(status) ?? "" },
      data: { status, baseStatus: status, remarks: "Wrong rate" },
    });
  await prisma.invoice.updateMany({ where: { id: ids.get("PAID") ?? "" }, data: { status: "PAID", paid: 100_000 } });
  expect(await listed({ due: "settled" })).toEqual(["CANCELLED", "PAID", "REJECTED", "RETURNED"]);
  for (const due of ["open", "overdue"] as const) expect(await listed({ due })).toEqual(["CREATED"]);
  const { items } = await listInvoices(buyer, invoiceQuerySchema.parse({ side: "payable" }), TODAY);
  const late = items.filter(({ overdue, daysOverdue, duePaise }) => overdue || daysOverdue > 0 || duePaise > 0);
  expect(late).toMatchObject([{ supplierInvoiceNumber: "CREATED", overdue: true, daysOverdue: 20, duePaise: 100_000 }]);
});
