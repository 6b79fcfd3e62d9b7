import { type Incoming, invoicesOf, toAnswer } from "@/chaos/bills";
import { pick } from "@/chaos/choose";
import { Client, isYesOfV0, isYesOfV1, type Trade } from "@/chaos/client";
import { confirmationText } from "@/chaos/messages";
import type { Business } from "@/chaos/world";
import { between } from "@/sandbox/random";

const BETWEEN_ANSWERS_MS = { min: 50, max: 500 };

type Answer = { response: "ACCEPT" | "REJECT"; remarks: string };

/**
 * A supplier's software: looks for payments that wait, and accepts or rejects them. When the trade closes it goes on until there is
 * nothing left to answer and everything is over.
 */
export async function sell(trade: Trade, business: Business, label: string): Promise<void> {
  const client = new Client(trade, business, `supplier ${label}`);
  for (let count = 1; !trade.over.aborted; count++) {
    await client.pause(between(client.random, BETWEEN_ANSWERS_MS.min, BETWEEN_ANSWERS_MS.max));
    const payment = pick(client.random, (await toAnswer(client)).filter(canStillEnd));
    if (payment) await answer(client, payment, `${label}-${count}`);
  }
}

/** A payment on the platform whose ACCEPT the buyer's bill can't take is a matter for people (docs/decisions/004). */
const canStillEnd = ({ type, failure }: Incoming) => !(type === "ONPLATFORM" && failure?.code === "EXCEEDS_DUE");

async function answer(client: Client, payment: Incoming, words: string): Promise<void> {
  const { random, trade } = client;
  // The buyer's side has an answer, whose reply was lost on the way: only that one, given again, settles it (docs/decisions/021).
  const given = trade.ledger.answers.filter(({ objectId }) => objectId === payment.objectId);
  const hasAnother = ["ALREADY_ANSWERED", "DUPLICATE_CONFLICT"].includes(payment.failure?.code ?? "");
  const earlier = hasAnother ? pick(random, given) : undefined;
  if (earlier) return give(client, payment, { response: earlier.response, remarks: earlier.remarks });
  const mayReject = payment.type === "OFFPLATFORM";
  // After a refusal the other answer is the one that can still be taken: the buyer's bill may not take the amount any more.
  const rejects = mayReject && (payment.failure !== null || random() < 0.25);
  const first = { response: rejects ? "REJECT" : "ACCEPT", remarks: `Looked at the bank, ${words}` } as const;
  const contradicts = random() < 0.1;
  const second = {
    response: mayReject && random() < 0.5 ? "REJECT" : "ACCEPT",
    remarks: `Second look, ${words}`,
  } as const;
  // Two people at once, and only one of them may be told yes.
  await Promise.all([give(client, payment, first), ...(contradicts ? [give(client, payment, second)] : [])]);
}

async function give(client: Client, payment: Incoming, given: Answer): Promise<void> {
  const { business, random, trade } = client;
  const asV0 = random() < 0.5;
  const invoices = asV0 ? await invoicesOf(client, payment.objectId) : null;
  const text = invoices && confirmationText(payment, given, { supplier: business.b2bId, invoices, now: new Date() });
  const noted = {
    objectId: payment.objectId,
    supplier: business.b2bId,
    ...given,
    acknowledged: false,
    replies: [] as string[],
  };
  trade.ledger.answers.push(noted);
  const until = async () => {
    const reply = await client.untilDefinite(() =>
      text ? client.v0("req-pay-confirmation", text) : client.v1(`/payments/${payment.objectId}/answer`, given),
    );
    if (!reply || !(text ? isYesOfV0(reply) : isYesOfV1(reply))) return;
    noted.acknowledged = true;
    if (text) noted.replies.push(reply.text);
  };
  await until();
  if (random() < 0.15) await until();
}
