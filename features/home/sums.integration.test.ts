import { beforeAll, expect, test } from "vitest";
import { GET as listParties } from "@/app/api/v1/businesses/[business]/counterparties/route";
import { GET as home } from "@/app/api/v1/businesses/[business]/home/route";
import { GET as exportInvoices } from "@/app/api/v1/businesses/[business]/invoices/export/route";
import { GET as listInvoices } from "@/app/api/v1/businesses/[business]/invoices/route";
import { GET as exportPayments } from "@/app/api/v1/businesses/[business]/payments/export/route";
import { GET as listPayments } from "@/app/api/v1/businesses/[business]/payments/route";
import type { Prisma } from "@/lib/generated/prisma/client";
import { mintInvoiceObjectId, mintPaymentObjectId, uuidv7 } from "@/lib/ids";
import { LARGEST_SUM } from "@/lib/money";
import { addDays, toIstDay } from "@/lib/time";
import { apiOf, type CallApi } from "@/tests/api";
import { makeBusiness } from "@/tests/books";
import { prisma } from "@/tests/prisma";

/*
 * A stranger may raise as many invoices as they like, of as much as they like: what a business's pages say then is no figure that
 * anybody owes, but they must answer. So many, so large, that neither a double nor a bigint of PostgreSQL holds their sum.
 */
const MANY = 1_100;
const FEW = 100;

let api: CallApi;

beforeAll(async () => {
  const business = await makeBusiness("Anvaya");
  const party = { counterpartyB2BId: "VAST@BCB", counterpartyName: "Vast" };
  await prisma.counterparty.create({ data: { businessId: business.businessId, b2bId: "VAST@BCB", name: "Vast" } });
  const today = toIstDay(new Date());
  const invoiceDue = (side: "PAYABLE" | "RECEIVABLE", days: number) => (_: unknown, index: number) => ({
    ...party,
    businessId: business.businessId,
    id: uuidv7(),
    side,
    objectId: mintInvoiceObjectId(),
    supplierInvoiceNumber: `V-${index}`,
    description: index < MANY - FEW ? "Steel" : "Zinc",
    issueDate: new Date("2026-01-01"),
    // The few with their own word come last, past what a search looks through first.
    dueDate: new Date(addDays(today, index < MANY - FEW ? days : days + 1)),
    total: LARGEST_SUM,
    origin: "COUNTERPARTY" as const,
    duplicateKey: uuidv7(),
    createdBy: "Vast",
  });
  const payment = (): Prisma.PaymentCreateManyInput => ({
    ...party,
    businessId: business.businessId,
    objectId: mintPaymentObjectId(),
    side: "INCOMING",
    type: "OFFPLATFORM",
    mode: "NEFT",
    utr: "HDFCN26324123456",
    paidAt: new Date("2026-11-20"),
    net: LARGEST_SUM,
    adjustment: 0,
    total: LARGEST_SUM,
    status: "AWAITING_CONFIRMATION",
    requestHash: "0",
    createdBy: "Vast",
  });
  const many = Array.from({ length: MANY });
  for (const side of ["PAYABLE", "RECEIVABLE"] as const)
    for (const days of [-10, 2]) await prisma.invoice.createMany({ data: many.map(invoiceDue(side, days)) });
  await prisma.payment.createMany({ data: many.map(payment) });
  api = await apiOf(business);
}, 120_000);

async function answerOf(handler: Parameters<CallApi>[0], search = "") {
  const reply = await api(handler, { search });
  const text = await reply.text();
  expect(`${reply.status} ${reply.ok ? "" : text}`).toBe("200 ");
  return text;
}

test("the home page", async () => {
  const { pay, getPaid } = JSON.parse(await answerOf(home));
  for (const figure of [pay.overdue, pay.dueThisWeek, getPaid.overdue, getPaid.dueThisWeek])
    expect(figure).toEqual({ count: MANY, duePaise: LARGEST_SUM });
  expect(getPaid.toConfirm).toMatchObject({ count: MANY, totalPaise: LARGEST_SUM });
});

test.each([
  ["", 2 * MANY],
  ["&due=overdue", MANY],
  ["&q=steel", 2 * (MANY - FEW)],
  ["&q=zinc", 2 * FEW],
])("the list of bills %s", async (narrowed, count) => {
  for (const side of ["payable", "receivable"]) {
    const { totals, items } = JSON.parse(await answerOf(listInvoices, `?side=${side}${narrowed}`));
    expect(items).toHaveLength(25);
    expect(totals).toMatchObject({ duePaise: LARGEST_SUM });
    if (!totals.countIsMinimum) expect(totals.count).toBe(count);
  }
});

test("the parties", async () => {
  for (const side of ["payable", "receivable"]) {
    const { items } = JSON.parse(await answerOf(listParties, `?side=${side}`));
    expect(items).toMatchObject([{ b2bId: "VAST@BCB", openCount: 2 * MANY, duePaise: LARGEST_SUM }]);
  }
});

test("the payments, and both exports", async () => {
  expect(JSON.parse(await answerOf(listPayments, "?side=incoming")).items).toHaveLength(25);
  const lines = async (handler: Parameters<CallApi>[0], side: string) =>
    (await answerOf(handler, `?side=${side}`)).trim().split("\n").length;
  expect(await lines(exportInvoices, "payable")).toBeGreaterThanOrEqual(2 * MANY + 1);
  expect(await lines(exportPayments, "incoming")).toBeGreaterThanOrEqual(MANY + 1);
});
