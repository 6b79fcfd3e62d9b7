import { beforeEach, describe, expect, test } from "vitest";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { putBackInvoice } from "@/features/invoices/mutations/put-back";
import type { InvoiceResponse } from "@/features/invoices/schema";
import { lockPayment, movePayment } from "@/features/payments/lock";
import { createPayment } from "@/features/payments/mutations/create";
import { transact } from "@/lib/db";
import { makeBusiness, paymentOf } from "@/tests/books";
import { callGateway, refusalIn } from "@/tests/gateway";
import { actionsOn, billOf, createShared, editOf, invoiceOf, share, shareAnswerTo, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { FAILURE, respPayOf } from "@/tests/trade";

type Business = Awaited<ReturnType<typeof makeBusiness>>;
let buyer: Business;
let supplier: Business;
beforeEach(async () => {
  buyer = await makeBusiness("Anvaya");
  supplier = await makeBusiness("Kaveri");
});

const ROUNDS = 12;

/** An invoice of the supplier's that the buyer has, and what the two do with it. */
async function raised() {
  const bill = billOf(buyer);
  const own = await createShared(supplier, bill);
  const rowOf = async (scope: Business) => {
    const row = await invoiceOf(scope, bill.supplierInvoiceNumber);
    if (!row) throw new Error("no such invoice");
    return row;
  };
  const { id: copy } = await rowOf(buyer);
  const pair = { objectId: "", number: bill.supplierInvoiceNumber, payableId: copy, receivableId: own };
  return {
    ...{ bill, own, copy, rowOf },
    answer: (response: InvoiceResponse, remarks = "Wrong rate", version = 1) =>
      answerInvoice(buyer, copy, { response, remarks, version }, TODAY),
    putBack: (version: number) => putBackInvoice(buyer, copy, { version }, TODAY),
    tell: (now = TODAY) => shareAnswerTo(buyer, copy, now),
    edit: (version: number, totalPaise: number) =>
      editInvoice(supplier, own, editOf(bill, version, { totalPaise }), TODAY),
    show: () => share(supplier, own),
    /** The buyer pays; its req-pay is on its way. */
    pay: async (net = 100_000) => {
      const request = paymentOf(supplier, [{ invoice: pair, net }]);
      const { kind } = await createPayment(buyer, request, TODAY);
      if (kind !== "created") return null;
      const where = { objectId: request.objectId, direction: "OUT", operation: "REQ_PAY" } as const;
      return JSON.parse((await prisma.message.findFirstOrThrow({ where })).body) as Parameters<typeof respPayOf>[0];
    },
    both: async () => {
      const seen = async (scope: Business) => {
        const { status, remarks, total, pending } = await rowOf(scope);
        return { status, remarks, total: Number(total), pending: Number(pending) };
      };
      return [await seen(buyer), await seen(supplier)];
    },
  };
}

const kinds = (settled: PromiseSettledResult<unknown>[]) => settled.map(({ status }) => status).sort();
const refusalOf = (settled: PromiseSettledResult<unknown>[]) =>
  settled.find((each): each is PromiseRejectedResult => each.status === "rejected")?.reason as { message: string };

describe("at the same moment", () => {
  test("one clerk returns and another rejects: one of them, and the other reads what stands", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { answer, copy, rowOf } = await raised();
      const settled = await Promise.allSettled([answer("RETURN", "Wrong rate"), answer("REJECT", "Not ours")]);
      expect(kinds(settled)).toEqual(["fulfilled", "rejected"]);
      const { status, remarks, version } = await rowOf(buyer);
      expect([
        ["RETURNED", "Wrong rate", 2],
        ["REJECTED", "Not ours", 2],
      ]).toContainEqual([status, remarks, version]);
      expect(refusalOf(settled).message).toContain(`${status.toLowerCase()} already, with the remarks “${remarks}”`);
      expect(await actionsOn(buyer, copy)).toHaveLength(2);
    }
  });

  test("one request comes six times: one answer, one line in the history", async () => {
    const { answer, copy } = await raised();
    const answers = await Promise.all(Array.from({ length: 6 }, () => answer("RETURN")));
    for (const each of answers) expect(each).toMatchObject({ status: "RETURNED", version: 2 });
    expect(await actionsOn(buyer, copy)).toEqual(["invoice.received", "invoice.returned"]);
  });

  test("a bill is returned and paid: one of the two, never both", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { answer, pay, both } = await raised();
      const [returned, paid] = await Promise.allSettled([answer("RETURN"), pay()]);
      const [copy] = await both();
      if (returned.status === "fulfilled") {
        expect(paid).toMatchObject({ value: null });
        expect(copy).toMatchObject({ status: "RETURNED", pending: 0 });
      } else {
        expect(returned.reason.message).toContain("waits for confirmation");
        expect(copy).toMatchObject({ status: "PAYMENT_INITIATED", pending: 100_000, remarks: null });
      }
    }
  });

  test("a bill is returned and changed: never the changed one unseen, and both books agree", async () => {
    const ends = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const { answer, edit, tell, show, both } = await raised();
      const returned = answer("RETURN").then(() => tell());
      const changed = (round % 2 ? returned : Promise.resolve()).then(() => edit(1, 70_000)).then(() => show());
      const settled = await Promise.allSettled([returned, changed]);
      await Promise.all([tell(), show()]);
      const [copy, own] = await both();
      expect(copy).toEqual(own);
      // Whoever changed it had not read the remarks: either they are told, or they came first.
      const isChanged = settled[1].status === "fulfilled";
      expect(copy).toMatchObject(
        isChanged
          ? { status: "CREATED", remarks: null, total: 70_000 }
          : { status: "RETURNED", remarks: "Wrong rate", total: 100_000 },
      );
      ends.add(copy?.status ?? "");
    }
    expect([...ends].sort()).toEqual(["CREATED", "RETURNED"]);
  });

  test("a bill is returned and cancelled: cancelled in both books", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { answer, tell, show, both, own } = await raised();
      await Promise.allSettled([
        answer("RETURN").then(() => tell()),
        cancelInvoice(supplier, own, TODAY).then(() => show()),
      ]);
      await Promise.all([tell(), show()]);
      expect(await both()).toMatchObject([{ status: "CANCELLED" }, { status: "CANCELLED" }]);
    }
  });

  test("answers follow each other while earlier ones are still on their way: the last one stands in both books", async () => {
    for (let round = 0; round < 6; round++) {
      const { answer, putBack, tell, both } = await raised();
      const told: Promise<void>[] = [];
      for (const version of [1, 3, 5]) {
        await answer("RETURN", `Said ${version}`, version);
        told.push(tell(), tell());
        await putBack(version + 1);
        told.push(tell());
      }
      await answer("REJECT", "Not ours", 7);
      await Promise.all([...told, tell(), tell()]);
      const stands = { status: "REJECTED", remarks: "Not ours", total: 100_000, pending: 0 };
      expect(await both()).toEqual([stands, stands]);
    }
  });

  test("an answer and a payment reach the supplier: one of the two, and a payment is waited for", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { answer, pay, tell, both, rowOf, own, copy } = await raised();
      const reqPay = await pay(40_000);
      if (!reqPay) throw new Error("not paid");
      // The network says no, though the req-pay is on its way all the same.
      await callGateway("resp-pay", { body: respPayOf(reqPay, FAILURE) });
      await answer("RETURN", "Wrong rate", (await rowOf(buyer)).version);
      const [arrived] = await Promise.all([callGateway("req-pay", { body: reqPay }), tell()]);
      const refusal = refusalIn(arrived);
      const [, theirs] = await both();
      if (refusal) {
        expect(refusal.code).toBe("INVOICE_NOT_PAYABLE");
        expect(theirs).toMatchObject({ status: "RETURNED", pending: 0 });
      } else {
        expect(theirs).toMatchObject({ status: "PAYMENT_INITIATED", pending: 40_000, remarks: null });
        await tell();
        const where = { businessId_id: { businessId: supplier.businessId, id: own } };
        // The supplier's payment ends without money; the next attempt of the same job brings the answer.
        await prisma.invoice.update({ where, data: { pending: 0, status: "CREATED" } });
        const jobs = await prisma.$queryRaw<{ run_at: Date }[]>`
          SELECT run_at FROM graphile_worker.jobs WHERE key = ${`share-answer:${buyer.businessId}:${copy}`}`;
        expect(jobs[0]?.run_at.getTime()).toBeGreaterThan(TODAY.getTime());
        await tell();
        expect((await both())[1]).toMatchObject({ status: "RETURNED", remarks: "Wrong rate" });
      }
    }
  });
});

describe("money that comes late", () => {
  test("a payment that had failed doesn't come back to a bill that was returned since, until that is put back", async () => {
    const { answer, pay, putBack, rowOf } = await raised();
    const reqPay = await pay();
    if (!reqPay) throw new Error("not paid");
    const { objectId } = reqPay.payment;
    const revive = () =>
      transact(buyer, async (tx) => {
        const payment = await lockPayment(tx, buyer, "OUTGOING", objectId);
        if (!payment) throw new Error("no payment");
        const to = payment.status === "SENDING" ? "FAILED" : "AWAITING_CONFIRMATION";
        return movePayment(tx, buyer, payment, { to, data: {}, action: `payment.${to}` }, TODAY);
      });
    expect(await revive()).toBeNull();
    await answer("RETURN", "Wrong rate", (await rowOf(buyer)).version);
    expect(await revive()).toMatchObject({ code: "INVOICE_NOT_PAYABLE" });
    const row = await rowOf(buyer);
    expect(row).toMatchObject({ status: "RETURNED", pending: 0n });
    await putBack(row.version);
    expect(await revive()).toBeNull();
    expect(await rowOf(buyer)).toMatchObject({ status: "PAYMENT_INITIATED", pending: 100_000n });
  });

  test("an answer to what is paid in its writer's books is given up, with a line in the history of who gave it", async () => {
    const { answer, tell, own, copy, rowOf } = await raised();
    await prisma.invoice.update({
      where: { businessId_id: { businessId: supplier.businessId, id: own } },
      data: { paid: 100_000, status: "PAID" },
    });
    await answer("RETURN");
    await tell();
    await tell();
    expect(await rowOf(supplier)).toMatchObject({ status: "PAID", remarks: null });
    expect(await actionsOn(buyer, copy)).toEqual([
      ...["invoice.received", "invoice.returned", "invoice.share-given-up"],
    ]);
  });
});
