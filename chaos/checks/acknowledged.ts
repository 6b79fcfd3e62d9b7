import { by, type Check, rupees } from "@/chaos/checks/check";
import type { AskedPayment, Facts, LineFact, PaymentFact } from "@/chaos/facts";

interface Amounts {
  net: number;
  adjustment: number;
}
const words = ({ net, adjustment }: Amounts) => `${rupees(net)} + ${rupees(adjustment)}`;

/** Lines in words, in one order: which invoice, and what of it. */
const linesInWords = (lines: readonly (Amounts & { of: string })[]): string =>
  lines
    .map((line) => `${words(line)} for ${line.of}`)
    .sort()
    .join(", ") || "no lines";

const instant = (ms: number | null) => (ms === null ? "whenever" : new Date(ms).toISOString());

/** What speaks against a payment's row, on either side, being what its client asked for. */
function difference(asked: AskedPayment, payment: PaymentFact, lines: readonly LineFact[]): string | null {
  const [wanted, found] = [
    linesInWords(asked.lines.map(({ objectId: of, net, adjustment }) => ({ of, net, adjustment }))),
    linesInWords(lines.map(({ invoice, net, adjustment }) => ({ of: invoice ?? "nothing", net, adjustment }))),
  ];
  const compared: [wanted: string, found: string][] = [
    [words(asked), words(payment)],
    [asked.type, payment.type],
    [asked.mode, payment.mode],
    [`UTR ${asked.utr}`, `UTR ${payment.utr}`],
    [`paid ${instant(asked.paidAt)}`, `paid ${instant(asked.paidAt === null ? null : payment.paidAt)}`],
    [wanted, found],
  ];
  const wrong = compared.find(([wants, has]) => wants !== has);
  return wrong ? `asked for ${wrong[0]}, but ${payment.business}'s books say ${wrong[1]}` : null;
}

const payments: Check = {
  name: "acknowledged payments exist",
  promise:
    "a payment that a client was told of exists; and every payment is what was asked for, bill by bill, on both sides",
  find({ asked, payments, lines }) {
    const rows = by(payments, ({ objectId }) => objectId);
    const linesOf = by(lines, (line) => `${line.business} ${line.payment}`);
    return asked.flatMap((one) => {
      const found = rows.get(one.objectId) ?? [];
      const isMissing =
        one.acknowledged && !found.some(({ side, business }) => side === "OUTGOING" && business === one.buyer);
      if (isMissing && one.way !== "another platform")
        return [`payment ${one.objectId}: acknowledged to ${one.buyer} (${one.way}), but it does not exist`];
      return found.flatMap((row) => {
        const why = difference(one, row, linesOf.get(`${row.business} ${row.objectId}`) ?? []);
        return why ? [`payment ${one.objectId}: ${why}`] : [];
      });
    });
  },
};

const strangers: Check = {
  name: "nobody else's payments",
  promise: "every payment was asked for by somebody",
  find({ asked, payments }) {
    const known = new Set(asked.map(({ objectId }) => objectId));
    return payments
      .filter(({ objectId }) => !known.has(objectId))
      .map(
        ({ objectId, business, total }) =>
          `payment ${objectId}: ${rupees(total)} in ${business}'s books, and nobody asked for it`,
      );
  },
};

/** How often a supplier's answer to each payment was not taken by the buyer's side, and asked for again. */
function reopened({ events }: Facts): Set<string> {
  return new Set(events.filter(({ action }) => action === "payment.answer-refused").map(({ payment }) => payment));
}

const answers: Check = {
  name: "acknowledged answers stand",
  promise: "an answer that a supplier was told of is the payment's answer, unless it was refused later and given anew",
  find(facts) {
    const rows = new Map(
      facts.payments.filter(({ side }) => side === "INCOMING").map((row) => [row.objectId, row] as const),
    );
    const again = reopened(facts);
    const findings: string[] = [];
    for (const [objectId, given] of by(facts.answers, (answer) => answer.objectId)) {
      const row = rows.get(objectId);
      const acknowledged = given.filter((answer) => answer.acknowledged);
      const stands = (answer: { response: string; remarks: string }) =>
        row?.response === answer.response && row.remarks === answer.remarks;
      if (acknowledged.length > 0 && !acknowledged.some(stands) && !again.has(objectId))
        findings.push(
          `payment ${objectId}: its answer ${acknowledged[0]?.response} “${acknowledged[0]?.remarks}” was acknowledged, but ${row ? `its books say ${row.response ?? "no answer"} “${row.remarks ?? ""}”` : "the payment does not exist"}`,
        );
      if (row?.response && !given.some(stands))
        findings.push(`payment ${objectId}: answered ${row.response} “${row.remarks}”, which nobody said`);
      if (acknowledged.length > 1 && !again.has(objectId))
        findings.push(`payment ${objectId}: ${acknowledged.length} different answers were acknowledged`);
    }
    return findings;
  },
};

const invoices: Check = {
  name: "acknowledged invoices exist",
  promise: "an invoice that a client was told of exists in its books, and its copy in the other party's",
  find({ raised, invoices, hosted, sharing }) {
    const rows = new Map(invoices.map((row) => [`${row.business} ${row.side} ${row.objectId}`, row]));
    const waiting = new Set(sharing.filter(({ due }) => !due).map(({ objectId }) => objectId));
    return raised
      .filter(({ acknowledged }) => acknowledged)
      .flatMap(({ objectId, writer, side, counterparty, total }) => {
        const own = rows.get(`${writer} ${side} ${objectId}`);
        if (!own) return [`invoice ${objectId}: acknowledged to ${writer}, but it does not exist`];
        if (own.total !== total)
          return [`invoice ${objectId}: written as ${rupees(total)}, but its books say ${rupees(own.total)}`];
        if (!hosted.includes(counterparty) || waiting.has(objectId)) return [];
        const copy = rows.get(`${counterparty} ${side === "PAYABLE" ? "RECEIVABLE" : "PAYABLE"} ${objectId}`);
        return copy ? [] : [`invoice ${objectId}: ${counterparty} has no copy of it, and nobody is about to make one`];
      });
  },
};

const replies: Check = {
  name: "the same reply again",
  promise: "a message that came again got its first reply, word for word",
  find({ asked, answers }) {
    return [...asked, ...answers]
      .filter((one) => new Set(one.replies).size > 1)
      .map((one) => `payment ${one.objectId}: one request got ${new Set(one.replies).size} different replies`);
  },
};

export const ACKNOWLEDGED: readonly Check[] = [payments, strangers, answers, invoices, replies];
