import Papa from "papaparse";
import { expect, test } from "vitest";
import { GET as exportSettled } from "@/app/api/v1/businesses/[business]/payments/export/invoices/route";
import { GET as exportPayments } from "@/app/api/v1/businesses/[business]/payments/export/route";
import type { BusinessScope } from "@/features/businesses/scope";
import { paymentQuerySchema } from "@/features/payments/api";
import { eachSettledInvoice } from "@/features/payments/export";
import { createPayment } from "@/features/payments/mutations/create";
import { apiOf } from "@/tests/api";
import { makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { paidTrade } from "@/tests/trade";

async function file(scope: BusinessScope, handler: typeof exportSettled, search = "?side=outgoing") {
  const reply = await (await apiOf(scope))(handler, { search });
  expect(reply.status).toBe(200);
  const text = (await reply.text()).replace(/^\uFEFF/, "");
  const rows = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
  return { name: reply.headers.get("content-disposition"), rows };
}

test("each invoice of a payment, with what its adjustments are", async () => {
  const { buyer, first, second, request } = await paidTrade({ utr: "KM123456" });
  const { name, rows } = await file(buyer, exportSettled);
  expect(name).toContain("invoices-paid.csv");
  expect(rows).toMatchObject([
    {
      Party: "Kaveri",
      UTR: "KM123456",
      Invoice: first.number,
      "Payment id": request.objectId,
      "Net (₹)": "980.00",
      "TDS (₹)": "20.00",
      "TDS section": "194Q",
      "Other adjustments (₹)": "0.00",
      "What they are": "",
      "Total (₹)": "1000.00",
      "Settled (₹)": "0.00",
    },
    {
      Invoice: second.number,
      "Net (₹)": "500.00",
      "TDS (₹)": "0.00",
      "TDS section": "",
      "Total (₹)": "500.00",
      "Settled (₹)": "0.00",
      "Payment id": request.objectId,
    },
  ]);
  expect((await file(buyer, exportSettled, "?side=incoming")).rows).toEqual([]);
  expect((await file(buyer, exportSettled, "?side=outgoing&q=nothing")).rows).toEqual([]);
  expect((await file(await makeBusiness("Stranger"), exportSettled)).rows).toEqual([]);
});

test("whoever files the tax has the party's GSTIN and PAN, as far as they are known", async () => {
  const { buyer, supplier } = await paidTrade();
  const identified = async () =>
    (await file(buyer, exportSettled)).rows.map((row) => [row["Party's GSTIN"], row["Party's PAN"]]);
  const know = (gstin: string | null) =>
    prisma.counterparty.updateMany({ where: { businessId: buyer.businessId, b2bId: supplier.b2bId }, data: { gstin } });
  await know("27AAPFU0939F1ZV");
  expect(await identified()).toEqual(Array(2).fill(["27AAPFU0939F1ZV", "AAPFU0939F"]));
  await know(null);
  expect(await identified()).toEqual(Array(2).fill(["", ""]));
});

test("what is taken off beside TDS, and what nobody says the kind of, is another adjustment", async () => {
  const { buyer, first } = await paidTrade();
  const splits = (names: string[]) =>
    prisma.paymentLine.updateMany({
      where: { businessId: buyer.businessId, invoiceId: first.payableId },
      data: { splits: names.map((name, index) => ({ name, value: 500 + 500 * index, refNo: `R${index}` })) },
    });
  const adjusted = async () => {
    const { rows } = await file(buyer, exportSettled, `?side=outgoing&q=${first.number}`);
    const [row] = rows.filter((one) => one.Invoice === first.number);
    return [row?.["TDS (₹)"], row?.["TDS section"], row?.["Other adjustments (₹)"], row?.["What they are"]];
  };
  await splits(["TDS", "DISCOUNT"]);
  expect(await adjusted()).toEqual(["5.00", "R0", "15.00", "DISCOUNT R1 10.00"]);
  await splits(["tds ", "TDS"]);
  expect(await adjusted()).toEqual(["15.00", "R0; R1", "5.00", ""]);
  await splits([]);
  expect(await adjusted()).toEqual(["0.00", "", "20.00", ""]);
});

test("all of a long list, in its order, however many invoices a payment has", async () => {
  const [buyer, supplier] = [await makeBusiness("Anvaya"), await makeBusiness("Kaveri")];
  const bills = await Promise.all(Array.from({ length: 12 }, () => makeInvoice(buyer, supplier, 9_000)));
  const paid: string[][] = [];
  for (const count of [1, 12, 2, 5]) {
    const lines = bills.slice(0, count).map((invoice) => ({ invoice, net: 1_000 }));
    const request = paymentOf(supplier, lines);
    await createPayment(buyer, request, new Date(NOW.getTime() + paid.length * 1_000));
    paid.push(lines.map(({ invoice }) => `${request.objectId} ${invoice.number}`));
  }
  for (const linesAtOnce of [1, 3, 12, 2_000]) {
    const filters = paymentQuerySchema.parse({ side: "outgoing", sort: "createdAt" });
    const found: string[] = [];
    for await (const some of eachSettledInvoice(buyer, filters, { now: NOW, linesAtOnce }))
      found.push(...some.map(({ payment, line }) => `${payment.objectId} ${line.supplierInvoiceNumber}`));
    expect(found).toEqual(paid.flat());
  }
  const { rows } = await file(buyer, exportPayments, "?side=outgoing&sort=createdAt");
  // A payment names its first invoices, and says where it has more.
  expect(rows.map((row) => [row["Number of invoices"], row.Invoices?.endsWith(", …")])).toEqual([
    ["1", false],
    ["12", true],
    ["2", false],
    ["5", true],
  ]);
});
