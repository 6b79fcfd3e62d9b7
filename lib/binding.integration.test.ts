import { beforeAll, describe, expect, test } from "vitest";
import type { BusinessScope } from "@/features/businesses/scope";
import { books, transact } from "@/lib/db";
import { env } from "@/lib/env";
import { uuidv7 } from "@/lib/ids";
import { type Binding, WalledPool, walledConnection, within } from "@/lib/wall";
import { prisma } from "@/tests/prisma";
import { answeredTrade } from "@/tests/trade";

// How a query is bound to its business (docs/decisions/022), whatever becomes of the connection.

let a: BusinessScope;
let b: BusinessScope;

beforeAll(async () => {
  const { buyer, supplier } = await answeredTrade({ response: "ACCEPT", remarks: "ok" });
  [a, b] = [buyer, supplier];
});

describe("the binding", () => {
  test("is each query's own, however many run at once", async () => {
    const [one, other] = await Promise.all(
      [a, b].map(({ businessId }) => prisma.payment.findFirstOrThrow({ where: { businessId } })),
    );
    const where = ({ businessId, objectId }: { businessId: string; objectId: string }) => ({
      businessId_objectId: { businessId, objectId },
    });
    if (!one || !other) throw new Error("no payments");
    // findUnique is what Prisma would join into one query.
    const asked = Array.from({ length: 60 }, (_, index) => {
      const [scope, payment] = index % 2 === 0 ? [a, one] : [b, other];
      return books(scope).payment.findUnique({ where: where(payment) });
    });
    const missed = books(a).payment.findUnique({ where: where(other) });
    expect((await Promise.all(asked)).map((payment) => payment?.businessId)).toEqual(
      asked.map((_, index) => (index % 2 === 0 ? a : b).businessId),
    );
    expect(await missed).toBeNull();
  });

  test("ends with its statement or transaction, also one that failed", async () => {
    const pool = new WalledPool({ ...walledConnection(), max: 1 });
    const seen = async () => (await pool.query({ text: "SELECT 1 FROM payment" })).rowCount;
    const bound = (text: string) => within(a, () => pool.query({ text }));
    expect(await seen()).toBe(0);
    expect((await bound("SELECT 1 FROM payment")).rowCount).toBeGreaterThan(0);
    expect(await seen()).toBe(0);
    await expect(bound("SELECT 1 FROM no_such_table")).rejects.toMatchObject({ code: "42P01" });
    await expect(bound("SELECT 1 / 0")).rejects.toMatchObject({ code: "22012" });
    expect(await seen()).toBe(0);
    expect((await within("system", () => pool.query({ text: "SELECT 1 FROM payment" }))).rowCount).toBeGreaterThan(1);
    expect(await seen()).toBe(0);
    const client = await within(a, () => pool.connect());
    await client.query({ text: "BEGIN" });
    expect((await client.query({ text: "SELECT 1 FROM payment" })).rowCount).toBeGreaterThan(0);
    await client.query({ text: "ROLLBACK" });
    client.release();
    expect(await seen()).toBe(0);
    await pool.end();
  });

  test("is one round trip and one transaction with its statement", async () => {
    const rows = await books(a).$queryRaw<{ business: string; role: string; alone: boolean }[]>`
      SELECT current_setting('chukta.business') AS business, current_user::text AS role,
             now() = statement_timestamp() AS alone`;
    expect(rows).toMatchObject([{ business: a.businessId, role: "chukta_app" }]);
  });

  test("is a UUID, or nothing begins", async () => {
    const scope = { businessId: "'; DROP TABLE payment; --" };
    await expect(transact(scope, async () => {})).rejects.toThrow("a business's id is a UUID");
    await expect(books(scope).payment.count()).rejects.toThrow();
  });

  test("holds for a login with these defaults too, behind a PgBouncer that drops the connection's options", async () => {
    const login = `portal_${uuidv7().replaceAll("-", "")}`;
    await prisma.$executeRawUnsafe(
      `CREATE ROLE ${login} LOGIN PASSWORD 'of-one-test' IN ROLE chukta_app, chukta_system`,
    );
    const address = new URL(env.DATABASE_URL);
    Object.assign(address, { username: login, password: "of-one-test" });
    const pool = new WalledPool({ ...walledConnection(), connectionString: address.href, options: undefined, max: 1 });
    const seen = async (binding: Binding) =>
      (await within(binding, () => pool.query({ text: "SELECT 1 FROM payment" }))).rowCount;
    try {
      await expect(seen(a)).rejects.toThrow("must run as chukta_app");
      // Either alone isn't enough.
      await prisma.$executeRawUnsafe(`ALTER ROLE ${login} SET role = 'chukta_app'`);
      await expect(seen(a)).rejects.toThrow("must run as chukta_app");
      await prisma.$executeRawUnsafe(`ALTER ROLE ${login} RESET role`);
      await prisma.$executeRawUnsafe(`ALTER ROLE ${login} SET search_path = books, public`);
      await expect(seen(a)).rejects.toThrow("must run as chukta_app");
      await prisma.$executeRawUnsafe(`ALTER ROLE ${login} SET role = 'chukta_app'`);
      expect([await seen(a), await seen("system"), await seen(b)]).toEqual([1, 2, 1]);
    } finally {
      await pool.end();
      await prisma.$executeRawUnsafe(`DROP ROLE ${login}`);
    }
  });

  test("a connection that doesn't run as chukta_app is refused", async () => {
    const pool = new WalledPool({ ...walledConnection(), options: undefined });
    await expect(pool.query("SELECT 1")).rejects.toThrow("must run as chukta_app");
    await pool.end();
  });
});
