import { expect, test } from "vitest";
import * as exportRoute from "@/app/api/v1/businesses/[business]/payments/export/route";
import * as listRoute from "@/app/api/v1/businesses/[business]/payments/route";
import { getInvoice } from "@/features/invoices/data";
import { settleAttempt } from "@/features/messages/mutations/settle-attempts";
import { findByUtr, getPayment } from "@/features/payments/data";
import { sendAgain } from "@/features/payments/mutations/send-again";
import { paymentStatusWords } from "@/features/payments/words";
import { apiOf } from "@/tests/api";
import { claimQueued } from "@/tests/deliver";
import { NOW } from "@/tests/gateway";
import { answeredTrade, paidTrade } from "@/tests/trade";

type Trade = Awaited<ReturnType<typeof paidTrade>>;
type Who = "buyer" | "supplier";

const SIDES = { buyer: "outgoing", supplier: "incoming" } as const;

/** The network refuses the call with the business's message. */
async function refuseCall(trade: Trade, who: Who) {
  await settleAttempt({
    message: await claimQueued(trade[who], NOW),
    result: { kind: "stopped", status: 403, reply: "" },
    startedAt: NOW,
    endedAt: NOW,
  });
}

/** What the payment is called wherever its status is said. */
async function saidOf(trade: Trade, who: Who) {
  const { objectId, utr } = trade.request;
  const [scope, side] = [trade[who], SIDES[who]];
  const call = await apiOf(scope);
  const listed = async (narrowed: string) => {
    const { items } = await (await call(listRoute.GET, { search: `?side=${side}${narrowed}` })).json();
    return items.map(({ statusWords, undelivered }: { statusWords: string; undelivered: boolean }) =>
      undelivered ? `${statusWords} (undelivered)` : statusWords,
    );
  };
  const [, line = ""] = (await (await call(exportRoute.GET, { search: `?side=${side}` })).text()).split("\r\n");
  const { payments } = await getInvoice(scope, who === "buyer" ? trade.first.payableId : trade.first.receivableId, NOW);
  const detail = await getPayment(scope, objectId, NOW);
  return {
    list: await listed(""),
    search: await listed(`&q=${utr}`),
    todo: await listed("&todo=send-again"),
    page: detail.statusWords,
    invoice: payments.map(({ statusWords }) => statusWords),
    sameUtr: (await findByUtr(scope, { utr, side })).map((used) => paymentStatusWords(side, used.status, used)),
    exported: /(Being sent|Answer on its way|Answer to send again|To send again)/.exec(line)?.[0],
  };
}

const everywhere = (words: string) => ({ page: words, invoice: [words], sameUtr: [words], exported: words });

test.each([
  ["a payment", "buyer", paidTrade, ["Being sent", "To send again"]],
  ["an answer", "supplier", answeredTrade, ["Answer on its way", "Answer to send again"]],
] as const)("%s that goes no further is called so wherever its status is said", async (_, who, make, words) => {
  const [onItsWay, stuck] = words;
  const trade = await make();
  const moving = { ...everywhere(onItsWay), list: [onItsWay], search: [onItsWay], todo: [] };
  expect(await saidOf(trade, who)).toEqual(moving);
  await refuseCall(trade, who);
  const marked = [`${stuck} (undelivered)`];
  expect(await saidOf(trade, who)).toEqual({ ...everywhere(stuck), list: marked, search: marked, todo: marked });
  await sendAgain(trade[who], who === "buyer" ? "OUTGOING" : "INCOMING", trade.request.objectId, NOW);
  expect(await saidOf(trade, who)).toEqual(moving);
});

test("the other party's books, and its other payments, are called what they were", async () => {
  const trade = await answeredTrade();
  await refuseCall(trade, "supplier");
  expect((await getPayment(trade.buyer, trade.request.objectId, NOW)).statusWords).toBe("Waiting for supplier");
  expect((await getInvoice(trade.buyer, trade.first.payableId, NOW)).payments).toMatchObject([{ undelivered: false }]);
});
