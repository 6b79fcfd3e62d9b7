import { sealBusiness } from "@/features/audit/seal";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { sendAgain } from "@/features/payments/mutations/send-again";
import type { SendResult } from "@/features/protocol/network-client";
import { describeEveryStep, told } from "@/tests/every-step";
import { NOW } from "@/tests/gateway";
import { ACKED, claim, FORBIDDEN, giveItUp, NOT_HERE, SIDES, settle } from "@/tests/giving-up";
import { expectAuditHolds } from "@/tests/sound-books";
import { answered, answeredTrade, arrivedTrade, FAILURE, outcomeOf, paidTrade, respPayOf } from "@/tests/trade";

// What may happen to one payment at the same moment, on either side (tests/every-step.ts).

const HERE = { response: "ACCEPT", remarks: "Received" } as const;
const REFUSED: SendResult = {
  kind: "refused",
  status: 200,
  refusal: { code: "NO", detail: "The network says no.", field: "" },
  reply: "",
};
/** Under what the network knows the message that was sent. */
const SENT = { reqMsgId: "R0" };

/** A payment that the network doesn't let in any more, though an attempt of before is still out, and it has arrived. */
async function onItsWay() {
  const trade = await paidTrade();
  await told("req-pay", trade.reqPay);
  const confirmation = await answered(trade, HERE);
  const late = await claim(trade, "buyer");
  await settle({ ...late, attempts: late.attempts + 1 }, FORBIDDEN);
  return { ...trade, confirmation, late };
}

describeEveryStep("a payment on its way", {
  prepare: onItsWay,
  mutations: {
    "its SUCCESS": ({ reqPay }) => told("resp-pay", respPayOf(reqPay, SENT)),
    "its FAILURE": ({ reqPay }) => told("resp-pay", respPayOf(reqPay, { ...FAILURE, ...SENT })),
    "the buyer gives it up": (trade) => giveItUp(trade, "buyer"),
    "an attempt at it is refused": ({ late }) => settle(late, REFUSED),
  },
  more: {
    "its confirmation": ({ confirmation }) => told("req-pay-confirmation", confirmation),
    "the buyer sends it again": (trade) => sendAgain(trade.buyer, SIDES.buyer, trade.request.objectId, NOW),
    "an attempt at it is acked": ({ late }) => settle(late, ACKED),
    "its req-pay comes again": ({ reqPay }) => told("req-pay", reqPay),
  },
});

/** The same of an answer. */
async function answerOnItsWay() {
  const trade = await answeredTrade(HERE);
  const late = await claim(trade, "supplier");
  await settle({ ...late, attempts: late.attempts + 1 }, FORBIDDEN);
  return { ...trade, late };
}

describeEveryStep("an answer on its way", {
  prepare: answerOnItsWay,
  mutations: {
    "its SUCCESS": ({ confirmation }) => told("resp-pay-confirmation", outcomeOf(confirmation, SENT)),
    "the supplier takes it back": (trade) => giveItUp(trade, "supplier"),
    "the supplier gives another": ({ supplier, request }) => answerPayment(supplier, request.objectId, NOT_HERE, NOW),
  },
  more: {
    "an attempt at it is refused": ({ late }) => settle(late, REFUSED),
    "its FAILURE": ({ confirmation }) =>
      told("resp-pay-confirmation", outcomeOf(confirmation, { ...FAILURE, ...SENT })),
    "the supplier sends it again": (trade) => sendAgain(trade.supplier, SIDES.supplier, trade.request.objectId, NOW),
    "an attempt at it is acked": ({ late }) => settle(late, ACKED),
    "its confirmation comes": ({ confirmation }) => told("req-pay-confirmation", confirmation),
  },
});

describeEveryStep("a trail of changes", {
  prepare: () => arrivedTrade(),
  mutations: {
    "the supplier answers": ({ supplier, request }) => answerPayment(supplier, request.objectId, HERE, NOW),
    "the trail is sealed": async ({ supplier }) => {
      await sealBusiness(supplier.businessId);
    },
  },
  after: expectAuditHolds,
});

/** An answer that was not taken, and was given again otherwise; an attempt at the other one is out. */
async function answeredAnew() {
  const trade = await answeredTrade(HERE);
  await settle(await claim(trade, "supplier"), REFUSED);
  const anew = await answered(trade, NOT_HERE);
  return { ...trade, anew, late: await claim(trade, "supplier") };
}

describeEveryStep("an answer after another", {
  prepare: answeredAnew,
  mutations: {
    "a SUCCESS of the first": ({ confirmation }) => told("resp-pay-confirmation", outcomeOf(confirmation, SENT)),
    "a FAILURE of the second": ({ anew }) => told("resp-pay-confirmation", outcomeOf(anew, FAILURE)),
  },
  more: {
    "a SUCCESS of the second": ({ anew }) => told("resp-pay-confirmation", outcomeOf(anew)),
    "a FAILURE of the first": ({ confirmation }) =>
      told("resp-pay-confirmation", outcomeOf(confirmation, { ...FAILURE, ...SENT })),
    "the second is acked": ({ late }) => settle(late, { ...ACKED, reqMsgId: "R1" } as SendResult),
    "the second is refused": ({ late }) => settle(late, REFUSED),
    "the supplier takes it back": (trade) => giveItUp(trade, "supplier"),
    "the supplier gives the first again": ({ supplier, request }) =>
      answerPayment(supplier, request.objectId, HERE, NOW),
  },
});
