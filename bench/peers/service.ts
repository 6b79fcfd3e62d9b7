import { randomUUID } from "node:crypto";
import Fastify from "fastify";
import pg from "pg";
import { z } from "zod";
import { STATEMENTS } from "./tables";

/*
 * The peer of the gateway's bench: what a good engineer writes in an afternoon for the same four messages, with the fastest of the
 * usual parts: Fastify, zod, `pg`, one statement a message, committed durably, answered as the protocol says. It has none of what the
 * portal owes its users: no signature, no check that a message came before, no guard on a status or an amount, no hash, no history
 * that is sealed, no log.
 */

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 8,
  // Left to itself the planner takes a list of JSON for a hundred rows, and reads all of a business's invoices for each payment.
  options: "-c enable_hashjoin=off -c enable_mergejoin=off",
});
const app = Fastify({ bodyLimit: 262_144 });

const ids = z.object({ buyerB2BId: z.string(), supplierB2BId: z.string() });
const amount = z.object({ netPaidAmount: z.number(), netAdjustmentAmount: z.number(), totalAmount: z.number() });
const tags = z.array(z.object({ name: z.string(), value: z.string() }));
const payment = z.object({
  objectId: z.string(),
  ts: z.string(),
  type: z.string(),
  mode: z.string(),
  utr: z.string(),
  paymentAmount: amount,
  invoicesPayInfos: z.array(
    z.object({
      objectId: z.string(),
      supplierInvoiceNumber: z.string(),
      invoiceAmount: z.object({ dueAmount: z.number(), totalAmount: z.number() }),
      invoicePaymentAmount: amount.extend({ splits: z.array(z.object({ name: z.string(), value: z.number() })) }),
    }),
  ),
});
const confirmation = z.object({
  objectId: z.string(),
  ts: z.string(),
  supplierResponse: z.enum(["ACCEPT", "REJECT"]),
  supplierRemarks: z.string(),
  invoiceInfos: z.array(z.object({ objectId: z.string(), supplierInvoiceNumber: z.string() })),
});
const resp = z.object({ reqMsgId: z.string(), result: z.string() });

const paise = (rupees: number) => Math.round(rupees * 100);

/** Commits the message and acknowledges it: by an id alone, or with the message's own content (seeds 000 and 004). */
async function run(name: keyof typeof STATEMENTS, values: unknown[], echo?: object): Promise<object> {
  const reqMsgId = randomUUID();
  await pool.query({ name, text: STATEMENTS[name], values: [randomUUID(), randomUUID(), reqMsgId, ...values] });
  const answer = { reqMsgId, result: "SUCCESS", errorCd: "", errorDtl: "", errorField: "" };
  return {
    response_code: 0,
    response_message: "Success",
    payload: echo ? { resp: answer, ...echo } : reqMsgId,
  };
}

const reqPay = z.object({ b2bIds: ids, payment, additionalInfos: tags });
app.post("/req-pay", async (request) => {
  const { b2bIds, payment: p, additionalInfos } = reqPay.parse(request.body);
  const lines = p.invoicesPayInfos.map((line) => ({
    object_id: line.objectId,
    net: paise(line.invoicePaymentAmount.netPaidAmount),
    adjustment: paise(line.invoicePaymentAmount.netAdjustmentAmount),
    total: paise(line.invoicePaymentAmount.totalAmount),
    splits: line.invoicePaymentAmount.splits,
  }));
  const { netPaidAmount, netAdjustmentAmount, totalAmount } = p.paymentAmount;
  const values = [
    JSON.stringify(request.body),
    b2bIds.supplierB2BId,
    b2bIds.buyerB2BId,
    p.objectId,
    p.type,
    p.mode,
    p.utr,
    p.ts,
    paise(netPaidAmount),
    paise(netAdjustmentAmount),
    paise(totalAmount),
    JSON.stringify(lines),
  ];
  return run("req-pay", values, { b2bIds, payment: p, additionalInfos });
});

const respPay = z.object({ resp, b2bIds: ids, payment, additionalInfos: tags });
app.post("/resp-pay", async (request) => {
  const { b2bIds, payment: p } = respPay.parse(request.body);
  return run("resp-pay", [JSON.stringify(request.body), b2bIds.buyerB2BId, p.objectId]);
});

const reqConfirmation = z.object({ b2bIds: ids, paymentConfirmation: confirmation, additionalInfo: tags });
app.post("/req-pay-confirmation", async (request) => {
  const { b2bIds, paymentConfirmation: c, additionalInfo } = reqConfirmation.parse(request.body);
  const values = [JSON.stringify(request.body), b2bIds.buyerB2BId, c.objectId, c.supplierResponse, c.supplierRemarks];
  return run("req-pay-confirmation", values, { b2bIds, paymentConfirmation: c, additionalInfo });
});

const respConfirmation = z.object({ resp, b2bIds: ids, paymentConfirmation: confirmation, additionalInfo: tags });
app.post("/resp-pay-confirmation", async (request) => {
  const { b2bIds, paymentConfirmation: c } = respConfirmation.parse(request.body);
  return run("resp-pay-confirmation", [JSON.stringify(request.body), b2bIds.supplierB2BId, c.objectId]);
});

await app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
