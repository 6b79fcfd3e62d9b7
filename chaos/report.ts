import { CHECKS } from "@/chaos/checks/all";
import { by } from "@/chaos/checks/check";
import { FAULT_KINDS } from "@/chaos/plan";
import type { Outcome } from "@/chaos/run";

const SHOWN = 12;

/** What happened, what went wrong on purpose, and what each promise says. */
export function printReport(outcome: Outcome): void {
  for (const line of reportLines(outcome)) console.log(line);
}

function reportLines({ findings, facts, ledger, faults, system, settledMs }: Outcome): string[] {
  const { asked, acknowledged, answers, answered } = ledger.counts();
  const statuses = [...by(facts.payments, ({ status }) => status)].map(([status, rows]) => `${rows.length} ${status}`);
  const count = (action: string) => facts.events.filter((event) => event.action === action).length;
  const [approved, declined] = [count("payment.approved"), count("payment.declined")];
  const awaited = new Set(facts.decisions.map(({ objectId }) => objectId)).size;
  const broken = by(findings, ({ check }) => check);
  const kinds = FAULT_KINDS.map(
    (kind) => `${kind} ${faults.skipped.has(kind) ? "can't be done here" : (faults.done.get(kind) ?? 0)}`,
  );
  return [
    "",
    `Asked for ${asked} payments, ${acknowledged} acknowledged; gave ${answers} answers, ${answered} acknowledged; ${facts.raised.length} invoices`,
    `Of ${awaited} payments a second person said yes to ${approved} and no to ${declined}`,
    `Calls: ${ledger.calls.answered} answered, ${ledger.calls.unanswered} without a reply, ${ledger.calls.putOff} told to come again`,
    `Books: ${facts.payments.length} payments (${statuses.join(", ")}), ${facts.messages.length} messages, ${facts.transfers.length} requests through the network`,
    `Faults: ${kinds.join(", ")}`,
    `PostgreSQL recovered ${system.recoveries} times; ${system.cuts} replies were cut; ended by themselves: ${system.endedByThemselves.join(", ") || "none"}`,
    `Everything had ended after ${(settledMs / 1000).toFixed(0)} s`,
    "",
    ...CHECKS.map(({ name, promise }) => {
      const found = broken.get(name)?.length ?? 0;
      return `  ${found === 0 ? "✓" : "✗"} ${name}: ${found === 0 ? promise : `${found} findings`}`;
    }),
    ...[...broken.values()].flatMap((group) => [
      "",
      `${group[0]?.check}:`,
      ...group.slice(0, SHOWN).map(({ words }) => `  ${words}`),
      ...(group.length > SHOWN ? [`  and ${group.length - SHOWN} more`] : []),
    ]),
    "",
    findings.length === 0 ? "Nothing was lost, and nothing was applied twice" : `${findings.length} findings`,
  ];
}
