import { describe, expect, test } from "vitest";
import { CHECKS } from "@/chaos/checks/all";
import type { Facts } from "@/chaos/facts";
import { BUYER, INVOICE, PAYMENT, SUPPLIER } from "@/chaos/testing/sample-facts";
import { first, found, second, type Writable } from "@/chaos/testing/spoilt-facts";
import type { RemotePayment } from "@/sandbox/remote-buyer";

test("nothing is found where nothing is wrong", () => {
  expect(found(() => {})).toEqual({});
});

test("every check has a name of its own", () => {
  expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
});

describe("what was acknowledged", () => {
  test("a payment that does not exist", () => {
    const findings = found((facts) => {
      facts.payments = facts.payments.filter(({ side }) => side === "INCOMING");
    });
    expect(findings["acknowledged payments exist"]).toEqual([
      `payment ${PAYMENT}: acknowledged to ${BUYER} (v0), but it does not exist`,
    ]);
    expect(findings["both sides agree"]).toEqual([
      `payment ${PAYMENT}: ACCEPTED at the supplier, and unknown to the buyer`,
    ]);
  });

  test("a payment that was never told of may be missing", () => {
    const findings = found((facts) => {
      first(facts.asked).acknowledged = false;
      Object.assign(facts, { payments: [], lines: [], messages: [], transfers: [], events: [], answers: [] });
      for (const invoice of facts.invoices) Object.assign(invoice, { paid: 0, status: "CREATED" });
    });
    expect(findings).toEqual({});
  });

  test.each<[string, object, string, string]>([
    ["other amounts", { net: 9_700 }, "97.00 + 2.00", "98.00 + 2.00"],
    ["another type", { type: "ONPLATFORM" }, "ONPLATFORM", "OFFPLATFORM"],
    ["another mode", { mode: "CHEQUE" }, "CHEQUE", "NEFT"],
    ["another UTR", { utr: "UTR2" }, "UTR UTR2", "UTR UTR1"],
    ["another moment", { paidAt: 0 }, "paid 1970-01-01T00:00:00.000Z", "paid 2026-11-20T08:35:00.000Z"],
    [
      "another bill",
      { lines: [{ objectId: "INV2", net: 9_800, adjustment: 200 }] },
      "98.00 + 2.00 for INV2",
      "98.00 + 2.00 for INV1",
    ],
    ["no bill", { lines: [] }, "no lines", "98.00 + 2.00 for INV1"],
  ])("%s, on either side", (_what, asked, wanted, has) => {
    const findings = found((facts) => void Object.assign(first(facts.asked), asked));
    expect(findings["acknowledged payments exist"]).toEqual(
      [BUYER, SUPPLIER].map(
        (business) => `payment ${PAYMENT}: asked for ${wanted}, but ${business}'s books say ${has}`,
      ),
    );
  });

  test("bills that were paid for each other", () => {
    const findings = found((facts) => {
      const [buyers] = facts.lines;
      if (!buyers) throw new Error("no line");
      const other = { ...buyers, invoice: "INV2", net: 100, adjustment: 0, total: 100 };
      Object.assign(facts, { lines: [...facts.lines, other] });
      const lines = [
        { objectId: "INV2", net: 9_800, adjustment: 200 },
        { objectId: INVOICE, net: 100, adjustment: 0 },
      ];
      Object.assign(first(facts.asked), { lines });
    });
    expect(findings["acknowledged payments exist"]).toContain(
      `payment ${PAYMENT}: asked for 1.00 + 0.00 for INV1, 98.00 + 2.00 for INV2, but ${BUYER}'s books say 1.00 + 0.00 for INV2, 98.00 + 2.00 for INV1`,
    );
  });

  test("a payment that nobody asked for", () => {
    const findings = found((facts) => void Object.assign(facts, { asked: [] }));
    expect(findings["nobody else's payments"]).toHaveLength(2);
  });

  test("an answer that was lost, changed, or given twice", () => {
    const changed = found((facts) => void Object.assign(first(facts.answers), { remarks: "Seen" }));
    expect(changed["acknowledged answers stand"]).toEqual([
      `payment ${PAYMENT}: its answer ACCEPT “Seen” was acknowledged, but its books say ACCEPT “Received”`,
      `payment ${PAYMENT}: answered ACCEPT “Received”, which nobody said`,
    ]);
    const twice = found((facts) => void facts.answers.push({ ...first(facts.answers), remarks: "Seen" }));
    expect(twice["acknowledged answers stand"]).toEqual([`payment ${PAYMENT}: 2 different answers were acknowledged`]);
  });

  test("an answer that the buyer's side refused may be followed by another", () => {
    const findings = found((facts) => {
      facts.answers.push({ ...first(facts.answers), remarks: "Seen" });
      facts.events.push({ business: SUPPLIER, action: "payment.answer-refused", payment: PAYMENT });
    });
    expect(findings).toEqual({});
  });

  test("an invoice that does not exist, or has no copy", () => {
    const missing = found((facts) => void Object.assign(first(facts.raised), { objectId: "INV2" }));
    expect(missing["acknowledged invoices exist"]).toEqual([
      `invoice INV2: acknowledged to ${SUPPLIER}, but it does not exist`,
    ]);
    const dropCopy = (facts: Writable<Facts>) => {
      facts.raised.push({ ...first(facts.raised), objectId: "INV2" });
      facts.invoices.push({ ...second(facts.invoices), id: "i2", objectId: "INV2", paid: 0, status: "CREATED" });
    };
    expect(found(dropCopy)["acknowledged invoices exist"]).toEqual([
      `invoice INV2: ${BUYER} has no copy of it, and nobody is about to make one`,
    ]);
    const waiting = found((facts) => {
      dropCopy(facts);
      facts.sharing.push({ objectId: "INV2", due: false });
    });
    expect(waiting).toEqual({});
    const stuck = found((facts) => {
      dropCopy(facts);
      facts.sharing.push({ objectId: "INV2", due: true });
    });
    expect(stuck["acknowledged invoices exist"]).toHaveLength(1);
  });

  test("two different replies to one request", () => {
    const findings = found((facts) => void Object.assign(first(facts.asked), { replies: ["yes", "yes, again"] }));
    expect(findings["the same reply again"]).toEqual([`payment ${PAYMENT}: one request got 2 different replies`]);
  });
});

describe("what was begun", () => {
  test("a payment that never ended", () => {
    const findings = found((facts) => {
      Object.assign(first(facts.payments), { status: "SENDING", response: null, remarks: null });
      first(facts.messages).state = "QUEUED";
    });
    expect(findings["every payment ended"]).toEqual([
      `payment ${PAYMENT}: still SENDING in ${BUYER}'s books; its messages: REQ_PAY QUEUED`,
    ]);
    expect(findings["no message is stuck"]).toEqual([`payment ${PAYMENT}: ${BUYER}'s REQ_PAY is QUEUED`]);
  });

  test("a payment that people have to settle is none of these", () => {
    const findings = found((facts) => {
      for (const payment of facts.payments) payment.type = "ONPLATFORM";
      first(facts.asked).type = "ONPLATFORM";
      Object.assign(first(facts.payments), { status: "FAILED", response: null, remarks: null });
      Object.assign(second(facts.payments), {
        status: "AWAITING_CONFIRMATION",
        response: null,
        remarks: null,
        failureCode: "EXCEEDS_DUE",
      });
      Object.assign(first(facts.invoices), { paid: 0, status: "CREATED" });
      Object.assign(second(facts.invoices), { paid: 0, pending: 10_000, status: "PAYMENT_INITIATED" });
      facts.events = [];
      for (const transfer of facts.transfers) transfer.result = "FAILURE";
    });
    expect(findings["every payment ended"]).toBeUndefined();
    expect(findings["both sides agree"]).toBeUndefined();
    expect(findings["both copies of an invoice agree"]).toBeUndefined();
  });

  test("a change without its message", () => {
    const findings = found((facts) => void Object.assign(facts, { messages: [] }));
    expect(findings["no change without its message"]).toEqual([
      `payment ${PAYMENT}: ACCEPTED in ${BUYER}'s books, and its REQ_PAY was never written`,
      `payment ${PAYMENT}: answered ACCEPT by ${SUPPLIER}, and its REQ_PAY_CONFIRMATION was never written`,
    ]);
  });

  test("a message that the network never saw", () => {
    const findings = found((facts) => void Object.assign(first(facts.messages), { reqMsgId: "R9" }));
    expect(findings["no message is stuck"]).toEqual([
      `payment ${PAYMENT}: ${BUYER}'s REQ_PAY is DELIVERED as R9, which the network does not know`,
    ]);
  });

  test("a request that the network still carries", () => {
    const unanswered = found((facts) => void Object.assign(first(facts.transfers), { result: null, settled: false }));
    expect(unanswered["the network is done"]).toEqual([`payment ${PAYMENT}: ${SUPPLIER} has not answered req-pay`]);
    const untold = found((facts) => void Object.assign(first(facts.transfers), { settled: false }));
    expect(untold["the network is done"]).toEqual([
      `payment ${PAYMENT}: ${BUYER} has not taken the outcome (SUCCESS) of req-pay`,
    ]);
  });

  test("an audit chain that does not hold, or does not cover everything", () => {
    const findings = found((facts) => {
      facts.brokenChains.push("seal 3: event 9 is missing");
      facts.unsealed = 2;
    });
    expect(findings["the audit chains verify"]).toEqual([
      "seal 3: event 9 is missing",
      "2 events of the audit trail are not sealed",
    ]);
  });
});

describe("what may happen once", () => {
  test("a payment accepted twice, or accepted and rejected", () => {
    const twice = found((facts) => void facts.events.push(second(facts.events)));
    expect(twice["nothing was applied twice"]).toEqual([
      `payment ${PAYMENT}: payment.accepted 2 times in ${BUYER}'s books`,
    ]);
    const both = found((facts) => void facts.events.push({ ...second(facts.events), action: "payment.rejected" }));
    expect(both["nothing was applied twice"]).toEqual([
      `payment ${PAYMENT}: both accepted and rejected in ${BUYER}'s books`,
    ]);
  });

  test("a message kept twice, and a payment that two requests made", () => {
    const kept = found((facts) => void facts.messages.push(first(facts.messages)));
    expect(kept["nothing was applied twice"]).toHaveLength(1);
    const taken = found((facts) => void facts.transfers.push({ ...first(facts.transfers), reqMsgId: "R8" }));
    expect(taken["nothing was applied twice"]).toEqual([
      `payment ${PAYMENT}: 2 different requests of req-pay were taken by the receiver`,
    ]);
  });
});

describe("what both sides say", () => {
  test.each([
    ["status", { status: "REJECTED" }, "ACCEPTED at the buyer, REJECTED at the supplier"],
    ["answer", { response: "REJECT" }, "response “ACCEPT” at the buyer, “REJECT” at the supplier"],
    ["remarks", { remarks: "Seen" }, "remarks “Received” at the buyer, “Seen” at the supplier"],
    ["amount", { total: 9_999 }, "total 100.00 at the buyer, 99.99 at the supplier"],
    ["reference", { utr: "UTR2" }, "utr UTR1 at the buyer, UTR2 at the supplier"],
  ])("another %s", (_what, change, words) => {
    const findings = found((facts) => void Object.assign(second(facts.payments), change));
    expect(findings["both sides agree"]).toContain(`payment ${PAYMENT}: ${words}`);
  });

  test("a payment that the supplier never saw", () => {
    const findings = found((facts) => void Object.assign(facts, { payments: facts.payments.slice(0, 1) }));
    expect(findings["both sides agree"]).toEqual([
      `payment ${PAYMENT}: ACCEPTED at the buyer, and unknown to the supplier`,
    ]);
    expect(findings["the network's word stands"]).toContain(
      `payment ${PAYMENT}: taken from the network, but it does not exist (${SUPPLIER})`,
    );
  });

  test("an answer that was taken from the network and then forgotten", () => {
    const findings = found(
      (facts) => void Object.assign(first(facts.payments), { status: "AWAITING_CONFIRMATION", response: null }),
    );
    expect(findings["the network's word stands"]).toEqual([
      `payment ${PAYMENT}: the answer ACCEPT was taken from the network, but it is AWAITING_CONFIRMATION (${BUYER})`,
    ]);
  });

  test("the books of a buyer elsewhere", () => {
    const elsewhere = {
      objectId: PAYMENT,
      status: "AWAITING_CONFIRMATION",
      totalAmount: 100,
    } as Writable<RemotePayment>;
    const findings = found((facts) => void facts.remote.push(elsewhere));
    expect(findings["other platforms agree"]).toEqual([
      `payment ${PAYMENT}: AWAITING_CONFIRMATION elsewhere, ACCEPTED here`,
    ]);
    const amount = found((facts) => void facts.remote.push({ ...elsewhere, status: "ACCEPTED", totalAmount: 200 }));
    expect(amount["other platforms agree"]).toEqual([`payment ${PAYMENT}: 200.00 elsewhere, 100.00 here`]);
  });
});
