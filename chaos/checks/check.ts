import type { Facts, PaymentFact } from "@/chaos/facts";

/** A promise that must hold after every run: its name, and what breaks it, one clear line each. */
export interface Check {
  readonly name: string;
  /** What it promises, in words. */
  readonly promise: string;
  find(facts: Facts): string[];
}

const ENDED: ReadonlySet<string> = new Set(["ACCEPTED", "REJECTED", "FAILED"]);

export const hasEnded = (payment: PaymentFact): boolean => ENDED.has(payment.status);

/** Paise as rupees, for a finding. */
export const rupees = (paise: number): string => (paise / 100).toFixed(2);

/** Rows by a key of their own. */
export function by<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** The two records of each payment, as far as they are here. */
export function pairs({ payments }: Facts): Map<string, { outgoing?: PaymentFact; incoming?: PaymentFact }> {
  const all = new Map<string, { outgoing?: PaymentFact; incoming?: PaymentFact }>();
  for (const payment of payments) {
    const pair = all.get(payment.objectId) ?? {};
    pair[payment.side === "OUTGOING" ? "outgoing" : "incoming"] = payment;
    all.set(payment.objectId, pair);
  }
  return all;
}

/**
 * The one way in which a payment may wait for people for good (docs/decisions/004): the buyer was told of a FAILURE, paid anew, and
 * its bill can't take the amount again, so the supplier's ACCEPT of a payment on the platform is refused, and it can't be rejected.
 */
export function isForPeople({ outgoing, incoming }: { outgoing?: PaymentFact; incoming?: PaymentFact }): boolean {
  return (
    outgoing?.status === "FAILED" &&
    incoming?.status === "AWAITING_CONFIRMATION" &&
    incoming.type === "ONPLATFORM" &&
    incoming.failureCode === "EXCEEDS_DUE"
  );
}
