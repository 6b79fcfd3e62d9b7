import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MIGRATIONS_FOLDER, migrationNames } from "../../scripts/schema-engine";
import { EXCEPTIONS } from "./exceptions";
import previous from "./previous-release.json";
import { findBreaks } from "./rules";
import { statementsOf } from "./statements";

const sqlOf = (name: string) => readFileSync(join(MIGRATIONS_FOLDER, name, "migration.sql"), "utf8");
const found = (sql: string) => findBreaks([{ name: "m", sql }]).map(({ what }) => what);

test("an older portal survives every migration since the previous release, and payments go on meanwhile", () => {
  expect(migrationNames()).toContain(previous.lastMigration);
  const since = migrationNames().filter((name) => name > previous.lastMigration);
  expect(since.length).toBeGreaterThan(0);
  const findings = findBreaks(since.map((name) => ({ name, sql: sqlOf(name) })));
  expect(findings.filter(({ migration, what }) => !EXCEPTIONS[migration]?.[what])).toEqual([]);
});

test("no exception is kept for what is not there", () => {
  const since = migrationNames().filter((name) => name > previous.lastMigration);
  const findings = findBreaks(since.map((name) => ({ name, sql: sqlOf(name) })));
  for (const [migration, reasons] of Object.entries(EXCEPTIONS))
    for (const what of Object.keys(reasons))
      expect(findings).toContainEqual(expect.objectContaining({ migration, what }));
});

describe("found out", () => {
  test.each([
    ["DROP TABLE delivery", "drops a table"],
    ['ALTER TABLE "payment" DROP COLUMN "utr"', "drops a column"],
    ["ALTER TABLE payment ADD COLUMN a int, DROP COLUMN utr", "drops a column"],
    ["ALTER TABLE payment RENAME COLUMN utr TO reference", "renames"],
    ["ALTER TYPE role RENAME VALUE 'OWNER' TO 'BOSS'", "renames"],
    ['ALTER TABLE "invoice" ALTER COLUMN "total" SET DATA TYPE NUMERIC', "changes a column's type"],
    ["ALTER TABLE invoice ALTER COLUMN total TYPE numeric", "changes a column's type"],
    ["ALTER TABLE message ALTER COLUMN request_id SET NOT NULL", "makes a column required"],
    ["ALTER TABLE invoice ALTER COLUMN paid DROP DEFAULT", "drops a default"],
    ['ALTER TABLE "payment" ADD COLUMN "fee" BIGINT NOT NULL', "adds a required column without a default"],
    ["ALTER TABLE payment ADD CONSTRAINT fee CHECK (fee > 0)", "adds a rule that older rows and portals may break"],
    ["CREATE UNIQUE INDEX CONCURRENTLY utr ON payment (utr)", "makes values unique"],
    ["ALTER TYPE payment_status ADD VALUE 'LATE'", "adds a value to an enum, which an older portal can't read"],
    ["DROP FUNCTION take_req_pay", "drops a type, function, trigger, view or schema"],
    ['CREATE INDEX "x" ON "payment" ("utr")', "builds an index while writes to a large table wait"],
    ["UPDATE message SET revision = 1", "writes to every row of a large table"],
  ])("%s", (sql, what) => {
    expect(found(sql)).toContain(what);
  });

  test("an index built concurrently beside another statement, which can't work", () => {
    const sql = "CREATE INDEX CONCURRENTLY a ON payment (utr);\nSELECT 1;";
    expect(found(sql)).toEqual(["builds an index concurrently beside other statements, which PostgreSQL refuses"]);
  });
});

test.each([
  "CREATE TABLE fee (id int NOT NULL); ALTER TABLE fee ADD CONSTRAINT c CHECK (id > 0); DROP TABLE fee",
  'ALTER TABLE "payment" ADD COLUMN "fee" BIGINT',
  'ALTER TABLE "business" ADD COLUMN "careful" BOOLEAN NOT NULL DEFAULT false',
  "ALTER TABLE payment ADD CONSTRAINT fee CHECK (fee > 0) NOT VALID",
  "CREATE INDEX CONCURRENTLY x ON payment (utr)",
  "DROP INDEX payment_utr_idx",
  "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE message SET revision = 1; DROP TABLE x; END $$",
  "-- DROP TABLE payment;\nSELECT 'DROP TABLE payment; DELETE FROM payment'",
])("let through: %s", (sql) => {
  expect(found(sql)).toEqual([]);
});

test("a script is cut where PostgreSQL cuts it", () => {
  const sql = `SELECT 'a;b', "c;d" -- e;f
    ; /* g; */ CREATE FUNCTION h() RETURNS int AS $x$ SELECT 1; $x$ LANGUAGE sql; SELECT $1 - 2 / 3`;
  expect(statementsOf(sql)).toEqual([
    `SELECT 'a;b', "c;d"`,
    "CREATE FUNCTION h() RETURNS int AS $x$ SELECT 1; $x$ LANGUAGE sql",
    "SELECT $1 - 2 / 3",
  ]);
});
