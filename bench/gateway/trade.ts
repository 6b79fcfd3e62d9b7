import {
  REQ_PAY_CONFIRMATION_EXAMPLE,
  REQ_PAY_EXAMPLE,
  RESP_PAY_CONFIRMATION_EXAMPLE,
  RESP_PAY_EXAMPLE,
} from "@/features/protocol/examples";
import type { Operation } from "@/features/protocol/schema";

/*
 * The payments of the bench, each a function of its number `n`, so that rows made by SQL and messages made here fit together:
 * payment n is of one invoice of ₹1,000.00, between buyer and supplier number n % businesses.
 */

export const TOTAL_PAISE = 100_000;
const TOTAL = TOTAL_PAISE / 100;

/** Bytes of a message's body, as in the measurements that the goal was set by. */
const BODY_BYTES = 2048;

export const hex = (n: number): string => n.toString(16).padStart(32, "0");

/** The `reqMsgId` with which the network acknowledged what this payment's sender sent. */
const sentReqMsgId = (n: number): string => `REQ${hex(n)}`;

/** The message of payment `n`, padded to 2 KB with further information, as buyers' software sends it. */
export function messageOf(operation: Operation, n: number, businesses: number): string {
  const k = n % businesses;
  const b2bIds = { buyerB2BId: `BUYER${k}@BCB`, supplierB2BId: `SUPPLIER${k}@BCB` };
  const objectId = `PMT${hex(n)}`;
  const names = { objectId: `INV${hex(n)}`, supplierInvoiceNumber: `KM/${n}` };
  const [line] = REQ_PAY_EXAMPLE.payment.invoicesPayInfos;
  const amounts = { netPaidAmount: TOTAL - 20, netAdjustmentAmount: 20, totalAmount: TOTAL, currency: "INR" } as const;
  const payment = {
    ...REQ_PAY_EXAMPLE.payment,
    objectId,
    paymentAmount: amounts,
    invoicesPayInfos: [
      {
        ...line,
        ...names,
        invoiceAmount: { dueAmount: TOTAL, totalAmount: TOTAL, currency: "INR" },
        invoicePaymentAmount: { ...amounts, splits: [{ name: "TDS", value: 20, refNo: "194Q" }] },
      },
    ],
  };
  const paymentConfirmation = {
    ...REQ_PAY_CONFIRMATION_EXAMPLE.paymentConfirmation,
    objectId,
    invoiceInfos: [{ ...REQ_PAY_CONFIRMATION_EXAMPLE.paymentConfirmation.invoiceInfos[0], ...names }],
  };
  const resp = { ...RESP_PAY_EXAMPLE.resp, reqMsgId: sentReqMsgId(n) };
  switch (operation) {
    case "req-pay":
      return padded((additionalInfos) => ({ ...REQ_PAY_EXAMPLE, b2bIds, payment, additionalInfos }));
    case "resp-pay":
      return padded((additionalInfos) => ({ resp, b2bIds, payment, additionalInfos }));
    case "req-pay-confirmation":
      return padded((tags) => ({ ...REQ_PAY_CONFIRMATION_EXAMPLE, b2bIds, paymentConfirmation, additionalInfo: tags }));
    case "resp-pay-confirmation":
      return padded((additionalInfo) => ({
        ...RESP_PAY_CONFIRMATION_EXAMPLE,
        resp,
        b2bIds,
        paymentConfirmation,
        additionalInfo,
      }));
  }
}

function padded(withTags: (tags: { name: string; value: string }[]) => unknown): string {
  const tags: { name: string; value: string }[] = [];
  let text = JSON.stringify(withTags(tags));
  while (text.length < BODY_BYTES) {
    const value = hex(tags.length * 7919 + text.length).slice(0, Math.max(1, BODY_BYTES - text.length - 30));
    tags.push({ name: `costCentre${tags.length}`, value });
    text = JSON.stringify(withTags(tags));
  }
  return text;
}
