import { expect, test } from "vitest";
import { publishFigures } from "@/features/health/publish";
import { metrics } from "@/lib/metrics";

// A unit test has no database: as if it were away.
test("while the database is away the figures are left out, not zero, and the rest is there", async () => {
  publishFigures();
  publishFigures();
  const text = await metrics().registry.metrics();
  expect(text).toMatch(/^# TYPE chukta_messages_queued gauge$/m);
  expect(text).not.toMatch(/^chukta_(messages|payments|jobs|audit)\w* ?[{\d]/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
});
