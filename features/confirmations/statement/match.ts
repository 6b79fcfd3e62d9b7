import type { StatementLine } from "@/features/confirmations/statement/read";
import type { Payment } from "@/features/payments/api";
import { utrKey } from "@/features/protocol/utr";
import { formatRupees, paise } from "@/lib/money";

/** What a statement says of a payment. */
export interface Match {
  payment: Payment;
  /** `found`: its money is there, beyond doubt. `doubtful`: somebody has to look. `absent`: the statement doesn't have it. */
  verdict: "found" | "doubtful" | "absent";
  /** The line that has its reference, or seems to. */
  line: StatementLine | null;
  /** Why it is doubtful, in words. */
  why: string | null;
}

/** Shorter references (a cheque's number) stand on a statement by chance. */
const SURE_LENGTH = 9;

/** As `utrKey` has them: banks leave zeros out in front, or put some there. */
const withoutZeros = (run: string) => run.replace(/^0+(?=.)/, "");

/** Lines by every run of letters and digits that they have. */
function byRun(lines: readonly StatementLine[]): Map<string, StatementLine[]> {
  const found = new Map<string, StatementLine[]>();
  for (const line of lines)
    for (const run of new Set([...line.runs].map(withoutZeros))) {
      const known = found.get(run);
      if (known) known.push(line);
      else found.set(run, [line]);
    }
  return found;
}

/** A run that is longer than a reference has to be, and its line. */
interface LongRun {
  run: string;
  line: StatementLine;
}

/** Long runs by each of their `SURE_LENGTH` letters in a row, so that a reference within one is found without a look at them all. */
function byPart(lines: readonly StatementLine[]): Map<string, LongRun[]> {
  const found = new Map<string, LongRun[]>();
  for (const line of lines)
    for (const run of line.runs)
      for (let at = 0; at + SURE_LENGTH <= run.length; at++) {
        const part = run.slice(at, at + SURE_LENGTH);
        const known = found.get(part);
        if (known) known.push({ run, line });
        else found.set(part, [{ run, line }]);
      }
  return found;
}

/**
 * The first line, but for this one, in which the reference stands together with other letters, as where a bank writes no sign between.
 * Looked for by its end: UTRs of one bank and day begin alike.
 */
const lineWithin = (reference: string, parts: ReadonlyMap<string, readonly LongRun[]>, but?: StatementLine) =>
  parts.get(reference.slice(-SURE_LENGTH))?.find(({ run, line }) => line !== but && run.includes(reference))?.line;

/** The lines that are the money of payments that were accepted before. */
function takenLines(accepted: readonly Payment[], index: ReadonlyMap<string, readonly StatementLine[]>) {
  const taken = new Map<StatementLine, Payment>();
  for (const payment of accepted) {
    const reference = utrKey(payment.utr);
    if (reference.length < SURE_LENGTH) continue;
    for (const line of index.get(reference) ?? []) taken.set(line, payment);
  }
  return taken;
}

function takenWords({ netPaise, counterparty }: Payment): string {
  return `This line is the money of another payment, ${formatRupees(paise(netPaise))} from ${counterparty.name}, which you have accepted.`;
}

/** Why a line that has the payment's reference isn't beyond doubt; null when it is. */
function doubtAbout(payment: Payment, line: StatementLine, sameReference: number): string | null {
  const net = paise(payment.netPaise);
  if (sameReference > 1) return `${sameReference} payments that wait name this reference.`;
  if (line.credit === null) return "On the statement this reference isn't money that came in.";
  if (line.credit !== net) return `${formatRupees(line.credit)} came in, and the buyer says ${formatRupees(net)}.`;
  if (utrKey(payment.utr).length < SURE_LENGTH) return "The reference is short: another transfer may have it too.";
  return null;
}

/**
 * Looks for payments on a bank statement. A payment is found where just one line has its whole reference, this line is money that came
 * in, it is what the buyer says to the paisa, and no other payment that waits, or was accepted, names the reference, or another that this
 * line has.
 * @param payments that wait
 * @param accepted received and accepted before: as many as are known here
 */
export function matchStatement(
  payments: readonly Payment[],
  lines: readonly StatementLine[],
  accepted: readonly Payment[] = [],
): Match[] {
  const index = byRun(lines);
  const taken = takenLines(accepted, index);
  const parts = byPart(lines);
  const counts = new Map<string, number>();
  for (const { utr } of payments) counts.set(utrKey(utr), (counts.get(utrKey(utr)) ?? 0) + 1);
  // A bank's line has more numbers than one, and is one transfer all the same.
  const named = new Map<StatementLine, number>();
  const matches = payments.map((payment): Match => {
    const reference = utrKey(payment.utr);
    const [line, ...others] = (reference && index.get(reference)) || [];
    if (!line) {
      const near = lineWithin(reference, parts);
      const why = "The reference stands there together with other letters.";
      return near
        ? { payment, verdict: "doubtful", line: near, why }
        : { payment, verdict: "absent", line: null, why: null };
    }
    if (reference.length >= SURE_LENGTH)
      for (const each of [line, ...others]) named.set(each, (named.get(each) ?? 0) + 1);
    const why =
      whyLook(others, lineWithin(reference, parts, line)) ?? doubtAbout(payment, line, counts.get(reference) ?? 1);
    return { payment, verdict: why ? "doubtful" : "found", line, why };
  });
  return matches.map((match): Match => {
    if (!match.line || match.verdict !== "found") return match;
    const other = taken.get(match.line);
    if (other) return { ...match, verdict: "doubtful", why: takenWords(other) };
    const naming = named.get(match.line) ?? 1;
    if (naming === 1) return match;
    const why = `${naming} payments that wait name this one line, each by another reference.`;
    return { ...match, verdict: "doubtful", why };
  });
}

/** A transfer that came back stands there twice: in, and out again. Null where just one line has the reference. */
function whyLook(others: readonly StatementLine[], glued: StatementLine | undefined): string | null {
  if (others.length > 0)
    return `The statement has this reference ${others.length + 1} times: see whether the money went back.`;
  if (!glued) return null;
  return `Line ${glued.row} has this reference too, together with other letters: see whether the money went back.`;
}
