import { by, type Check, isForPeople, pairs, rupees, sum } from "@/chaos/checks/check";
import type { Facts, InvoiceFact, LineFact } from "@/chaos/facts";

const CLAIMING: ReadonlySet<string> = new Set(["AWAITING_APPROVAL", "SENDING", "AWAITING_CONFIRMATION", "CONFIRMING"]);

/** The status that an invoice's amounts demand, written here once more on purpose: the product's own rule may be what is wrong. */
function demanded({ total, paid, pending, baseStatus }: InvoiceFact): string {
  if (pending > 0) return "PAYMENT_INITIATED";
  if (paid === total) return "PAID";
  return paid > 0 ? "PART_PAID" : baseStatus;
}

const invoices: Check = {
  name: "each invoice's books add up",
  promise: "paid and pending of an invoice are the sums of its payments, and never more than its total",
  find({ invoices, payments, lines }) {
    const status = new Map(payments.map((payment) => [`${payment.business} ${payment.objectId}`, payment.status]));
    const linesOf = by(lines, (line) => `${line.business} ${line.invoiceId}`);
    return invoices.flatMap((invoice) => {
      const own = linesOf.get(`${invoice.business} ${invoice.id}`) ?? [];
      const held = (wanted: (status: string) => boolean) =>
        sum(
          own.filter((line) => wanted(status.get(`${line.business} ${line.payment}`) ?? "")).map(({ total }) => total),
        );
      const paid = held((one) => one === "ACCEPTED");
      const pending = held((one) => CLAIMING.has(one));
      const name = `invoice ${invoice.objectId} (${invoice.business}'s ${invoice.side.toLowerCase()})`;
      const findings: string[] = [];
      if (invoice.paid !== paid)
        findings.push(`${name}: paid ${rupees(invoice.paid)} but its accepted payments sum to ${rupees(paid)}`);
      if (invoice.pending !== pending)
        findings.push(`${name}: pending ${rupees(invoice.pending)} but its open payments sum to ${rupees(pending)}`);
      if (paid + pending > invoice.total)
        findings.push(
          `${name}: its payments sum to ${rupees(paid + pending)}, more than its total ${rupees(invoice.total)}`,
        );
      if (invoice.status !== demanded(invoice))
        findings.push(`${name}: ${invoice.status} where its amounts demand ${demanded(invoice)}`);
      return findings;
    });
  },
};

const payments: Check = {
  name: "each payment's lines add up",
  promise:
    "a payment's net and adjustment are its total, and the sums of its lines, which say of it what it says itself",
  find({ payments, lines }) {
    const linesOf = by(lines, (line) => `${line.business} ${line.payment}`);
    return payments.flatMap(({ business, objectId, net, adjustment, total }) => {
      const own = linesOf.get(`${business} ${objectId}`) ?? [];
      const findings: string[] = [];
      if (net + adjustment !== total)
        findings.push(
          `payment ${objectId} (${business}): ${rupees(net)} + ${rupees(adjustment)} is not ${rupees(total)}`,
        );
      for (const [name, wanted] of Object.entries({ net, adjustment, total })) {
        const found = sum(own.map((line) => line[name as "net" | "adjustment" | "total"]));
        if (found !== wanted)
          findings.push(
            `payment ${objectId} (${business}): ${name} ${rupees(wanted)} but its lines sum to ${rupees(found)}`,
          );
      }
      if (own.some((line) => !line.isTrue))
        findings.push(`payment ${objectId} (${business}): a line says something else of it, by which searches miss it`);
      return findings;
    });
  },
};

/** Invoices that the one kind of payment holds which waits for people: on the supplier's side alone. */
function heldByPeople(facts: Facts): Set<string> {
  const all = pairs(facts);
  const isHeld = ({ payment }: LineFact) => isForPeople(all.get(payment) ?? {});
  return new Set(facts.lines.filter(isHeld).map(({ invoiceId }) => invoiceId));
}

const copies: Check = {
  name: "both copies of an invoice agree",
  promise: "an invoice has the same total and the same paid amount in both parties' books",
  find(facts) {
    const waiting = heldByPeople(facts);
    return [...by(facts.invoices, ({ objectId }) => objectId)].flatMap(([objectId, [one, other]]) => {
      if (!one || !other || waiting.has(one.id) || waiting.has(other.id)) return [];
      return (["total", "paid", "pending"] as const)
        .filter((field) => one[field] !== other[field])
        .map(
          (field) =>
            `invoice ${objectId}: ${field} ${rupees(one[field])} in ${one.business}'s books, ${rupees(other[field])} in ${other.business}'s`,
        );
    });
  },
};

export const BOOKS: readonly Check[] = [invoices, payments, copies];
