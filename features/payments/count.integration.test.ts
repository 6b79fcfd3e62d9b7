import { expect, test } from "vitest";
import { listInvoices } from "@/features/invoices/data";
import { invoiceQuerySchema } from "@/features/invoices/schema";
import { paymentQuerySchema } from "@/features/payments/api";
import { listPayments } from "@/features/payments/data";
import { createPayment } from "@/features/payments/mutations/create";
import { COUNT_LIMIT } from "@/lib/http/list-query";
import { paymentOf } from "@/tests/books";
import { NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { makeTrade, type Trade } from "@/tests/trade";

/** Copies a business's first row of a table so many times, under ids of their own. */
async function copyRow(table: "invoice" | "payment", { businessId }: Trade["buyer"], times: number): Promise<void> {
  const name = "format('%s-%s', gen_random_uuid(), nth)";
  const ids = `'object_id', ${name}${table === "invoice" ? `, 'id', gen_random_uuid(), 'duplicate_key', ${name}` : ""}`;
  await prisma.$executeRawUnsafe(
    `INSERT INTO ${table}
     SELECT copy.* FROM (SELECT ${table} AS first FROM ${table} WHERE business_id = $1::uuid LIMIT 1) AS one
       CROSS JOIN generate_series(1, $2::int) AS nth
       CROSS JOIN LATERAL jsonb_populate_record(first, jsonb_build_object(${ids})) AS copy`,
    businessId,
    times,
  );
}

test("exactly as many as are counted at most are counted, and of more it is said that there are", async () => {
  const { buyer, supplier, first } = await makeTrade();
  await createPayment(buyer, paymentOf(supplier, [{ invoice: first, net: 100_000 }]), NOW);
  const invoices = async () => (await listInvoices(buyer, invoiceQuerySchema.parse({ side: "payable" }), NOW)).totals;
  const payments = async () => (await listPayments(buyer, paymentQuerySchema.parse({ side: "outgoing" }), NOW)).totals;
  // Of two invoices and one payment.
  await copyRow("invoice", buyer, COUNT_LIMIT - 2);
  await copyRow("payment", buyer, COUNT_LIMIT - 1);
  for (const totals of [invoices, payments])
    expect(await totals()).toMatchObject({ count: COUNT_LIMIT, countIsMinimum: false });
  const paid = 100_000 * COUNT_LIMIT;
  expect((await payments()).standing).toEqual({ count: COUNT_LIMIT, netPaise: paid, totalPaise: paid });
  await copyRow("invoice", buyer, 1);
  await copyRow("payment", buyer, 1);
  for (const totals of [invoices, payments])
    expect(await totals()).toMatchObject({ count: COUNT_LIMIT, countIsMinimum: true });
  expect((await payments()).standing).toBeNull();
});
