import "server-only";
import { countPayments, type Figures, readFigures } from "@/features/health/figures";
import { PaymentSide, PaymentStatus } from "@/lib/generated/prisma/enums";
import { logger } from "@/lib/logger";
import { metrics } from "@/lib/metrics";
import { seldom } from "@/lib/seldom";

/** What one gauge shows: a number, or one for each state. */
type Shown = number | Record<string, number>;

const GAUGES: readonly [name: string, help: string, show: (figures: Figures) => Shown, label?: "state"][] = [
  ["chukta_messages_queued", "Messages that are to be sent, now or later.", ({ messages }) => messages.queued],
  ["chukta_messages_due", "Messages whose time to be sent has come.", ({ messages }) => messages.due],
  [
    "chukta_messages_oldest_due_seconds",
    "How long the message that waits longest has been due.",
    ({ messages }) => messages.oldestDueSeconds,
  ],
  [
    "chukta_messages_stuck",
    "Messages that need a person, by what became of them.",
    ({ messages }) => ({ STOPPED: messages.stopped, GAVE_UP: messages.gaveUp }),
    "state",
  ],
  ["chukta_audit_unsealed_events", "Audit events that no seal covers yet.", ({ seal }) => seal.unsealed],
  ["chukta_audit_seal_lag_seconds", "Age of the oldest audit event without a seal.", ({ seal }) => seal.lagSeconds],
  ["chukta_jobs", "Jobs that are due, or whose attempts ran out.", ({ jobs }) => ({ ...jobs }), "state"],
];

const failed = (err: unknown) => logger.warn({ err }, "figures for the metrics could not be read");

const held = globalThis as { chuktaFigures?: boolean };

/**
 * Adds to this process's metrics what the whole installation has to do. Only where a worker runs: a hundred portals need not count
 * the same rows. Each worker says the same, so a query takes the highest. While the database is away they are left out: 0 would be a lie.
 */
export function publishFigures(): void {
  if (held.chuktaFigures) return;
  held.chuktaFigures = true;
  const figures = seldom(readFigures, { failed });
  for (const [name, help, show, label] of GAUGES)
    metrics().gauge(name, help, label ? [label] : [], async (gauge) => {
      const read = await figures();
      gauge.reset();
      if (!read) return label ? undefined : gauge.remove();
      const shown = show(read);
      if (typeof shown === "number") gauge.set(shown);
      else for (const [state, value] of Object.entries(shown)) gauge.set({ state }, value);
    });
  const payments = seldom(countPayments, { failed });
  metrics().gauge("chukta_payments", "Payments, by side and status.", ["side", "status"], async (gauge) => {
    const rows = await payments();
    gauge.reset();
    if (!rows) return;
    for (const side of Object.values(PaymentSide))
      for (const status of Object.values(PaymentStatus)) gauge.set({ side, status }, 0);
    for (const { side, status, count } of rows) gauge.set({ side, status }, count);
  });
}
