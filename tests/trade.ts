import { answerPayment } from "@/features/confirmations/mutations/answer";
import type { Answer } from "@/features/confirmations/schema";
import { createPayment } from "@/features/payments/mutations/create";
import type { PaymentRequest } from "@/features/payments/schema";
import { paymentReply } from "@/features/protocol/reply";
import type { ReqPay, ReqPayConfirmation, RespPay, RespPayConfirmation } from "@/features/protocol/schema";
import { mintReqMsgId } from "@/lib/ids";
import { makeBusiness, makeInvoice, paymentOf } from "@/tests/books";
import { callGateway, NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";

/** A buyer and a supplier on this portal, with two invoices of ₹1,000 and ₹500 between them. */
export async function makeTrade() {
  const buyer = await makeBusiness("Anvaya");
  const supplier = await makeBusiness("Kaveri");
  const first = await makeInvoice(buyer, supplier, 100_000);
  const second = await makeInvoice(buyer, supplier, 50_000);
  return { buyer, supplier, first, second };
}

export type Trade = Awaited<ReturnType<typeof makeTrade>>;

/** The buyer has paid both invoices in full; its req-pay is on its way. */
export async function paidTrade(changes: Partial<PaymentRequest> = {}) {
  const trade = await makeTrade();
  const request = paymentOf(
    trade.supplier,
    [
      { invoice: trade.first, net: 98_000, tds: 2_000 },
      { invoice: trade.second, net: 50_000 },
    ],
    changes,
  );
  await createPayment(trade.buyer, request, NOW);
  return { ...trade, request, reqPay: await sentReqPay(request.objectId) };
}

/** The req-pay has arrived at the supplier, whose answer to it is still awaited. */
export async function arrivedTrade(changes: Partial<PaymentRequest> = {}) {
  const trade = await paidTrade(changes);
  const { json } = await callGateway("req-pay", { body: trade.reqPay });
  if (json.response_code !== 0) throw new Error(`the req-pay was not taken: ${json.response_message}`);
  await callGateway("resp-pay", { body: respPayOf(trade.reqPay) });
  return trade;
}

/** The supplier has answered; its confirmation is on its way. */
export async function answeredTrade(answer: Answer = { response: "ACCEPT", remarks: "Received" }) {
  const trade = await arrivedTrade();
  return { ...trade, confirmation: await answered(trade, answer) };
}

type PaidTrade = Awaited<ReturnType<typeof paidTrade>>;

/** The supplier answers (again); its newest confirmation. */
export async function answered(
  trade: Partial<PaidTrade> & Pick<PaidTrade, "supplier" | "request">,
  answer: Answer,
  now = NOW,
) {
  await answerPayment(trade.supplier, trade.request.objectId, answer, now);
  const message = await prisma.message.findFirstOrThrow({
    where: { objectId: trade.request.objectId, direction: "OUT", operation: "REQ_PAY_CONFIRMATION" },
    orderBy: { revision: "desc" },
  });
  return JSON.parse(message.body) as ReqPayConfirmation;
}

/** The req-pay of a payment as it is sent to the network. */
export async function sentReqPay(objectId: string): Promise<ReqPay> {
  const { body } = await prisma.message.findFirstOrThrow({
    where: { objectId, direction: "OUT", operation: "REQ_PAY" },
  });
  return JSON.parse(body);
}

/** The invoices of a payment, as a confirmation of it names them. */
export const invoiceInfosOf = ({ payment }: ReqPay) =>
  payment.invoicesPayInfos.map(({ objectId, supplierInvoiceNumber, objectVersion, statusTransition }) => ({
    objectId,
    supplierInvoiceNumber,
    objectVersion,
    statusTransition,
  }));

export const FAILURE = {
  result: "FAILURE",
  errorCd: "SOME_CODE",
  errorDtl: "Not taken",
  errorField: "payment",
} as const;

/** The outcome of a req-pay, as the network tells it to the buyer. */
export function respPayOf(reqPay: ReqPay, resp: Partial<RespPay["resp"]> = {}): RespPay {
  const { payload } = paymentReply(mintReqMsgId(), reqPay).body;
  return { ...payload, resp: { ...payload.resp, ...resp } };
}

/** The outcome of a confirmation, as the network tells it to the supplier. */
export function outcomeOf(
  { b2bIds, paymentConfirmation }: ReqPayConfirmation,
  resp: Partial<RespPayConfirmation["resp"]> = {},
): RespPayConfirmation {
  const success = { reqMsgId: mintReqMsgId(), result: "SUCCESS", errorCd: "", errorDtl: "", errorField: "" } as const;
  return { resp: { ...success, ...resp }, b2bIds, paymentConfirmation, additionalInfo: [] };
}
