import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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
