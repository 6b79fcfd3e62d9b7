import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { type Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { closePool } from "@/lib/pool";

/** A transaction's client: a function that takes part in a transaction takes this first, as `tx`. */
export type Tx = Prisma.TransactionClient;

function connect(): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: 10, application_name: "chukta" }),
  });
}

// One client a process: Next's development server reloads modules, and each client would hold its own pool.
const held = globalThis as { chuktaPrisma?: PrismaClient };

/** The portal's one database client, made at first use. */
export const prisma: PrismaClient = new Proxy({} as PrismaClient, {
  get(_target, property) {
    held.chuktaPrisma ??= connect();
    const value = Reflect.get(held.chuktaPrisma, property);
    return typeof value === "function" ? value.bind(held.chuktaPrisma) : value;
  },
});

/** Closes all connections; the next use opens others. */
export async function disconnect(): Promise<void> {
  const client = held.chuktaPrisma;
  delete held.chuktaPrisma;
  await Promise.all([client?.$disconnect(), closePool()]);
}

// Waiting longer for a connection than Prisma's 2 s: a burst should queue, not fail; and no transaction here takes seconds.
const TRANSACTION = { maxWait: 10_000, timeout: 15_000 };

/** Runs `work` in one READ COMMITTED transaction; what it throws rolls everything back. */
export function transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return prisma.$transaction(work, TRANSACTION);
}

class RolledBack<T> extends Error {
  constructor(readonly value: T) {
    super("rolled back");
  }
}

/**
 * Runs `work` in one transaction that commits only when the answer is a yes: where `isNo` holds for what `work` returns, nothing
 * that it did remains, and its answer is returned all the same. A business "no" is a value here, not an exception.
 */
export async function transactUnless<T>(isNo: (answer: T) => boolean, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await transact(async (tx) => {
      const answer = await work(tx);
      if (isNo(answer)) throw new RolledBack(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.value as T;
    throw error;
  }
}
