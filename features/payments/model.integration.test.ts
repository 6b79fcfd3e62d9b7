import fc from "fast-check";
import { expect, test } from "vitest";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { createPayment } from "@/features/payments/mutations/create";
import { giveUp } from "@/features/payments/mutations/give-up";
import { sendAgain } from "@/features/payments/mutations/send-again";
import type { PaymentRequest } from "@/features/payments/schema";
import type { ReqPay, ReqPayConfirmation } from "@/features/protocol/schema";
import { Approve, AskForApproval, Decline } from "@/tests/approval-commands";
import { type InvoicePair, makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { callGateway, refusalIn } from "@/tests/gateway";
import { excess, expectSame, later, type Model, type ModelPayment, OnPayment, type Real } from "@/tests/payment-model";
import { prisma } from "@/tests/prisma";
import { randomRuns } from "@/tests/random-runs";
import { FAILURE, outcomeOf, respPayOf } from "@/tests/trade";

// The portal against a model of the books that fits on a page: commands in any order, and after each both must say the same.

async function sent(objectId: string, operation: "REQ_PAY" | "REQ_PAY_CONFIRMATION") {
  const where = { objectId, direction: "OUT", operation } as const;
  const message = await prisma.message.findFirst({ where, orderBy: { revision: "desc" } });
  return message && JSON.parse(message.body);
}

class Pay implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly lines: { invoice: number; amount: number; tds: number }[],
    readonly onPlatform: boolean,
  ) {}
  check = () => true;
  async run(model: Model, real: Real) {
    real.seconds++;
    const byInvoice = new Map(this.lines.map((line) => [line.invoice % model.totals.length, line]));
    const lines = [...byInvoice].map(([invoice, { amount, tds }]) => ({ invoice, amount, tds: Math.min(amount, tds) }));
    const request = paymentOf(
      real.supplier,
      lines.flatMap(({ invoice, amount, tds }) => {
        const pair = real.invoices[invoice];
        return pair ? [{ invoice: pair, net: amount - tds, tds }] : [];
      }),
      { type: this.onPlatform ? "ONPLATFORM" : "OFFPLATFORM" },
    );
    const outcome = await createPayment(real.buyer, request, later(real));
    const tooMuch = excess(model, "outgoing", lines);
    if (tooMuch === null) {
      expect(outcome).toEqual({ kind: "created", objectId: request.objectId });
      const outgoing = isHeld(model, lines) ? "AWAITING_APPROVAL" : "SENDING";
      const fresh = { outgoing, incoming: null, told: null, taken: null } as const;
      model.payments.push({ lines, onPlatform: this.onPlatform, ...fresh, answers: [] });
      real.requests.push(request);
    } else expect(outcome).toMatchObject({ kind: "refused", refusal: { code: "EXCEEDS_DUE", line: tooMuch } });
    await expectSame(model, real);
  }
  toString = () => `Pay(${JSON.stringify(this.lines)}, ${this.onPlatform ? "on" : "off"} platform)`;
}

const isHeld = ({ approvalFrom }: Model, lines: ModelPayment["lines"]) =>
  approvalFrom !== null && lines.reduce((sum, { amount }) => sum + amount, 0) >= approvalFrom;

class PayAgain extends OnPayment {
  async act(_payment: ModelPayment, _model: Model, real: Real, request: PaymentRequest) {
    expect((await createPayment(real.buyer, request, later(real))).kind).toBe("replayed");
    const other = await createPayment(real.buyer, { ...request, utr: "OTHER" }, later(real));
    expect(other).toMatchObject({ kind: "refused", refusal: { code: "DUPLICATE_CONFLICT" } });
  }
}

/** Only what waits for approval, or was not approved, has no message. */
const expectUntold = (payment: ModelPayment) => expect(["AWAITING_APPROVAL", "FAILED"]).toContain(payment.outgoing);

class Arrive extends OnPayment {
  async act(payment: ModelPayment, model: Model, _real: Real, request: PaymentRequest) {
    const body: ReqPay | null = await sent(request.objectId, "REQ_PAY");
    if (!body) return expectUntold(payment);
    const refusal = refusalIn(await callGateway("req-pay", { body }));
    const tooMuch = payment.incoming ? null : excess(model, "incoming", payment.lines);
    const field = `payment.invoicesPayInfos[${tooMuch}].invoicePaymentAmount.totalAmount`;
    expect(refusal).toEqual(tooMuch === null ? null : { code: "EXCEEDS_DUE", field });
    if (tooMuch === null) payment.incoming ??= "AWAITING_CONFIRMATION";
  }
}

class Tell extends OnPayment {
  constructor(
    pick: number,
    readonly result: "SUCCESS" | "FAILURE",
  ) {
    super(pick);
  }
  async act(payment: ModelPayment, model: Model, _real: Real, request: PaymentRequest) {
    const reqPay: ReqPay | null = await sent(request.objectId, "REQ_PAY");
    if (!reqPay) return expectUntold(payment);
    const body = respPayOf(reqPay, {
      reqMsgId: `R-${request.objectId}`.slice(0, 100),
      ...(this.result === "FAILURE" && FAILURE),
    });
    const refusal = refusalIn(await callGateway("resp-pay", { body }));
    const conflict = payment.told !== null && payment.told !== this.result;
    expect(refusal?.code ?? null).toBe(conflict ? "DUPLICATE_CONFLICT" : null);
    if (conflict) return;
    payment.told = this.result;
    // What was given up and had arrived all the same goes on, where its invoices can still take it.
    const goesOn = payment.outgoing === "FAILED" && excess(model, "outgoing", payment.lines) === null;
    if (this.result === "SUCCESS" && (payment.outgoing === "SENDING" || goesOn))
      payment.outgoing = "AWAITING_CONFIRMATION";
    if (this.result === "FAILURE" && payment.outgoing === "SENDING") payment.outgoing = "FAILED";
  }
  override toString = () => `Tell(${this.pick}, ${this.result})`;
}

class AnswerIt extends OnPayment {
  constructor(
    pick: number,
    readonly response: "ACCEPT" | "REJECT",
  ) {
    super(pick);
  }
  async act(payment: ModelPayment, _model: Model, real: Real, request: PaymentRequest) {
    const answer = { response: this.response, remarks: this.remarksFor(payment) };
    const { kind } = await answerPayment(real.supplier, request.objectId, answer, later(real));
    const [latest] = payment.answers;
    const isRepeated = latest?.response === answer.response && latest.remarks === answer.remarks;
    if (payment.incoming === null) expect(kind).toBe("not-found");
    else if (payment.incoming !== "AWAITING_CONFIRMATION")
      expect(kind).toBe(isRepeated ? "replayed" : "already-answered");
    else if (this.response === "REJECT" && payment.onPlatform) expect(kind).toBe("reject-not-allowed");
    else {
      expect(kind).toBe("answered");
      payment.answers.unshift({ ...answer, heard: [] });
      payment.incoming = "CONFIRMING";
    }
  }
  protected remarksFor = (payment: ModelPayment) => `answer ${payment.answers.length}`;
  override toString = () => `Answer(${this.pick}, ${this.response})`;
}

/** The words of the last answer once more: a double click, a retry, or a second try after the first was not taken. */
class AnswerAgain extends AnswerIt {
  protected override remarksFor = (payment: ModelPayment) => payment.answers[0]?.remarks ?? "answer 0";
  override toString = () => `AnswerAgain(${this.pick}, ${this.response})`;
}

class SendAgain extends OnPayment {
  async act(payment: ModelPayment, _model: Model, real: Real, request: PaymentRequest) {
    const paid = await sendAgain(real.buyer, "OUTGOING", request.objectId, later(real));
    expect(paid).toBe(payment.outgoing === "SENDING" ? "queued" : "nothing-to-send");
    const answered = await sendAgain(real.supplier, "INCOMING", request.objectId, later(real));
    const open = payment.incoming === "CONFIRMING" ? "queued" : "nothing-to-send";
    expect(answered).toBe(payment.incoming === null ? "not-found" : open);
  }
}

/** No attempt gets through any more, or the network has it and says nothing for a week: both sides give up what they had sent. */
class GiveUp extends OnPayment {
  constructor(
    pick: number,
    readonly state: "STOPPED" | "DELIVERED",
  ) {
    super(pick);
  }
  async act(payment: ModelPayment, _model: Model, real: Real, request: PaymentRequest) {
    const { objectId } = request;
    await prisma.message.updateMany({
      where: { objectId, direction: "OUT", state: { in: ["QUEUED", "STOPPED", "DELIVERED"] } },
      data: { state: this.state, nextAttemptAt: null },
    });
    if (this.state === "DELIVERED") real.seconds += 7 * 86_400;
    const paid = await giveUp(real.buyer, "OUTGOING", objectId, later(real));
    expect(paid).toBe(payment.outgoing === "SENDING" ? "given-up" : "nothing-to-give-up");
    if (payment.outgoing === "SENDING") payment.outgoing = "FAILED";
    const answered = await giveUp(real.supplier, "INCOMING", objectId, later(real));
    const open = payment.incoming === "CONFIRMING" ? "given-up" : "nothing-to-give-up";
    expect(answered).toBe(payment.incoming === null ? "not-found" : open);
    if (payment.incoming === "CONFIRMING") payment.incoming = "AWAITING_CONFIRMATION";
  }
  override toString = () => `GiveUp(${this.pick}, ${this.state})`;
}

const saying = ({ response, remarks }: ModelPayment["answers"][number]) => `${response} ${remarks}`;

class Confirm extends OnPayment {
  async act(payment: ModelPayment, model: Model, _real: Real, request: PaymentRequest) {
    const body: ReqPayConfirmation | null = await sent(request.objectId, "REQ_PAY_CONFIRMATION");
    const [latest] = payment.answers;
    expect(body === null).toBe(latest === undefined);
    if (!body || !latest) return;
    const code = refusalIn(await callGateway("req-pay-confirmation", { body }))?.code ?? null;
    if (payment.taken !== null) {
      expect(code).toBe(payment.taken === saying(latest) ? null : "DUPLICATE_CONFLICT");
      return;
    }
    const failed = payment.outgoing === "FAILED" && latest.response === "ACCEPT";
    const tooMuch = failed ? excess(model, "outgoing", payment.lines) : null;
    expect(code).toBe(tooMuch === null ? null : "EXCEEDS_DUE");
    if (tooMuch !== null) return;
    payment.taken = saying(latest);
    payment.outgoing = latest.response === "ACCEPT" ? "ACCEPTED" : "REJECTED";
  }
}

class Hear extends OnPayment {
  constructor(
    pick: number,
    readonly result: "SUCCESS" | "FAILURE",
  ) {
    super(pick);
  }
  async act(payment: ModelPayment, _model: Model, _real: Real, request: PaymentRequest) {
    const confirmation: ReqPayConfirmation | null = await sent(request.objectId, "REQ_PAY_CONFIRMATION");
    const [latest] = payment.answers;
    if (!confirmation || !latest) return;
    const reqMsgId = `C${payment.answers.length}-${request.objectId}`;
    const body = outcomeOf(confirmation, { reqMsgId, ...(this.result === "FAILURE" && FAILURE) });
    const code = refusalIn(await callGateway("resp-pay-confirmation", { body }))?.code ?? null;
    const repeated = latest.heard.includes(this.result);
    const conflict = !repeated && latest.heard.includes("SUCCESS");
    expect(code).toBe(conflict ? "DUPLICATE_CONFLICT" : null);
    if (conflict || repeated) return;
    latest.heard.push(this.result);
    const end = latest.response === "ACCEPT" ? "ACCEPTED" : "REJECTED";
    payment.incoming = this.result === "SUCCESS" ? end : "AWAITING_CONFIRMATION";
  }
  override toString = () => `Hear(${this.pick}, ${this.result})`;
}

const pick = fc.nat(20);
const result = fc.constantFrom("SUCCESS", "SUCCESS", "FAILURE") as fc.Arbitrary<"SUCCESS" | "FAILURE">;
const response = fc.constantFrom("ACCEPT", "REJECT") as fc.Arbitrary<"ACCEPT" | "REJECT">;
const tds = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 }));
const line = fc.record({ invoice: fc.nat(2), amount: fc.integer({ min: 1, max: 900 }), tds });

const commands = fc.commands(
  [
    fc.tuple(fc.array(line, { minLength: 1, maxLength: 2 }), fc.boolean()).map((args) => new Pay(...args)),
    fc.tuple(fc.array(line, { minLength: 1, maxLength: 2 }), fc.constant(false)).map((args) => new Pay(...args)),
    pick.map((n) => new PayAgain(n)),
    pick.map((n) => new Arrive(n)),
    pick.map((n) => new Arrive(n)),
    fc.tuple(pick, result).map((args) => new Tell(...args)),
    fc.tuple(pick, response).map((args) => new AnswerIt(...args)),
    fc.tuple(pick, response).map((args) => new AnswerIt(...args)),
    fc.tuple(pick, response).map((args) => new AnswerAgain(...args)),
    pick.map((n) => new SendAgain(n)),
    fc.tuple(pick, fc.constantFrom("STOPPED" as const, "DELIVERED" as const)).map((args) => new GiveUp(...args)),
    pick.map((n) => new Confirm(n)),
    pick.map((n) => new Confirm(n)),
    fc.tuple(pick, result).map((args) => new Hear(...args)),
    fc.constantFrom(null, 0, 500).map((from) => new AskForApproval(from)),
    fc.tuple(pick, fc.boolean()).map((args) => new Approve(...args)),
    fc.tuple(pick, fc.boolean()).map((args) => new Decline(...args)),
  ],
  { maxCommands: 60, size: "max" },
);

const runs = randomRuns(12);

test(
  "the portal does what the model says, whatever comes in whatever order",
  async () => {
    const totals = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(totals, commands, async (amounts, given) => {
        const buyer = await makeBusiness("Anvaya");
        const supplier = await makeBusiness("Kaveri");
        const invoices: InvoicePair[] = [];
        for (const total of amounts) invoices.push(await makeInvoice(buyer, supplier, total));
        const real = { buyer, supplier, invoices, requests: [], seconds: 0 };
        await fc.asyncModelRun(() => ({ model: { totals: amounts, approvalFrom: null, payments: [] }, real }), given);
      }),
      { ...runs, endOnFailure: true },
    );
  },
  60_000 + 10_000 * runs.numRuns,
);
