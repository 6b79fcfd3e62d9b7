import type { Bill } from "@/chaos/bills";
import { hexId, pick, some } from "@/chaos/choose";
import { PAYMENT_MODES } from "@/features/protocol/status-words";
import { between, type Random } from "@/sandbox/random";

export interface OrderLine {
  readonly bill: Bill;
  readonly net: number;
  readonly adjustment: number;
  readonly splits: readonly { name: string; value: number; refNo: string }[];
}

/** A payment that a buyer wants to make; amounts in paise. */
export interface Order {
  readonly objectId: string;
  readonly supplier: string;
  readonly type: "ONPLATFORM" | "OFFPLATFORM";
  readonly mode: string;
  readonly utr: string;
  readonly paidAt: string;
  readonly lines: readonly OrderLine[];
}

/** Most of what is due, a part of it, or now and then a little more than that, which must be refused. */
function amountFor(random: Random, { duePaise }: Bill): number {
  const kind = random();
  if (kind < 0.4) return duePaise;
  if (kind < 0.95) return between(random, 1, duePaise);
  return duePaise + between(random, 1, 10_000);
}

function lineFor(random: Random, bill: Bill): OrderLine {
  const total = amountFor(random, bill);
  const tds = random() < 0.3 ? Math.floor(total / 50) : 0;
  const discount = tds > 0 && random() < 0.3 ? Math.floor(total / 100) : 0;
  const splits = [
    ...(tds > 0 ? [{ name: "TDS", value: tds, refNo: "194Q" }] : []),
    ...(discount > 0 ? [{ name: "DISCOUNT", value: discount, refNo: "" }] : []),
  ];
  const adjustment = tds + discount;
  return { bill, net: total - adjustment, adjustment, splits };
}

/** A payment of one to three bills of one supplier; null when nothing is due. */
export function makeOrder(random: Random, bills: readonly Bill[], now: Date): Order | null {
  const objectId = `PMT${hexId(random)}`;
  const due = bills.filter((bill) => bill.duePaise > 0);
  const first = pick(random, due);
  if (!first) return null;
  const supplier = first.counterparty.b2bId;
  const others = due.filter((bill) => bill !== first && bill.counterparty.b2bId === supplier);
  const chosen = [first, ...some(random, others, between(random, 0, 2))];
  return {
    objectId,
    supplier,
    type: random() < 0.4 ? "ONPLATFORM" : "OFFPLATFORM",
    mode: pick(random, PAYMENT_MODES) ?? "NEFT",
    utr: `CHAOS${objectId.slice(3, 14).toUpperCase()}`,
    paidAt: new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString(),
    lines: chosen.map((bill) => lineFor(random, bill)),
  };
}

export const netOf = ({ lines }: Order): number => lines.reduce((all, line) => all + line.net, 0);
export const adjustmentOf = ({ lines }: Order): number => lines.reduce((all, line) => all + line.adjustment, 0);
