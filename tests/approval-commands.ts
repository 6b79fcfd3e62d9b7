import type fc from "fast-check";
import { expect } from "vitest";
import { approvePayment } from "@/features/payments/mutations/approve";
import { declinePayment } from "@/features/payments/mutations/decline";
import type { PaymentRequest } from "@/features/payments/schema";
import { askForApproval, colleagueOf } from "@/tests/approvals";
import { later, type Model, type ModelPayment, OnPayment, type Real } from "@/tests/payment-model";
import { prisma } from "@/tests/prisma";

// What a second person does, for the model of features/payments/model.integration.test.ts.

/** The rule is changed; what waits already goes on waiting. */
export class AskForApproval implements fc.AsyncCommand<Model, Real> {
  constructor(readonly from: number | null) {}
  check = () => true;
  async run(model: Model, real: Real) {
    await askForApproval(real.buyer, this.from);
    model.approvalFrom = this.from;
  }
  toString = () => `AskForApproval(${this.from})`;
}

/** Somebody says yes or no to what waits: who made it, or another. */
abstract class OnWaiting extends OnPayment {
  constructor(
    pick: number,
    readonly isOwn: boolean,
  ) {
    super(pick);
  }
  protected who = (real: Real) => (this.isOwn ? real.buyer : colleagueOf(real.buyer));
  override toString = () => `${this.constructor.name}(${this.pick}, ${this.isOwn ? "own" : "another's"})`;
}

export class Approve extends OnWaiting {
  async act(payment: ModelPayment, _model: Model, real: Real, { objectId }: PaymentRequest) {
    const outcome = await approvePayment(this.who(real), objectId, later(real));
    const waits = payment.outgoing === "AWAITING_APPROVAL";
    const said = this.isOwn ? "own" : "approved";
    expect(outcome).toBe(waits ? said : "not-waiting");
    if (outcome !== "approved") return;
    payment.outgoing = "SENDING";
    expect(await prisma.message.count({ where: { objectId, direction: "OUT", operation: "REQ_PAY" } })).toBe(1);
  }
}

export class Decline extends OnWaiting {
  async act(payment: ModelPayment, _model: Model, real: Real, { objectId }: PaymentRequest) {
    const outcome = await declinePayment(this.who(real), objectId, { remarks: "No" }, later(real));
    const waits = payment.outgoing === "AWAITING_APPROVAL";
    expect(outcome).toBe(waits ? "declined" : "not-waiting");
    if (waits) payment.outgoing = "FAILED";
  }
}
