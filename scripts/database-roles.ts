import pg from "pg";
import { Problem } from "./problem";

/** What the walls between businesses are made of (docs/decisions/022-row-level-security.md), and how an administrator makes each. */
const ROLES = { chukta_app: "NOLOGIN", chukta_system: "NOLOGIN BYPASSRLS" };

/** Another database of this server is being migrated at this moment: duplicate_object, unique_violation. */
const MADE_MEANWHILE = ["42710", "23505"];

/**
 * Makes those roles that aren't there, for a user who may make roles and is no superuser. The migration would, but may not go on to
 * BYPASSRLS then, which only a superuser gives (from PostgreSQL 16 on, who has it too), and takes back what it had made.
 */
export async function makeRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT wanted AS name FROM unnest($1::text[]) AS wanted, pg_roles me
     WHERE me.rolname = current_user AND me.rolcreaterole AND NOT me.rolsuper AND to_regrole(wanted) IS NULL`,
    [Object.keys(ROLES)],
  );
  for (const { name } of rows) {
    await client.query(`CREATE ROLE ${name} NOLOGIN`).catch((error: pg.DatabaseError) => {
      if (!MADE_MEANWHILE.includes(error.code ?? "")) throw error;
    });
    await client.query(`GRANT ${name} TO CURRENT_USER`);
  }
}

/**
 * Asks whether the database's user has the roles that every query takes on. The migration that makes them can't, for a user without the
 * right to; and where there are roles of these names already, made for another, it doesn't say so.
 * @param when before it has run, roles that the user may make are no problem yet; after it, those that there aren't belong to a later one
 * @throws Problem with what an administrator has to run
 */
export async function assertRoles(client: pg.Client, when: "before" | "after"): Promise<void> {
  const { rows } = await client.query<{ name: string; exists: boolean; asker: string; maker: boolean }>(
    `SELECT wanted AS name, held.oid IS NOT NULL AS exists, me.rolname AS asker, me.rolsuper OR me.rolcreaterole AS maker
     FROM unnest($1::text[]) AS wanted LEFT JOIN pg_roles held ON held.rolname = wanted, pg_roles me
     WHERE me.rolname = current_user AND (held.oid IS NULL OR NOT pg_has_role(held.oid, 'MEMBER'))`,
    [Object.keys(ROLES)],
  );
  const lacking = rows.filter(({ exists, maker }) => (when === "before" ? !maker : exists));
  const [first] = lacking;
  if (!first) return;
  const made = lacking.filter(({ exists }) => !exists).map(({ name }) => name as keyof typeof ROLES);
  const names = lacking.map(({ name }) => name).join(", ");
  const statements = [
    ...made.map((name) => `CREATE ROLE ${name} ${ROLES[name]};`),
    `GRANT ${names} TO ${pg.escapeIdentifier(first.asker)};`,
  ];
  throw new Problem(
    `The database's user ${first.asker} lacks ${names}. As an administrator of PostgreSQL:\n  ${statements.join(" ")}\nThen try again. Why: docs/operations.md, "The database's user".`,
  );
}
