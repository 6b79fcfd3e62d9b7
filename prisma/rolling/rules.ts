import { statementsOf } from "./statements";

/*
 * What a migration may do while portals of the release before it are still at work, and payments go on: add. What the older release
 * reads and writes stays where it was and as it was, and no statement keeps a table that grows with trade locked for long.
 */

/** Tables that grow with trade: a statement that reads all of one takes minutes at a million invoices. */
const LARGE = "invoice|payment|payment_line|message|delivery|audit_event|audit_seal|refused_message|session";

const name = String.raw`(?:"?public"?\.)?"?(?<table>\w+)"?`;

interface Rule {
  what: string;
  pattern: RegExp;
}

const RULES: readonly Rule[] = [
  { what: "drops a table", pattern: new RegExp(`^DROP TABLE (?:IF EXISTS )?${name}`, "i") },
  { what: "drops a column", pattern: new RegExp(`^ALTER TABLE ${name}.* DROP (?:COLUMN|"(?!CONSTRAINT))`, "i") },
  { what: "renames", pattern: new RegExp(`^ALTER (?:TABLE|TYPE|INDEX) ${name}.* RENAME `, "i") },
  { what: "changes a column's type", pattern: new RegExp(`^ALTER TABLE ${name}.* (?:SET DATA )?TYPE `, "i") },
  { what: "makes a column required", pattern: new RegExp(`^ALTER TABLE ${name}.* SET NOT NULL`, "i") },
  { what: "drops a default", pattern: new RegExp(`^ALTER TABLE ${name}.* DROP DEFAULT`, "i") },
  {
    what: "adds a required column without a default",
    pattern: new RegExp(
      `^ALTER TABLE ${name}(?=.* ADD COLUMN [^,]* NOT NULL)(?!.* ADD COLUMN [^,]* NOT NULL[^,]* DEFAULT).*`,
      "i",
    ),
  },
  {
    what: "adds a rule that older rows and portals may break",
    pattern: new RegExp(`^ALTER TABLE ${name}.* ADD (?:CONSTRAINT|CHECK|UNIQUE|FOREIGN KEY)(?!.* NOT VALID)`, "i"),
  },
  { what: "makes values unique", pattern: new RegExp(`^CREATE UNIQUE INDEX .* ON ${name}`, "i") },
  {
    what: "adds a value to an enum, which an older portal can't read",
    pattern: new RegExp(`^ALTER TYPE ${name} ADD VALUE`, "i"),
  },
  {
    what: "drops a type, function, trigger, view or schema",
    pattern: /^DROP (?:TYPE|FUNCTION|TRIGGER|VIEW|SCHEMA)\b(?<table>)/i,
  },
  {
    what: "builds an index while writes to a large table wait",
    pattern: new RegExp(
      `^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).* ON (?:ONLY )?(?:"?public"?\\.)?"?(?<table>${LARGE})"?[ (]`,
      "i",
    ),
  },
  {
    what: "writes to every row of a large table",
    pattern: new RegExp(`^(?:UPDATE|DELETE FROM) (?:ONLY )?"?(?<table>${LARGE})"? `, "i"),
  },
];

/** One thing in a migration that an older portal, or its users, might not survive. */
export interface Finding {
  migration: string;
  what: string;
  statement: string;
}

export interface Migration {
  name: string;
  sql: string;
}

/** Looks for what no migration may do to what was there before these migrations. */
export function findBreaks(migrations: readonly Migration[]): Finding[] {
  const created = new Set<string>();
  const findings: Finding[] = [];
  for (const { name: migration, sql } of migrations) {
    const statements = statementsOf(sql);
    for (const statement of statements) {
      const made = /^CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)"?/i.exec(statement)?.[1];
      if (made) created.add(made);
      for (const { what, pattern } of RULES) {
        const found = pattern.exec(statement);
        if (found && !created.has(found.groups?.table ?? "")) findings.push({ migration, what, statement });
      }
      if (/ CONCURRENTLY /i.test(statement) && statements.length > 1)
        findings.push({
          migration,
          what: "builds an index concurrently beside other statements, which PostgreSQL refuses",
          statement,
        });
    }
  }
  return findings;
}
