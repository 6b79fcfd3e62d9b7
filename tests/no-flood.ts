import { prisma } from "@/tests/prisma";

/** Has PostgreSQL refuse a statement that deletes more than a thousand of a table's rows, for the rest of the test file. */
export async function forbidFloods(table: string): Promise<void> {
  await prisma.$executeRawUnsafe(`
    CREATE FUNCTION no_flood() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF (SELECT count(*) FROM gone) > 1000 THEN RAISE 'too many at once'; END IF; RETURN NULL; END $$`);
  await prisma.$executeRawUnsafe(`
    CREATE TRIGGER no_flood AFTER DELETE ON ${table} REFERENCING OLD TABLE AS gone
      FOR EACH STATEMENT EXECUTE FUNCTION no_flood()`);
}
