import { expect, test } from "vitest";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { putBackInvoice } from "@/features/invoices/mutations/put-back";
import { makeBusiness } from "@/tests/books";
import { callGateway, refusalIn } from "@/tests/gateway";
import { holding, someoneWaits } from "@/tests/holding";
import { actionsOn, billOf, createShared, editOf, invoiceOf, share, shareAnswerTo, TODAY } from "@/tests/invoices";
import { secondsUntil } from "@/tests/jobs";
import { prisma } from "@/tests/prisma";
import { FAILURE, respPayOf } from "@/tests/trade";
import { type Business, buyer, paidFor, supplier } from "@/tests/two-parties";

/*
 * A payment of many bills that comes before them: what the supplier's books have then is what the shares would have brought, each once.
 */

const written = () => billOf(supplier, { side: "payable" });

async function unseen() {
  const bill = written();
  return { ...bill, id: (await createInvoice(buyer, bill, TODAY)).id };
}

/** The supplier has it under its former number. */
async function changed(changes: Parameters<typeof editOf>[2] = {}) {
  const bill = written();
  const id = await createShared(buyer, bill);
  const supplierInvoiceNumber = `${bill.supplierInvoiceNumber}/A`;
  await editInvoice(buyer, id, editOf(bill, 1, { supplierInvoiceNumber, ...changes }), TODAY);
  return { ...bill, supplierInvoiceNumber, id };
}

/** The supplier's own, which its books have as returned still. */
async function putBack() {
  const bill = billOf(buyer);
  await createShared(supplier, bill);
  const { id } = await rowOf(buyer, bill.supplierInvoiceNumber);
  const { version } = await answerInvoice(buyer, id, { response: "RETURN", remarks: "Wrong", version: 1 }, TODAY);
  await shareAnswerTo(buyer, id);
  await putBackInvoice(buyer, id, { version }, TODAY);
  return { ...bill, id };
}

/** Two that have each other's numbers now. */
async function swapped() {
  const [one, two] = [written(), written()];
  const [first, second] = [await createShared(buyer, one), await createShared(buyer, two)];
  await editInvoice(buyer, first, editOf(one, 1, { supplierInvoiceNumber: "FREE/1" }), TODAY);
  await editInvoice(buyer, second, editOf(two, 1, { supplierInvoiceNumber: one.supplierInvoiceNumber }), TODAY);
  await editInvoice(buyer, first, editOf(one, 2, { supplierInvoiceNumber: two.supplierInvoiceNumber }), TODAY);
  return [
    { ...two, id: first },
    { ...one, id: second },
  ];
}

async function rowOf(scope: Business, number: string) {
  const row = await invoiceOf(scope, number);
  if (!row) throw new Error(`${number} is not there`);
  return row;
}

const times = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));

test("bills that are unseen, changed, put back or renumbered in a ring are all there when their payment is taken", async () => {
  const bills = [
    ...(await times(3, unseen)),
    ...(await times(3, changed)),
    ...(await times(3, putBack)),
    ...(await swapped()),
  ];
  const reqPay = await paidFor(bills.map(({ id }) => id));
  expect(refusalIn(await callGateway("req-pay", { body: reqPay }))).toBeNull();
  for (const { supplierInvoiceNumber, description } of bills)
    expect(await rowOf(supplier, supplierInvoiceNumber)).toMatchObject({
      status: "PAYMENT_INITIATED",
      pending: 40_000n,
      total: 100_000n,
      remarks: null,
      description,
    });
  expect(await prisma.invoice.count({ where: { businessId: supplier.businessId } })).toBe(bills.length);
});

test("what is brought together is what each share would have brought", async () => {
  const words = { dueDate: "2027-04-01", description: "Pipes, “12 mm” \\ ½″" };
  const bills = [await changed({ ...words, totalPaise: 90_000 }), await unseen()];
  const numbers = bills.map(({ supplierInvoiceNumber }) => supplierInvoiceNumber);
  const another = await makeBusiness("Anvaya");
  const apart = await makeBusiness("Kaveri");
  const [edited, plain] = [billOf(apart, { side: "payable" }), { ...bills[1], counterparty: { b2bId: apart.b2bId } }];
  const id = await createShared(another, edited);
  const number = numbers[0] ?? "";
  await editInvoice(
    another,
    id,
    editOf(edited, 1, { ...words, totalPaise: 90_000, supplierInvoiceNumber: number }),
    TODAY,
  );
  await share(another, id);
  await createShared(
    another,
    billOf(apart, { side: "payable", supplierInvoiceNumber: plain.supplierInvoiceNumber ?? "" }),
  );

  const reqPay = await paidFor(bills.map((bill) => bill.id));
  expect(refusalIn(await callGateway("req-pay", { body: reqPay, now: TODAY }))).toBeNull();
  const shown = async (scope: Business, number: string) => {
    const { businessId, counterpartyB2BId, duplicateKey, ...row } = await rowOf(scope, number);
    expect(duplicateKey).toBe(`${counterpartyB2BId}|${number}|2026-27`);
    const { objectId, version, sourceVersion, status, pending, updatedAt, ...same } = row;
    return { ...same, id: null, actions: await actionsOn(scope, row.id) };
  };
  for (const number of numbers) expect(await shown(supplier, number)).toEqual(await shown(apart, number));
  const [copy, own] = [await rowOf(supplier, number), await rowOf(buyer, number)];
  expect(copy).toMatchObject({ objectId: own.objectId, sourceVersion: own.version });
});

test("twenty of a kind are brought in one transaction", async () => {
  const [some, others] = [await times(20, unseen), await times(20, changed)];
  for (const [bills, action] of [
    [some, "invoice.received"],
    [others, "invoice.changed-by-party"],
  ] as const) {
    const reqPay = await paidFor(bills.map(({ id }) => id));
    expect(refusalIn(await callGateway("req-pay", { body: reqPay }))).toBeNull();
    const numbers = bills.map((bill) => bill.supplierInvoiceNumber);
    const rows = await prisma.invoice.findMany({
      where: { businessId: supplier.businessId, supplierInvoiceNumber: { in: numbers } },
    });
    const ids = rows.map(({ id }) => id);
    const events = await prisma.auditEvent.findMany({
      where: { businessId: supplier.businessId, action, subjectId: { in: ids } },
    });
    expect(events).toHaveLength(20);
    expect(new Set(events.map(({ transactionId }) => transactionId)).size).toBe(1);
  }
});

test("while the worker brings them too, and the network asks twice, each is there once", async () => {
  const bills = await times(24, unseen);
  const reqPay = await paidFor(bills.map(({ id }) => id));
  const [one, again] = await Promise.all([
    callGateway("req-pay", { body: reqPay }),
    callGateway("req-pay", { body: reqPay }),
    ...bills.map(({ id }) => share(buyer, id)),
  ]);
  expect(refusalIn(one)).toBeNull();
  expect(again.body).toBe(one.body);
  for (const { supplierInvoiceNumber } of bills) {
    const { id, pending } = await rowOf(supplier, supplierInvoiceNumber);
    expect(pending).toBe(40_000n);
    expect(await actionsOn(supplier, id)).toEqual(["invoice.received"]);
  }
});

test("one that its buyer cancels in the middle is not brought as it was before", async () => {
  const bills = await times(3, unseen);
  const reqPay = await paidFor(bills.map(({ id }) => id));
  await callGateway("resp-pay", { body: respPayOf(reqPay, FAILURE) });
  // The first words of a share, that it knows the party, wait for this one.
  const { held, release } = holdParty();
  await held;
  const answer = callGateway("req-pay", { body: reqPay });
  await someoneWaits("counterparty");
  const [bill] = bills;
  await cancelInvoice(buyer, bill?.id ?? "", TODAY);
  release();
  expect(refusalIn(await answer)).toMatchObject({ code: "INVOICE_NOT_PAYABLE" });
  expect(await rowOf(supplier, bill?.supplierInvoiceNumber ?? "")).toMatchObject({ status: "CANCELLED" });
});

test("one whose place the supplier's own takes in the middle leaves no copy behind under its former id", async () => {
  const own = billOf(buyer);
  const { id } = await createInvoice(supplier, own, TODAY);
  const numbered = async (supplierInvoiceNumber: string) => {
    const { version } = await prisma.invoice.findFirstOrThrow({ where: { businessId: supplier.businessId, id } });
    await editInvoice(supplier, id, editOf(own, version, { supplierInvoiceNumber }), TODAY);
    await share(supplier, id);
  };
  const [bill, other] = [await unseen(), await unseen()];
  const reqPay = await paidFor([bill.id, other.id]);
  await callGateway("resp-pay", { body: respPayOf(reqPay, FAILURE) });
  const { held, release } = holdGstin("27AAACA1234A1Z5");
  await held;
  const answer = callGateway("req-pay", { body: reqPay });
  await someoneWaits("counterparty");
  await numbered(bill.supplierInvoiceNumber);
  await numbered("OWN/1");
  await share(buyer, bill.id);
  release();
  expect(refusalIn(await answer)).toMatchObject({ code: "INVOICE_NOT_PAYABLE" });
  const standing = { businessId: supplier.businessId, status: { not: "CANCELLED" } } as const;
  const rows = await prisma.invoice.findMany({ where: standing, select: { objectId: true } });
  expect(rows.map(({ objectId }) => objectId).sort()).toEqual([own.objectId, other.objectId].sort());
});

/** Keeps the supplier from noting a GSTIN that the buyer has only now, until it is released. */
function holdGstin(gstin: string) {
  const { businessId } = supplier;
  return holding(async (tx) => {
    await tx.$queryRaw`
      SELECT FROM counterparty WHERE business_id = ${businessId}::uuid AND b2b_id = ${buyer.b2bId} FOR NO KEY UPDATE`;
    await prisma.business.update({ where: { id: buyer.businessId }, data: { gstin } });
  });
}

/** Keeps the supplier from getting to know the buyer until it is released. */
function holdParty() {
  const { businessId } = supplier;
  return holding((tx) => tx.counterparty.create({ data: { businessId, b2bId: buyer.b2bId, name: "Anvaya" } }));
}

test("one whose new number another one takes at this very moment comes after that", async () => {
  const bills = await times(2, changed);
  const [first] = bills;
  const number = first?.supplierInvoiceNumber ?? "";
  const own = billOf(buyer, { supplierInvoiceNumber: number });
  const { held, release } = holdNumber(own);
  await held;
  const shared = share(buyer, first?.id ?? "");
  await someoneWaits("invoice");
  release();
  await shared;
  expect(await secondsUntil("share-invoice", first?.id ?? "")).toBeGreaterThan(5);
  expect(
    await prisma.invoice.count({ where: { businessId: supplier.businessId, supplierInvoiceNumber: number } }),
  ).toBe(1);
});

/** The supplier raises an invoice of its own, but nobody sees it until it is released. */
function holdNumber({ objectId, supplierInvoiceNumber }: ReturnType<typeof billOf>) {
  const { businessId } = supplier;
  return holding((tx) =>
    tx.invoice.create({
      data: {
        businessId,
        objectId,
        supplierInvoiceNumber,
        side: "RECEIVABLE",
        total: 100_000,
        createdBy: "Kaveri",
        counterpartyB2BId: buyer.b2bId,
        counterpartyName: "Anvaya",
        issueDate: new Date("2026-11-01"),
        dueDate: new Date("2026-12-01"),
        duplicateKey: `${buyer.b2bId}|${supplierInvoiceNumber}|2026-27`,
      },
    }),
  );
}
