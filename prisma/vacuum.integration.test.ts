import { expect, test } from "vitest";
import { prisma } from "@/tests/prisma";

// Rows that are written again leave dead ones behind. A fifth of such a table's rows, PostgreSQL's default, is too late at millions: every
// look for messages to send steps over what was sent since the last vacuum (docs/decisions/023).
test.each(["invoice", "payment", "message"])("%s is vacuumed after a fiftieth of its rows", async (table) => {
  const settings = await prisma.$queryRaw<{ name: string; value: string }[]>`
    SELECT option_name AS name, option_value AS value FROM pg_class, pg_options_to_table(reloptions)
     WHERE relname = ${table} AND relnamespace = 'public'::regnamespace AND option_name LIKE 'autovacuum%' ORDER BY 1`;
  expect(settings).toEqual([
    { name: "autovacuum_analyze_scale_factor", value: "0.02" },
    { name: "autovacuum_vacuum_insert_scale_factor", value: "0.02" },
    { name: "autovacuum_vacuum_scale_factor", value: "0.02" },
  ]);
});
