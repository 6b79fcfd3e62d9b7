import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ATTEMPT_TIMEOUT_MS, BACK_OFF_MS } from "@/features/messages/rules";
import { TRANSITIONS } from "@/features/payments/rules";

const page = readFileSync(join(import.meta.dirname, "protocol.md"), "utf8");
const statusesIn = (cell = "") => [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, status]) => status);

test("docs/protocol.md shows the life of a payment as the one table of transitions has it", () => {
  const rows = [...page.matchAll(/^\| (?:buyer's|supplier's)\s*\|([^|]*)\|[^|]*\|([^|]*)\|$/gm)];
  const shown = rows.flatMap(([, from, to]) =>
    statusesIn(from).flatMap((a) => statusesIn(to).map((b) => `${a} → ${b}`)),
  );
  const allowed = Object.entries(TRANSITIONS).flatMap(([from, to]) => to.map((status) => `${from} → ${status}`));
  expect(new Set(shown)).toEqual(new Set(allowed));
});

test("docs/protocol.md tells who takes our messages how long we wait, and how often we come again", () => {
  const told = /Waits between attempts are (.*?), each/s.exec(page)?.[1]?.replaceAll(/\s+/g, " ") ?? "";
  const units = { seconds: 1_000, minutes: 60_000, hours: 3_600_000 };
  const waits = [...told.matchAll(/([\d, and]+) (seconds|minutes|hours)/g)].flatMap(([, numbers = "", unit]) =>
    (numbers.match(/\d+/g) ?? []).map((number) => Number(number) * units[unit as keyof typeof units]),
  );
  expect(waits).toEqual(BACK_OFF_MS);
  expect(page).toContain(`${BACK_OFF_MS.length + 1} attempts`);
  expect(page).toContain(`A reply has ${ATTEMPT_TIMEOUT_MS / 1000} seconds`);
});
