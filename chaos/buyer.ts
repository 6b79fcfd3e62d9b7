import { openBills } from "@/chaos/bills";
import { some } from "@/chaos/choose";
import { Client, isYesOfV0, isYesOfV1, type Trade } from "@/chaos/client";
import { reqPayText } from "@/chaos/messages";
import { adjustmentOf, makeOrder, netOf, type Order } from "@/chaos/order";
import type { Business } from "@/chaos/world";
import { between } from "@/sandbox/random";

const BETWEEN_PAYMENTS_MS = { min: 100, max: 900 };

/** The portal's own API pays in paise, and names a bill by the buyer's own id. */
function v1Body({ lines, supplier, ...order }: Order) {
  return {
    ...order,
    supplierB2BId: supplier,
    lines: lines.map(({ bill, net, adjustment, splits }) => ({
      invoiceId: bill.id,
      netPaise: net,
      adjustmentPaise: adjustment,
      splits: splits.map(({ name, value, refNo }) => ({ name, valuePaise: value, refNo })),
    })),
  };
}

/**
 * A buyer's software: reads what it owes, pays some of it, and asks again until it knows. Now and then several people pay shares of
 * one bill at once, whose books they must not spoil for each other.
 */
export async function buy(trade: Trade, business: Business, label: string): Promise<void> {
  const client = new Client(trade, business, `buyer ${label}`);
  const { random } = client;
  while (!trade.closing.aborted) {
    await client.pause(between(random, BETWEEN_PAYMENTS_MS.min, BETWEEN_PAYMENTS_MS.max), trade.closing);
    const bills = (await openBills(client)).filter(({ duePaise }) => duePaise > 0);
    const isRush = random() < 0.35;
    const chosen = isRush ? some(random, bills, 1) : bills;
    const orders = Array.from({ length: isRush ? between(random, 2, 4) : 1 }, () =>
      makeOrder(random, chosen, new Date()),
    );
    if (trade.closing.aborted) return;
    await Promise.all(orders.map((order) => order && pay(client, order)));
  }
}

async function pay(client: Client, order: Order): Promise<void> {
  const { business, random, trade } = client;
  const way = random() < 0.5 ? ("v0" as const) : ("v1" as const);
  // Noted before it is asked for: a reply that is lost may stand for a payment that was made.
  const noted = {
    objectId: order.objectId,
    buyer: business.b2bId,
    supplier: order.supplier,
    type: order.type,
    mode: order.mode,
    utr: order.utr,
    paidAt: Date.parse(order.paidAt),
    way,
    net: netOf(order),
    adjustment: adjustmentOf(order),
    acknowledged: false,
    replies: [] as string[],
    lines: order.lines.map(({ bill, net, adjustment }) => ({ objectId: bill.objectId, net, adjustment })),
  };
  trade.ledger.asked.push(noted);
  const text = reqPayText(order, business.b2bId);
  const body = v1Body(order);
  const ask = () => (way === "v0" ? client.v0("req-pay", text) : client.v1("/payments", body));
  const until = async () => {
    const answer = await client.untilDefinite(ask);
    if (!answer || !(way === "v0" ? isYesOfV0(answer) : isYesOfV1(answer))) return;
    noted.acknowledged = true;
    // The portal's own API tells how the payment fares by now; v0's reply is the message's, for good.
    if (way === "v0") noted.replies.push(answer.text);
  };
  // Now and then a double click, or a program that asks again although it knows.
  if (random() < 0.15) await Promise.all([until(), until()]);
  else await until();
  if (random() < 0.15) await until();
}
