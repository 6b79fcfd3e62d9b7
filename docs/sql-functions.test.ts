import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const MIGRATIONS = join(ROOT, "prisma/migrations");

/** Each function of the database with the migration that made it last, as running all of them in order leaves it. */
function functionsByMigrations(): Map<string, string> {
  const found = new Map<string, string>();
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name: migration } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const sql = readFileSync(join(MIGRATIONS, migration, "migration.sql"), "utf8").replace(/--.*$/gm, "");
    const statements =
      /CREATE (?:OR REPLACE )?FUNCTION "?(?<made>\w+)|DROP FUNCTION (?:IF EXISTS )?(?<dropped>[^;]+);/gi;
    for (const { groups = {} } of sql.matchAll(statements)) {
      if (groups.made) found.set(groups.made, migration);
      for (const [name] of groups.dropped?.replace(/\([^)]*\)/g, "").matchAll(/\w+/g) ?? []) found.delete(name);
    }
  }
  return found;
}

/** The same by decision 027: `names` | what they do | migration. */
function functionsByPage(): Map<string, string> {
  const page = readFileSync(join(ROOT, "docs/decisions/027-one-round-trip.md"), "utf8");
  const rows = page.matchAll(/^\| (`[^|]+`)\s*\|[^|]*\| (\d{14}_\w+)\s*\|$/gm);
  return new Map(
    [...rows].flatMap(([, names = "", migration = ""]) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => [name, migration] as const),
    ),
  );
}

test("decision 027 says where each function of the database stands", () => {
  const sorted = (functions: Map<string, string>) => Object.fromEntries([...functions].sort());
  expect(functionsByMigrations().size).toBeGreaterThan(20);
  expect(sorted(functionsByPage())).toEqual(sorted(functionsByMigrations()));
});
