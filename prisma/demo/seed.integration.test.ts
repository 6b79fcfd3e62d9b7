import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { operatorGate } from "@/features/businesses/operator";
import { getHome } from "@/features/home/data";
import { listInvoices } from "@/features/invoices/data";
import { invoiceQuerySchema } from "@/features/invoices/schema";
import { KAVERI } from "@/prisma/demo-data";
import { seed } from "@/prisma/seed";
import { prisma } from "@/tests/prisma";

// What `npm run demo` begins with. Its file goes elsewhere, so that a demo that is up keeps its own.
const folder = mkdtempSync(join(tmpdir(), "chukta-seed-"));
process.env.DATA_DIR = folder;
afterAll(() => rmSync(folder, { recursive: true }));

const counts = async () => [
  await prisma.invoice.count(),
  await prisma.payment.count(),
  await prisma.auditEvent.count(),
];

test("the demo's data is made once, and shows a supplier what came back and why", async () => {
  expect(await seed()).toBe(true);
  const made = await counts();
  expect(await seed()).toBe(false);
  expect(await counts()).toEqual(made);
  // Each message was carried once.
  expect(await prisma.refusedMessage.findMany()).toEqual([]);

  const kaveri = await operatorGate(KAVERI.slug);
  expect((await getHome(kaveri)).getPaid.cameBack).toEqual({ count: 2, totalPaise: 1_75_500_00 });
  const { items } = await listInvoices(kaveri, invoiceQuerySchema.parse({ side: "receivable", due: "came-back" }));
  const said = items.map(({ supplierInvoiceNumber, status, remarks }) => [supplierInvoiceNumber, status, remarks]);
  expect(said.sort()).toEqual([
    ["KM/26-27/153", "RETURNED", expect.stringContaining("46 are charged")],
    ["KM/26-27/D34", "REJECTED", expect.stringContaining("Not ours")],
  ]);
}, 120_000);
