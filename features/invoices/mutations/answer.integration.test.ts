import { beforeEach, describe, expect, test } from "vitest";
import { getInvoice } from "@/features/invoices/data";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { putBackInvoice } from "@/features/invoices/mutations/put-back";
import { answerInvoiceSchema, type CreateInvoiceInput, type InvoiceResponse } from "@/features/invoices/schema";
import { createPayment } from "@/features/payments/mutations/create";
import { makeBusiness, paymentOf } from "@/tests/books";
import { actionsOn, billOf, createShared, editOf, invoiceOf, share, shareAnswerTo, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";

type Business = Awaited<ReturnType<typeof makeBusiness>>;
let buyer: Business;
let supplier: Business;
let bill: CreateInvoiceInput;
/** Of the supplier's invoice, and of the buyer's copy. */
let ids: { own: string; copy: string };

async function rowOf(scope: Business, number = bill.supplierInvoiceNumber) {
  const row = await invoiceOf(scope, number);
  if (!row) throw new Error(`${number} is not there`);
  return row;
}

beforeEach(async () => {
  buyer = await makeBusiness("Anvaya");
  supplier = await makeBusiness("Kaveri");
  bill = billOf(buyer);
  const own = await createShared(supplier, bill);
  ids = { own, copy: (await rowOf(buyer)).id };
});

const say = (response: InvoiceResponse, remarks = "The rate is 12 %", version = 1) =>
  answerInvoice(buyer, ids.copy, { response, remarks, version }, TODAY);
const tell = () => shareAnswerTo(buyer, ids.copy);

const queuedJobs = (id: string) =>
  prisma.$queryRaw<{ key: string }[]>`SELECT key FROM graphile_worker.jobs WHERE key LIKE ${`%:${id}`} ORDER BY key`;

async function pay(net: number) {
  const pair = { objectId: "", number: bill.supplierInvoiceNumber, payableId: ids.copy, receivableId: ids.own };
  const outcome = await createPayment(buyer, paymentOf(supplier, [{ invoice: pair, net }]), TODAY);
  return outcome.kind;
}

const bothStatuses = async () => [(await rowOf(buyer)).status, (await rowOf(supplier)).status];

describe("a bill that its buyer returns", () => {
  test("is returned in both books, with the remarks and a line in each history, and can't be paid", async () => {
    expect(await say("RETURN")).toMatchObject({
      status: "RETURNED",
      remarks: "The rate is 12 %",
      duePaise: 0,
      overdue: false,
      answerable: false,
      editable: false,
      cancellable: false,
      version: 2,
    });
    expect((await queuedJobs(ids.copy)).map(({ key }) => key)).toEqual([
      `share-answer:${buyer.businessId}:${ids.copy}`,
    ]);
    await tell();
    const own = await getInvoice(supplier, ids.own, TODAY);
    expect(own).toMatchObject({
      status: "RETURNED",
      remarks: "The rate is 12 %",
      duePaise: 0,
      editable: true,
      cancellable: true,
      history: [{ words: "Written down here" }, { words: "Anvaya returned it: “The rate is 12 %”", actor: "Chukta" }],
    });
    expect((await getInvoice(buyer, ids.copy, TODAY)).history.at(-1)).toMatchObject({
      words: "Returned: “The rate is 12 %”",
      actor: "Anvaya's clerk",
    });
    expect(await pay(100)).toBe("refused");
    expect(await bothStatuses()).toEqual(["RETURNED", "RETURNED"]);
  });

  test("is corrected: it goes out again, is CREATED on both sides and can be paid; the remarks stay in the history", async () => {
    await say("RETURN");
    await tell();
    const corrected = editOf(bill, 2, { totalPaise: 112_000 });
    expect(await editInvoice(supplier, ids.own, corrected, TODAY)).toMatchObject({ status: "CREATED", remarks: null });
    await share(supplier, ids.own);
    // An answer that is told once more, late.
    await tell();
    expect(await rowOf(buyer)).toMatchObject({ status: "CREATED", remarks: null, total: 112_000n });
    expect(await rowOf(supplier)).toMatchObject({ status: "CREATED", remarks: null, total: 112_000n });
    expect(await actionsOn(buyer, ids.copy)).toEqual([
      ...["invoice.received", "invoice.returned", "invoice.changed-by-party"],
    ]);
    expect(await pay(112_000)).toBe("created");
  });

  test("is sent again as it was by a supplier who doesn't agree, once", async () => {
    await say("RETURN");
    await tell();
    expect(await editInvoice(supplier, ids.own, editOf(bill, 2), TODAY)).toMatchObject({ status: "CREATED" });
    expect(await editInvoice(supplier, ids.own, editOf(bill, 2), TODAY)).toMatchObject({ version: 3 });
    await tell();
    await share(supplier, ids.own);
    await tell();
    expect(await bothStatuses()).toEqual(["CREATED", "CREATED"]);
    // Now it may be returned again, also with the same words.
    await say("RETURN", "The rate is 12 %", (await rowOf(buyer)).version);
    await tell();
    expect(await bothStatuses()).toEqual(["RETURNED", "RETURNED"]);
  });

  test("may be cancelled by its supplier", async () => {
    await say("RETURN");
    await tell();
    await cancelInvoice(supplier, ids.own, TODAY);
    await share(supplier, ids.own);
    await tell();
    expect(await bothStatuses()).toEqual(["CANCELLED", "CANCELLED"]);
    await expect(putBackInvoice(buyer, ids.copy, { version: 3 }, TODAY)).rejects.toMatchObject({
      message: "Kaveri has cancelled this invoice.",
    });
  });

  test("is put back, and can be paid again", async () => {
    await say("RETURN");
    await tell();
    expect(await putBackInvoice(buyer, ids.copy, { version: 2 }, TODAY)).toMatchObject({
      status: "CREATED",
      remarks: null,
      answerable: true,
      duePaise: 100_000,
    });
    await tell();
    expect(await bothStatuses()).toEqual(["CREATED", "CREATED"]);
    expect((await rowOf(supplier)).remarks).toBeNull();
    expect(await actionsOn(supplier, ids.own)).toEqual([
      ...["invoice.created", "invoice.returned-by-party", "invoice.put-back-by-party"],
    ]);
    // Once more, as after a lost reply.
    expect(await putBackInvoice(buyer, ids.copy, { version: 2 }, TODAY)).toMatchObject({ version: 3 });
    expect(await actionsOn(buyer, ids.copy)).toHaveLength(3);
    expect(await pay(100_000)).toBe("created");
  });

  test("keeps its number: the buyer can't write the same paper bill down beside it", async () => {
    await say("REJECT");
    const again = billOf(supplier, { side: "payable", supplierInvoiceNumber: bill.supplierInvoiceNumber });
    await expect(createInvoice(buyer, again, TODAY)).rejects.toMatchObject({
      message: expect.stringMatching(/is there already: .*, rejected\.$/),
    });
  });
});

describe("a bill that its buyer rejects", () => {
  test("may be cancelled by its supplier and written anew, but not changed", async () => {
    await say("REJECT", "Not ours");
    await tell();
    expect(await bothStatuses()).toEqual(["REJECTED", "REJECTED"]);
    expect(await getInvoice(supplier, ids.own, TODAY)).toMatchObject({ editable: false, cancellable: true });
    for (const totalPaise of [100_000, 1])
      await expect(editInvoice(supplier, ids.own, editOf(bill, 2, { totalPaise }), TODAY)).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringContaining("Anvaya rejected this invoice as not theirs"),
      });
    await cancelInvoice(supplier, ids.own, TODAY);
    const anew = billOf(buyer, { supplierInvoiceNumber: bill.supplierInvoiceNumber, totalPaise: 7 });
    const { id } = await createInvoice(supplier, anew, TODAY);
    // The new one is shown first: the rejected copy still has the number.
    await share(supplier, id);
    const rows = await prisma.invoice.findMany({ where: { businessId: buyer.businessId }, orderBy: { total: "asc" } });
    expect(rows).toMatchObject([{ total: 7n, status: "CREATED" }, { status: "CANCELLED" }]);
  });

  test("in other words than a colleague's return a minute ago: told what stands, and nothing changes", async () => {
    await say("RETURN", "Wrong rate");
    await expect(say("REJECT", "Not ours", 2)).rejects.toMatchObject({
      code: "CONFLICT",
      message:
        "This invoice is returned already, with the remarks “Wrong rate”. To answer otherwise, put it back first.",
    });
    expect(await rowOf(buyer)).toMatchObject({ status: "RETURNED", remarks: "Wrong rate", version: 2 });
  });
});

describe("a bill that its buyer wrote", () => {
  let own: string;
  let copy: string;
  const answer = (response: InvoiceResponse, version = 1) =>
    answerInvoice(supplier, copy, { response, remarks: "We never raised it", version }, TODAY);
  beforeEach(async () => {
    bill = billOf(supplier, { side: "payable" });
    own = await createShared(buyer, bill);
    copy = (await rowOf(supplier)).id;
  });

  test("is rejected by its supplier, and can't be paid", async () => {
    await answer("REJECT");
    await shareAnswerTo(supplier, copy);
    expect(await bothStatuses()).toEqual(["REJECTED", "REJECTED"]);
    const pair = { objectId: "", number: bill.supplierInvoiceNumber, payableId: own, receivableId: "" };
    const request = paymentOf(supplier, [{ invoice: pair, net: 1 }]);
    expect(await createPayment(buyer, request, TODAY)).toMatchObject({
      kind: "refused",
      refusal: { code: "INVOICE_NOT_PAYABLE" },
    });
  });

  test("and that the supplier then raises itself after all, stands anew in both books", async () => {
    for (const response of ["RETURN", "REJECT"] as const) {
      bill = billOf(supplier, { side: "payable" });
      own = await createShared(buyer, bill);
      copy = (await rowOf(supplier)).id;
      await answer(response);
      await shareAnswerTo(supplier, copy);
      const raised = billOf(buyer, { supplierInvoiceNumber: bill.supplierInvoiceNumber, totalPaise: 99 });
      expect(await createInvoice(supplier, raised, TODAY)).toEqual({ id: copy, replayed: false });
      await shareAnswerTo(supplier, copy);
      await share(supplier, copy);
      const stands = { objectId: raised.objectId, status: "CREATED", remarks: null, total: 99n };
      expect(await rowOf(buyer)).toMatchObject({ ...stands, id: own, origin: "COUNTERPARTY" });
      expect(await rowOf(supplier)).toMatchObject({ ...stands, origin: "OWN" });
      await expect(answer(response, (await rowOf(supplier)).version)).rejects.toMatchObject({ code: "CONFLICT" });
    }
  });
});

describe("nobody answers", () => {
  test("what they wrote themselves", async () => {
    const answer = { response: "RETURN", remarks: "Oops", version: 1 } as const;
    await expect(answerInvoice(supplier, ids.own, answer, TODAY)).rejects.toMatchObject({
      code: "CONFLICT",
      message: "You wrote this invoice: only Anvaya can return or reject it. You can cancel it.",
    });
    await expect(putBackInvoice(supplier, ids.own, { version: 1 }, TODAY)).rejects.toMatchObject({
      message: "You wrote this invoice: only Anvaya can put it back.",
    });
  });

  test("another business's, or none", async () => {
    const stranger = await makeBusiness("Stranger");
    const answer = { response: "RETURN", remarks: "Mine", version: 1 } as const;
    await expect(answerInvoice(stranger, ids.copy, answer, TODAY)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(putBackInvoice(stranger, ids.copy, { version: 1 }, TODAY)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await rowOf(buyer)).toMatchObject({ status: "CREATED", version: 1 });
  });

  test("what was cancelled, or has money on it, in words that say so", async () => {
    await pay(40_000);
    await expect(say("RETURN", "Late", (await rowOf(buyer)).version)).rejects.toMatchObject({
      message: expect.stringContaining("A payment of ₹400.00 waits for confirmation."),
    });
    await prisma.invoice.update({
      where: { businessId_id: { businessId: buyer.businessId, id: ids.copy } },
      data: { paid: 40_000, pending: 0, status: "PART_PAID" },
    });
    await expect(say("REJECT", "Late", (await rowOf(buyer)).version)).rejects.toMatchObject({
      message: "₹400.00 is paid already, so it can't be returned or rejected any more.",
    });
  });

  test("a version that they haven't seen", async () => {
    await editInvoice(supplier, ids.own, editOf(bill, 1, { totalPaise: 7 }), TODAY);
    await share(supplier, ids.own);
    await expect(say("RETURN")).rejects.toMatchObject({ fields: [{ path: "version", code: "CHANGED_MEANWHILE" }] });
    expect(await rowOf(buyer)).toMatchObject({ status: "CREATED", total: 7n });
  });

  test.each([
    ["nothing", "   "],
    ["a character that nobody sees", "Wrong\u200b rate"],
    ["more than 200 characters", "x".repeat(201)],
    ["a double quote", 'the 12" pipe'],
  ])("with %s for remarks", (_, remarks) => {
    expect(answerInvoiceSchema.safeParse({ response: "RETURN", remarks, version: 1 }).success).toBe(false);
    const readable = "गलत दर 👩🏽‍🔧\nPlease correct";
    expect(answerInvoiceSchema.safeParse({ response: "RETURN", remarks: readable, version: 1 }).success).toBe(true);
  });
});
