import { describe, expect, test, vi } from "vitest";
import * as invoiceChanges from "@/app/api/v1/businesses/[business]/invoices/changes/route";
import * as paymentChanges from "@/app/api/v1/businesses/[business]/payments/changes/route";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { putBackInvoice } from "@/features/invoices/mutations/put-back";
import { createPaymentIn } from "@/features/payments/mutations/create";
import type { PaymentRequest } from "@/features/payments/schema";
import { transact } from "@/lib/db";
import { apiOf } from "@/tests/api";
import { makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { tamper, writeEvent } from "@/tests/chain";
import { callGateway, NOW } from "@/tests/gateway";
import { holding } from "@/tests/holding";
import { billOf, createShared, editOf, payBill, share, shareAnswerTo, TODAY } from "@/tests/invoices";
import { expectInStep, keptCopies } from "@/tests/kept-copy";
import { prisma } from "@/tests/prisma";
import { answered, FAILURE, makeTrade, outcomeOf, respPayOf, sentReqPay } from "@/tests/trade";
import { buyer, supplier } from "@/tests/two-parties";

/** A payment whose transaction stays open, all of it written, until it is released. */
const heldPayment = (request: PaymentRequest) =>
  holding(
    (tx) => createPaymentIn(tx, buyer, request, NOW),
    (run) => transact(buyer, run),
  );

describe("a copy that is kept by asking what has changed", () => {
  test("begins with all that there is, page by page, each once", async () => {
    const trade = await makeTrade();
    for (let i = 0; i < 5; i++) await makeInvoice(trade.buyer, trade.supplier, 1_000);
    for (let i = 0; i < 3; i++) await payBill(trade.buyer, trade.supplier, trade.first.payableId, 1_000);
    const copies = keptCopies(trade.buyer, 2);
    const came = await copies.invoices.follow();
    expect([came.length, new Set(came).size]).toEqual([7, 7]);
    expect(await copies.payments.follow()).toHaveLength(3);
    await expectInStep(copies);
  });

  test("misses nothing of a transaction that began before another and ends after it", async () => {
    const first = await createShared(buyer, billOf(supplier, { side: "payable" }));
    const copies = keptCopies(buyer);
    await expectInStep(copies);
    const pair = { objectId: "", number: "", payableId: first, receivableId: "" };
    const request = paymentOf(supplier, [{ invoice: pair, net: 40_000 }]);
    const held = heldPayment(request);
    await held.held;
    const second = await createShared(buyer, billOf(supplier, { side: "payable" }));
    await payBill(buyer, supplier, second, 1_000);
    // Asked while the older one is still open: had this gone on to the newest change, the older one's would stay behind it.
    for (let i = 0; i < 5; i++) {
      await copies.invoices.follow();
      await copies.payments.follow();
    }
    expect(copies.payments.items.has(request.objectId)).toBe(false);
    held.release();
    await held.done;
    await expectInStep(copies);
    expect(copies.payments.items.get(request.objectId)).toMatchObject({ status: "SENDING", totalPaise: 40_000 });
    expect(copies.invoices.items.get(first)).toMatchObject({ pendingPaise: 40_000, status: "PAYMENT_INITIATED" });
    expect(copies.payments.items.size).toBe(2);
  });

  test("gets what is committed while it is begun", async () => {
    const first = await createShared(buyer, billOf(supplier, { side: "payable" }));
    const pair = { objectId: "", number: "", payableId: first, receivableId: "" };
    const held = heldPayment(paymentOf(supplier, [{ invoice: pair, net: 40_000 }]));
    await held.held;
    await createShared(buyer, billOf(supplier, { side: "payable" }));
    const copies = keptCopies(buyer, 1);
    // The bill is read as it is before the payment, and the payment is committed before the copy is whole.
    expect((await copies.invoices.page()).items).toMatchObject([{ id: first, pendingPaise: 0 }]);
    expect((await copies.payments.page()).items).toEqual([]);
    held.release();
    await held.done;
    await expectInStep(copies);
    expect(copies.invoices.items.get(first)).toMatchObject({ pendingPaise: 40_000 });
  });

  test("is in step after each thing that people and the network do, in both books", async () => {
    const copies = [keptCopies(buyer), keptCopies(supplier, 1)];
    const both = async (what: string) => {
      for (const copy of copies)
        await expectInStep(copy).catch((error: unknown) => {
          throw new Error(`after ${what}`, { cause: error });
        });
    };
    const bill = billOf(buyer);
    const id = await createShared(supplier, bill);
    await both("raising");
    await editInvoice(supplier, id, editOf(bill, 1, { totalPaise: 90_000 }), TODAY);
    await share(supplier, id);
    await both("a change");
    const copy = await prisma.invoice.findFirstOrThrow({
      where: { businessId: buyer.businessId, objectId: bill.objectId },
    });
    const returned = await answerInvoice(
      buyer,
      copy.id,
      { response: "RETURN", remarks: "12 %", version: copy.version },
      TODAY,
    );
    await shareAnswerTo(buyer, copy.id);
    await both("a return");
    await putBackInvoice(buyer, copy.id, { version: returned.version }, TODAY);
    await shareAnswerTo(buyer, copy.id);
    await both("putting back");

    const payments = [];
    for (const net of [10_000, 20_000, 30_000]) {
      await payBill(buyer, supplier, copy.id, net);
      const { objectId } = await prisma.payment.findFirstOrThrow({
        where: { businessId: buyer.businessId, net },
      });
      payments.push({ request: { objectId }, reqPay: await sentReqPay(objectId) });
    }
    await both("paying");
    const [accepted, rejected, failed] = payments;
    if (!accepted || !rejected || !failed) throw new Error("three were paid");
    for (const { reqPay } of [accepted, rejected]) {
      await callGateway("req-pay", { body: reqPay });
      await both("its coming");
      await callGateway("resp-pay", { body: respPayOf(reqPay) });
      await both("its delivery");
    }
    await callGateway("resp-pay", { body: respPayOf(failed.reqPay, FAILURE) });
    await both("its failure");
    for (const [{ request }, response] of [
      [accepted, "ACCEPT"],
      [rejected, "REJECT"],
    ] as const) {
      const confirmation = await answered(
        { supplier, request: { ...paymentOf(supplier, []), ...request } },
        { response, remarks: "Seen" },
      );
      await both("the answer");
      await callGateway("req-pay-confirmation", { body: confirmation });
      await both("its arrival");
      await callGateway("resp-pay-confirmation", { body: outcomeOf(confirmation) });
      await both("its outcome");
    }
    const [mine] = copies;
    expect(mine?.payments.items.get(accepted.request.objectId)).toMatchObject({ status: "ACCEPTED" });
    expect(mine?.invoices.items.get(copy.id)).toMatchObject({
      status: "PART_PAID",
      paidPaise: 10_000,
      pendingPaise: 0,
    });

    const other = await createShared(supplier, billOf(buyer));
    await cancelInvoice(supplier, other, TODAY);
    await share(supplier, other);
    await both("cancelling");
  });

  test("is in step after many have written at once while it followed", { timeout: 60_000 }, async () => {
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push(await createShared(buyer, billOf(supplier, { side: "payable" })));
    const copies = keptCopies(buyer, 3);
    let isOver = false;
    const follow = async () => {
      while (!isOver) {
        await copies.invoices.page();
        await copies.payments.page();
      }
    };
    const write = async (writer: number) => {
      for (let i = 0; i < 12; i++) {
        await payBill(buyer, supplier, ids[(writer + i) % ids.length] ?? "", 100);
        await createInvoice(buyer, billOf(supplier, { side: "payable" }), TODAY);
      }
    };
    const following = follow();
    await Promise.all([0, 1, 2, 3].map(write));
    isOver = true;
    await following;
    await expectInStep(copies);
    expect([copies.invoices.items.size, copies.payments.items.size]).toEqual([52, 48]);
  });
});

describe("a page of changes", () => {
  test("has as many as were asked for, or those that one payment changes", async () => {
    const trade = await makeTrade();
    const third = await makeInvoice(trade.buyer, trade.supplier, 50_000);
    const { invoices, payments } = keptCopies(trade.buyer, 2);
    await invoices.follow();
    await payments.follow();
    const all = [trade.first, trade.second, third].map((invoice) => ({ invoice, net: 1_000 }));
    const pay = (lines: typeof all) =>
      transact(trade.buyer, (tx) => createPaymentIn(tx, trade.buyer, paymentOf(trade.supplier, lines), NOW));
    await pay(all.slice(0, 1));
    await pay(all.slice(0, 1));
    await pay(all);
    await pay(all.slice(1, 2));
    const sizes: [number, boolean][] = [];
    await vi.waitFor(async () => {
      const { items, more } = await invoices.page();
      if (items.length > 0) sizes.push([items.length, more]);
      expect(sizes.map(([size]) => size)).toEqual([1, 3, 1]);
    });
    expect(sizes.map(([, more]) => more)).toEqual([true, true, false]);
    expect(await payments.follow()).toHaveLength(4);
  });

  test("may be empty, and goes past whatever is about something else", async () => {
    const { payments, ...copies } = keptCopies(buyer, 2);
    await payments.follow();
    await transact(buyer, async (tx) => {
      await tx.$executeRaw`
        INSERT INTO audit_event (business_id, id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id)
        SELECT ${buyer.businessId}::uuid, gen_random_uuid(), 'SYSTEM', 'x', 'x', 'test', 'member', n::text FROM generate_series(1, 1200) n`;
    });
    await createShared(buyer, billOf(supplier, { side: "payable" }));
    const pages: boolean[] = [];
    await vi.waitFor(async () => {
      pages.push((await payments.page()).more);
      expect(pages.filter(Boolean)).toHaveLength(2);
    });
    await expectInStep({ payments, ...copies });
  });

  test("has nothing of what the books don't have", async () => {
    const copies = keptCopies(buyer);
    await copies.payments.follow();
    await writeEvent(buyer, "PMT0");
    await expectInStep(copies);
  });
});

describe("`since`", () => {
  const asked = async (changes: typeof invoiceChanges, since: string) => {
    const call = await apiOf(buyer);
    const response = await call(changes.GET, { search: `?since=${encodeURIComponent(since)}` });
    return { status: response.status, json: await response.json() };
  };
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

  test("is taken by the API as its reply gave it", async () => {
    const id = await createShared(buyer, billOf(supplier, { side: "payable" }));
    const call = await apiOf(buyer);
    const first = await (await call(invoiceChanges.GET)).json();
    expect(first).toMatchObject({ items: [{ id, side: "payable" }], more: true });
    const second = await asked(invoiceChanges, first.next);
    expect(second).toMatchObject({ status: 200, json: { items: expect.any(Array), next: expect.any(String) } });
  });

  test.each([
    ["nonsense", "nonsense"],
    ["another list's", encoded({ of: "payments", mark: null, given: null })],
    ["one with more in it", encoded({ of: "invoices", mark: null, given: null, x: 1 })],
    ["one without a row's id", encoded({ of: "invoices", mark: null, given: "x" })],
    ["one without an event's id", encoded({ of: "invoices", mark: "x", given: null })],
  ])("is refused when it is %s", async (_, since) => {
    const { status, json } = await asked(invoiceChanges, since);
    expect([status, json.errors]).toMatchObject([422, [{ path: "since", code: "WRONG_FORMAT" }]]);
  });

  test("with a zero byte in it is refused", async () => {
    const since = encoded({ of: "payments", mark: null, given: "a\0" });
    expect((await asked(paymentChanges, since)).status).toBe(422);
  });

  test("of another business is refused, and so is one that the books have gone back behind", async () => {
    const stranger = await makeBusiness("Stranger");
    await writeEvent(stranger, "PMT0");
    const theirs = keptCopies(stranger).payments;
    await vi.waitFor(async () => {
      theirs.since = undefined;
      await theirs.page();
      expect(Buffer.from(theirs.since ?? "", "base64url").toString()).not.toContain('"mark":null');
    });
    expect((await asked(paymentChanges, theirs.since ?? "")).json.detail).toContain("Begin again without `since`");
    await tamper("DELETE FROM audit_event WHERE business_id = $1", [stranger.businessId]);
    await expect(theirs.page()).rejects.toThrow("The books have gone back behind this");
  });

  test("goes on after a backup has lowered all transaction ids, as they are in another cluster", async () => {
    const id = await createShared(buyer, billOf(supplier, { side: "payable" }));
    const copies = keptCopies(buyer);
    await expectInStep(copies);
    await vi.waitFor(async () => {
      await copies.invoices.page();
      expect(Buffer.from(copies.invoices.since ?? "", "base64url").toString()).not.toContain('"mark":null');
    });
    await payBill(buyer, supplier, id, 1_000);
    const count = await prisma.auditEvent.count({ where: { businessId: buyer.businessId } });
    await tamper(
      "UPDATE audit_event SET transaction_id = transaction_id - 1000000000 WHERE business_id = $1",
      [buyer.businessId],
      count,
    );
    await expectInStep(copies);
    expect(copies.invoices.items.get(id)).toMatchObject({ pendingPaise: 1_000 });
  });
});
