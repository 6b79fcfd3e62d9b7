import { by, type Check, rupees } from "@/chaos/checks/check";
import type { Facts, PaymentFact } from "@/chaos/facts";
import { APPROVAL_FROM, APPROVING } from "@/chaos/world";

/** What the books of its buyer say of a payment's approval. */
interface Approval {
  payment: PaymentFact;
  isApproved: boolean;
  isDeclined: boolean;
  /** The network may have heard of it. */
  isTold: boolean;
}

function approvalsOf({ payments, events, messages }: Facts): Approval[] {
  const own = payments.filter(({ side, business }) => side === "OUTGOING" && business === APPROVING.b2bId);
  const done = by(
    events.filter(({ business }) => business === APPROVING.b2bId),
    ({ payment }) => payment,
  );
  const told = new Set(
    messages
      .filter(
        ({ direction, operation, business }) =>
          direction === "OUT" && operation === "REQ_PAY" && business === APPROVING.b2bId,
      )
      .map(({ objectId }) => objectId),
  );
  return own.map((payment) => {
    const actions = (done.get(payment.objectId) ?? []).map(({ action }) => action);
    return {
      payment,
      isApproved: actions.includes("payment.approved"),
      isDeclined: actions.includes("payment.declined"),
      isTold: told.has(payment.objectId),
    };
  });
}

/** What is wrong with one, in words; `said` are the decisions that somebody took. */
function wrongWith({ payment, isApproved, isDeclined, isTold }: Approval, said: Facts["decisions"]): string[] {
  const needsOne = payment.total >= APPROVAL_FROM;
  const acknowledged = (isYes: boolean) => said.some((one) => one.isYes === isYes && one.acknowledged);
  const cases: [isWrong: boolean, words: string][] = [
    [needsOne && isTold && !isApproved, `${rupees(payment.total)} was sent, and nobody approved it`],
    [isDeclined && (isTold || isApproved), "declined, and sent or approved all the same"],
    [isDeclined && payment.status !== "FAILED", `declined, and ${payment.status} in its books`],
    [isApproved && !said.some(({ isYes }) => isYes), "approved, and nobody said so"],
    [isDeclined && !said.some(({ isYes }) => !isYes), "declined, and nobody said so"],
    [acknowledged(true) && !isApproved, "its approval was acknowledged, and is not in its books"],
    [acknowledged(false) && !isDeclined, "a no to it was acknowledged, and is not in its books"],
    [said.filter((one) => one.acknowledged).length > 1, "more than one decision was acknowledged"],
  ];
  return cases.filter(([isWrong]) => isWrong).map(([, words]) => `payment ${payment.objectId}: ${words}`);
}

const second: Check = {
  name: "a second person approved",
  promise:
    "what needs a second person is sent once one has said yes, and never after a no; and a decision that was acknowledged stands",
  find(facts) {
    const said = by(facts.decisions, ({ objectId }) => objectId);
    return approvalsOf(facts).flatMap((approval) => wrongWith(approval, said.get(approval.payment.objectId) ?? []));
  },
};

export const APPROVED: readonly Check[] = [second];
