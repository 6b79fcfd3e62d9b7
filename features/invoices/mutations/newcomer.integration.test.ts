import { beforeEach, describe, expect, test } from "vitest";
import { createBusiness } from "@/features/businesses/mutations/create-business";
import { newBusinessSchema } from "@/features/businesses/schema";
import type { BusinessScope } from "@/features/businesses/scope";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { historyWords } from "@/features/invoices/history";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import type { CreateInvoiceInput } from "@/features/invoices/schema";
import { createPayment } from "@/features/payments/mutations/create";
import { runAdminCommand } from "@/scripts/admin-commands";
import { makeBusiness, paymentOf } from "@/tests/books";
import { callGateway, refusalIn } from "@/tests/gateway";
import { actionsOn, billOf, invoiceOf, share, TODAY } from "@/tests/invoices";
import { runJobs, secondsUntil } from "@/tests/jobs";
import { prisma } from "@/tests/prisma";
import { FAILURE, respPayOf, sentReqPay } from "@/tests/trade";
import { shareWithNewcomer } from "@/worker/tasks/share-with-newcomer";

// A business that joins later: what the others have with it was written when nobody here had that B2B ID.

type Business = Awaited<ReturnType<typeof makeBusiness>>;
let anvaya: Business;
let serial = 0;
/** Of the business that joins later. */
let b2bId: string;

beforeEach(async () => {
  anvaya = await makeBusiness("Anvaya");
  serial++;
  b2bId = `LATER${serial}@BCB`;
  await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

const details = () => ({
  slug: `later-${serial}`,
  b2bId,
  legalName: "Later Limited",
  tradeName: "Later",
  geocode: "19.0760,72.8777",
  bankAccountNumber: "00112233445566",
  bankIfsc: "HDFC0001234",
  bankBeneficiaryName: "Later Limited",
});

/** The operator lets the business in, and the worker does what is queued. */
async function joins(): Promise<BusinessScope> {
  const scope = await createBusiness(newBusinessSchema.parse(details()));
  await runJobs();
  return scope;
}

/** It lives here, and nobody was told: as portals before this release let it in. */
async function hasJoinedUntold(): Promise<BusinessScope> {
  const scope = await createBusiness(newBusinessSchema.parse(details()));
  await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  return scope;
}

/** Anvaya writes an invoice; the worker has nobody to show it to. */
async function write(bill: CreateInvoiceInput): Promise<string> {
  const { id } = await createInvoice(anvaya, bill, TODAY);
  await runJobs();
  return id;
}

const later = () => ({ b2bId, name: "Later, as Anvaya calls it" });
const raised = (changes?: Parameters<typeof billOf>[1]) => billOf(later(), changes);
const byHand = (changes?: Parameters<typeof billOf>[1]) => billOf(later(), { side: "payable", ...changes });

async function pay(buyer: BusinessScope, supplier: BusinessScope, number: string, net: number) {
  const bill = await invoiceOf(buyer, number);
  const pair = { objectId: "", number, payableId: bill?.id ?? "", receivableId: "" };
  const request = paymentOf(supplier, [{ invoice: pair, net }]);
  const outcome = await createPayment(buyer, request, TODAY);
  if (outcome.kind !== "created") throw new Error(`not created: ${outcome.kind}`);
  return sentReqPay(request.objectId);
}

const arrive = async (body: unknown) => refusalIn(await callGateway("req-pay", { body }));

describe("a buyer that joins later", () => {
  test("finds the invoices that were raised to it among its bills, and pays them", async () => {
    const bill = raised();
    await write(bill);
    const newcomer = await joins();
    const copy = await invoiceOf(newcomer, bill.supplierInvoiceNumber);
    expect(copy).toMatchObject({
      side: "PAYABLE",
      objectId: bill.objectId,
      origin: "COUNTERPARTY",
      total: 100_000n,
      status: "CREATED",
      counterpartyB2BId: anvaya.b2bId,
      counterpartyName: "Anvaya",
    });
    expect(await actionsOn(newcomer, copy?.id ?? "")).toEqual(["invoice.received"]);
    expect(await arrive(await pay(newcomer, anvaya, bill.supplierInvoiceNumber, 100_000))).toBeNull();
    expect(await invoiceOf(anvaya, bill.supplierInvoiceNumber)).toMatchObject({ pending: 100_000n });
  });

  test("and wrote one down by hand, of which nobody had told it: the supplier's takes its place, and is paid", async () => {
    const bill = raised({ supplierInvoiceNumber: "INV-7" });
    await write(bill);
    const newcomer = await hasJoinedUntold();
    const own = billOf(anvaya, { side: "payable", supplierInvoiceNumber: "inv-7", totalPaise: 90_000 });
    await createInvoice(newcomer, own, TODAY);
    await runJobs();
    const adopted = { objectId: bill.objectId, origin: "COUNTERPARTY", total: 100_000n, ownObjectId: own.objectId };
    expect(await prisma.invoice.findMany({ where: { businessId: newcomer.businessId } })).toMatchObject([adopted]);
    expect(await prisma.invoice.findMany({ where: { businessId: anvaya.businessId } })).toMatchObject([
      { objectId: bill.objectId, origin: "OWN" },
    ]);
    expect(await arrive(await pay(newcomer, anvaya, "INV-7", 100_000))).toBeNull();
  });

  test("and paid one that it wrote down by hand at once: refused, and once that is told it pays the supplier's", async () => {
    await write(raised({ supplierInvoiceNumber: "INV-7" }));
    const newcomer = await hasJoinedUntold();
    await createInvoice(newcomer, billOf(anvaya, { side: "payable", supplierInvoiceNumber: "INV-7" }), TODAY);
    const reqPay = await pay(newcomer, anvaya, "INV-7", 100_000);
    expect(await arrive(reqPay)).toMatchObject({ code: "INVOICE_NOT_FOUND" });
    await callGateway("resp-pay", { body: respPayOf(reqPay, FAILURE) });
    await runJobs();
    expect(await arrive(await pay(newcomer, anvaya, "INV-7", 100_000))).toBeNull();
  });
});

describe("a supplier that joins later", () => {
  test("finds its buyers' bills among its invoices; they learn where to pay, and pay", async () => {
    const bill = byHand();
    await write(bill);
    const newcomer = await joins();
    expect(await invoiceOf(newcomer, bill.supplierInvoiceNumber)).toMatchObject({
      side: "RECEIVABLE",
      objectId: bill.objectId,
      origin: "COUNTERPARTY",
      counterpartyName: "Anvaya",
    });
    const where = { businessId_b2bId: { businessId: anvaya.businessId, b2bId } };
    expect(await prisma.counterparty.findUnique({ where })).toMatchObject({ bankAccountNumber: "00112233445566" });
    expect(await arrive(await pay(anvaya, newcomer, bill.supplierInvoiceNumber, 100_000))).toBeNull();
  });

  test("a payment that failed before stays as it was, and the bill is paid anew", async () => {
    const bill = byHand();
    await write(bill);
    const elsewhere = { ...anvaya, b2bId };
    const first = await pay(anvaya, elsewhere, bill.supplierInvoiceNumber, 100_000);
    expect(await arrive(first)).toMatchObject({ code: "UNKNOWN_SUPPLIER" });
    await callGateway("resp-pay", { body: respPayOf(first, FAILURE) });
    const newcomer = await joins();
    const { objectId } = first.payment;
    expect(await prisma.payment.findMany({ where: { objectId } })).toMatchObject([{ status: "FAILED" }]);
    expect(await arrive(await pay(anvaya, newcomer, bill.supplierInvoiceNumber, 100_000))).toBeNull();
  });

  test("a bill of before is paid, of which nobody had told it", async () => {
    const bill = byHand();
    await write(bill);
    const newcomer = await hasJoinedUntold();
    expect(await arrive(await pay(anvaya, newcomer, bill.supplierInvoiceNumber, 100_000))).toBeNull();
    expect(await invoiceOf(newcomer, bill.supplierInvoiceNumber)).toMatchObject({ status: "PAYMENT_INITIATED" });
  });
});

describe("money that was paid elsewhere, before it joined", () => {
  const paidBefore = async (paid: number, pending = 0) => {
    const bill = raised();
    const id = await write(bill);
    const status = pending ? "PAYMENT_INITIATED" : paid === 100_000 ? "PAID" : "PART_PAID";
    const where = { businessId_id: { businessId: anvaya.businessId, id } };
    await prisma.invoice.update({ where, data: { paid, pending, status } });
    return { id, number: bill.supplierInvoiceNumber };
  };

  test("is paid in its books too: it pays the rest, and no more", async () => {
    const { number } = await paidBefore(40_000);
    const newcomer = await joins();
    const copy = await invoiceOf(newcomer, number);
    expect(copy).toMatchObject({ status: "PART_PAID", total: 100_000n, paid: 40_000n, pending: 0n });
    const where = { businessId: newcomer.businessId, action: "invoice.received", subjectId: copy?.id ?? "" };
    const words = historyWords(await prisma.auditEvent.findFirstOrThrow({ where }), "Anvaya");
    expect(words).toBe("Came from Anvaya. ₹400.00 of it was paid before, elsewhere");
    await expect(pay(newcomer, anvaya, number, 60_001)).rejects.toThrow("refused");
    const reqPay = await pay(newcomer, anvaya, number, 60_000);
    expect(await arrive(reqPay)).toBeNull();
    await callGateway("resp-pay", { body: respPayOf(reqPay) });
    await answerPayment(anvaya, reqPay.payment.objectId, { response: "ACCEPT", remarks: "ok" }, TODAY);
    expect(await invoiceOf(anvaya, number)).toMatchObject({ paid: 40_000n, pending: 60_000n });
  });

  test("so it is where the supplier's takes the place of what it wrote down by hand", async () => {
    const { number } = await paidBefore(40_000);
    const newcomer = await hasJoinedUntold();
    await createInvoice(newcomer, billOf(anvaya, { side: "payable", supplierInvoiceNumber: number }), TODAY);
    await runJobs();
    expect(await invoiceOf(newcomer, number)).toMatchObject({
      status: "PART_PAID",
      paid: 40_000n,
      origin: "COUNTERPARTY",
    });
  });

  test("while a payment is under way, the invoice waits for its end", async () => {
    const { id, number } = await paidBefore(0, 30_000);
    const newcomer = await joins();
    expect(await invoiceOf(newcomer, number)).toBeNull();
    const where = { businessId_id: { businessId: anvaya.businessId, id } };
    await prisma.invoice.update({ where, data: { paid: 30_000, pending: 0, status: "PART_PAID" } });
    await share(anvaya, id);
    expect(await invoiceOf(newcomer, number)).toMatchObject({ status: "PART_PAID", paid: 30_000n });
  });

  test("what is settled or cancelled stays where it is", async () => {
    const { number } = await paidBefore(100_000);
    const cancelled = raised();
    await cancelInvoice(anvaya, await write(cancelled), TODAY);
    const newcomer = await joins();
    for (const each of [number, cancelled.supplierInvoiceNumber]) expect(await invoiceOf(newcomer, each)).toBeNull();
  });
});

test("who is shown all once more is shown what the others wrote, not what it wrote itself", async () => {
  await write(raised());
  const newcomer = await joins();
  const own = billOf(anvaya);
  await createInvoice(newcomer, own, TODAY);
  await runJobs();
  const [written, received] = await prisma.invoice.findMany({
    where: { businessId: anvaya.businessId },
    orderBy: { origin: "asc" },
  });
  expect(received).toMatchObject({ origin: "COUNTERPARTY", objectId: own.objectId });
  await shareWithNewcomer({ b2bId });
  expect(await secondsUntil("share-invoice", written?.id ?? "")).toBeLessThanOrEqual(0);
  expect(await secondsUntil("share-invoice", received?.id ?? "")).toBeNaN();
});

test("the operator's commands: letting a business in, and showing one the invoices that it was never shown", async () => {
  const bill = raised();
  await write(bill);
  const words = ["--slug", `later-${serial}`, "--b2b-id", "27AAPFU0939F1ZV@BCB", "--legal-name", "Later Limited"];
  expect(await runAdminCommand("create-business", [...words, "--geocode", "19.0760,72.8777"])).toContain(
    "What businesses here have open with it appears in its books as soon as a worker runs.",
  );
  b2bId = `UNTOLD${serial}@BCB`;
  const untold = raised();
  await write(untold);
  serial += 100;
  const newcomer = await hasJoinedUntold();
  expect(await runAdminCommand("share-invoices", ["--business", `later-${serial}`])).toEqual([
    `What businesses here have open with ${b2bId} appears in its books as soon as a worker runs.`,
  ]);
  await runJobs();
  expect(await invoiceOf(newcomer, untold.supplierInvoiceNumber)).toMatchObject({ origin: "COUNTERPARTY" });
});
