import pg from "pg";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { sealAll } from "@/features/audit/seal";
import type { BusinessScope } from "@/features/businesses/scope";
import { invite } from "@/features/invitations/mutations/invite";
import { books, system, type Tx, transact, transactSystem } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";
import { onViews, walledConnection } from "@/lib/wall";
import { joinBusiness, makePerson } from "@/tests/business";
import { deliverMessage } from "@/tests/deliver";
import { prisma } from "@/tests/prisma";
import { answeredTrade } from "@/tests/trade";

// Row-level security (docs/decisions/022): what a query gets that forgot its business, of every table, by every way in.

let a: BusinessScope;
let b: BusinessScope;
/** Every table of a business, and the column that says whose a row is. */
let tables: { name: string; key: string }[];

const MODELS: Record<string, string> = {
  business: "business",
  membership: "membership",
  invitation: "invitation",
  api_key: "apiKey",
  counterparty: "counterparty",
  invoice: "invoice",
  payment: "payment",
  payment_line: "paymentLine",
  message: "message",
  delivery: "delivery",
  audit_event: "auditEvent",
  audit_seal: "auditSeal",
};

beforeAll(async () => {
  tables = await prisma.$queryRaw`
    SELECT relname AS name, attname AS key FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND attname = CASE relname WHEN 'business' THEN 'id' ELSE 'business_id' END`;
  const { buyer, supplier } = await answeredTrade({ response: "ACCEPT", remarks: "ok" });
  [a, b] = [buyer, supplier];
  for (const { businessId, b2bId } of [buyer, supplier]) {
    const person = await makePerson(`Owner of ${b2bId.split("@")[0]}`);
    const owner = await joinBusiness({ id: businessId, slug: "", b2bId }, person, "OWNER");
    await createApiKey(owner, { id: uuidv7(), name: "ERP" });
    const guest = await makePerson(`Guest of ${b2bId.split("@")[0]}`);
    await invite(owner, { email: guest.email, role: "VIEWER" }, new Date());
    // Nobody listens where the network should be: an attempt all the same.
    const { id: messageId } = await prisma.message.findFirstOrThrow({ where: { businessId, direction: "OUT" } });
    await prisma.message.update({
      where: { businessId_id: { businessId, id: messageId } },
      data: { state: "QUEUED", nextAttemptAt: new Date(0), settledAt: null },
    });
    await deliverMessage({ businessId, messageId }, () => new Date(), 200);
  }
  await vi.waitUntil(async () => (await sealAll()) === 0 && (await prisma.auditSeal.count()) >= 2, { timeout: 20_000 });
});

type Owners = { owner: string }[];
const ownersOf = (db: Tx, table: string, key: string) =>
  db.$queryRawUnsafe<Owners>(`SELECT ${key}::text AS owner FROM ${table}`);

const count = async (table: string, key: string, scope: BusinessScope) =>
  (await ownersOf(prisma, `public.${table}`, key)).filter(({ owner }) => owner === scope.businessId).length;

/** The SQLSTATE that PostgreSQL answers with, or "done". */
async function stateOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (error: { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } }; message: string }) =>
      error.meta?.driverAdapterError?.cause?.originalCode ?? error.message,
  );
}

/** A view's check option, a policy, or no right to the table at all. */
const REFUSED = expect.stringMatching(/^(44000|42501)$/);

describe("every table of a business", () => {
  test("is known here, has rows of two businesses, row-level security, and a view with its columns", async () => {
    expect(tables.map((table) => table.name).sort()).toEqual(Object.keys(MODELS).sort());
    for (const { name, key } of tables) {
      const [found] = await prisma.$queryRaw<Record<string, unknown>[]>`
        SELECT relrowsecurity AS secured,
               (SELECT array_agg(polname::text || ' ' || polcmd::text ORDER BY polname) FROM pg_policy WHERE polrelid = pg_class.oid) AS policies,
               (SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute
                 WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped)
               = (SELECT array_agg(column_name::text ORDER BY column_name) FROM information_schema.columns
                   WHERE table_schema = 'books' AND table_name = relname) AS shown,
               (SELECT check_option FROM information_schema.views WHERE table_schema = 'books' AND table_name = relname) AS checked
          FROM pg_class WHERE oid = to_regclass(${`public.${name}`})`;
      expect([name, found]).toEqual([
        name,
        // "*" is every command.
        { secured: true, policies: ["own_business *", "system *"], shown: true, checked: "CASCADED" },
      ]);
      for (const scope of [a, b]) expect([name, await count(name, key, scope)]).toEqual([name, expect.any(Number)]);
      expect(await count(name, key, a)).toBeGreaterThan(0);
      expect(await count(name, key, b)).toBeGreaterThan(0);
    }
  });

  test("shows one business its own rows and no others, to a query that forgot to ask", async () => {
    for (const { name, key } of tables) {
      const own = Array.from({ length: await count(name, key, a) }, () => ({ owner: a.businessId }));
      expect([name, await ownersOf(books(a), name, key)]).toEqual([name, own]);
      expect([name, await ownersOf(books(a), `public.${name}`, key)]).toEqual([name, own]);
      expect([name, await transact(a, (tx) => ownersOf(tx, name, key))]).toEqual([name, own]);
      const byPrisma = Reflect.get(books(a), MODELS[name] ?? "") as { findMany: () => Promise<unknown[]> };
      expect([name, (await byPrisma.findMany()).length]).toEqual([name, own.length]);
      expect((await ownersOf(system, name, key)).length).toBeGreaterThan(own.length);
    }
  });

  test("shows nothing where no business was named", async () => {
    const client = new pg.Client(walledConnection());
    await client.connect();
    for (const { name } of [...tables, { name: "app_user" }])
      for (const schema of name === "app_user" ? ["public"] : ["books", "public"])
        expect((await client.query(`SELECT 1 FROM ${schema}.${name}`)).rowCount).toBe(0);
    await client.end();
  });

  test("takes no row for another business, and lets none of another's be changed or removed", async () => {
    // Nobody's id, so that no key is in the way of what is asked here.
    const stranger = uuidv7();
    for (const { name, key } of tables)
      for (const table of [name, `public.${name}`]) {
        const row = "(SELECT json_agg(row) -> 0 FROM (SELECT * FROM public.TABLE LIMIT 1) row)".replace("TABLE", name);
        const insert = books(a).$executeRawUnsafe(
          `INSERT INTO ${table} SELECT (json_populate_record(NULL::public.${name},
             jsonb_set(${row}::jsonb, '{${key}}', to_jsonb($1::text))::json)).*`,
          stranger,
        );
        expect([table, "insert", await stateOf(insert)]).toEqual([table, "insert", REFUSED]);
        const give = books(a).$executeRawUnsafe(`UPDATE ${table} SET ${key} = $1::uuid`, stranger);
        expect([table, "give away", await stateOf(give)]).toEqual([table, "give away", REFUSED]);
        for (const change of [`UPDATE ${table} SET ${key} = ${key}`, `DELETE FROM ${table}`]) {
          const before = await count(name, key, b);
          const changed = await books(a)
            .$executeRawUnsafe(`${change} WHERE ${key} = $1::uuid`, b.businessId)
            .catch((error: { message: string }) => /permission denied/.test(error.message) && 0);
          expect([change, changed]).toEqual([change, 0]);
          expect(await count(name, key, b)).toBe(before);
        }
      }
  });
});

describe("what belongs to no business", () => {
  test("people: a business sees its own members", async () => {
    expect(await books(a).user.findMany({ select: { name: true } })).toHaveLength(1);
    expect((await system.user.findMany()).length).toBeGreaterThan(1);
    expect(await stateOf(books(a).user.updateMany({ data: { name: "x" } }))).toBe("42501");
  });

  test.each([
    "session",
    "account",
    "two_factor",
    "passkey",
    "verification",
    "rate_limit",
    "refused_message",
    "_prisma_migrations",
  ])("%s: not even to be looked at", async (table) => {
    expect(await stateOf(books(a).$queryRawUnsafe(`SELECT 1 FROM public.${table}`))).toBe("42501");
  });

  test("the portal's role owns nothing, and may neither pass the wall nor make tables", async () => {
    const [role] = await prisma.$queryRaw<Record<string, unknown>[]>`
      SELECT rolsuper, rolbypassrls, rolcanlogin, rolcreaterole,
             pg_has_role('chukta_app', 'chukta_system', 'MEMBER') AS system,
             has_schema_privilege('chukta_app', 'public', 'CREATE') OR has_schema_privilege('chukta_app', 'books', 'CREATE') AS makes,
             EXISTS (SELECT FROM pg_class WHERE relowner = 'chukta_app'::regrole) AS owns
        FROM pg_roles WHERE rolname = 'chukta_app'`;
    expect(Object.values(role ?? {})).toEqual(Array(7).fill(false));
  });
});

describe("indexes", () => {
  // Small tables are read whole unless that is forbidden: what is asked here is whether PostgreSQL could use the index.
  const planOf = (scope: BusinessScope, query: string) =>
    transact(scope, async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      await tx.$executeRaw`SET LOCAL enable_bitmapscan = off`;
      const lines = await tx.$queryRawUnsafe<Record<string, string>[]>(`EXPLAIN (COSTS OFF) ${query}`);
      return lines.map((line) => line["QUERY PLAN"]).join("\n");
    });
  const listed = (table: string) =>
    `SELECT * FROM ${table} WHERE business_id = '${a.businessId}' AND side = 'PAYABLE' ORDER BY due_date, id LIMIT 26`;

  test("a list reads its own index in its own order, and the wall is asked once", async () => {
    const plan = await planOf(a, listed("invoice"));
    expect(plan).toMatch(/One-Time Filter: .*chukta\.business/);
    expect(plan).toMatch(/Index Cond: \(\(business_id = '[^']+'::uuid\) AND \(side = 'PAYABLE'::invoice_side\)\)/);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });

  test("which a policy alone would not let it: why there are views", async () => {
    expect(await planOf(a, listed("public.invoice"))).not.toMatch(/Index Cond: .*side = /);
  });

  test("what Prisma writes goes to the views", () => {
    for (const { name } of tables) expect(onViews(`FROM "public"."${name}"`)).toBe(`FROM "books"."${name}"`);
    expect(onViews('"public"."app_user", "public"."invoice_side"')).toBe(
      '"public"."app_user", "public"."invoice_side"',
    );
  });
});

test("across all businesses: a transaction of the system's, and its statements", async () => {
  expect((await system.payment.findMany()).length).toBe(2);
  const roles = await transactSystem((tx) => tx.$queryRaw<{ role: string }[]>`SELECT current_user::text AS role`);
  expect(roles).toEqual([{ role: "chukta_system" }]);
});
