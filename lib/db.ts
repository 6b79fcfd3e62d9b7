import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { type Prisma, PrismaClient } from "@/lib/generated/prisma/client";

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

/** Closes the pool; the next use opens another. */
export async function disconnect(): Promise<void> {
  const client = held.chuktaPrisma;
  delete held.chuktaPrisma;
  await client?.$disconnect();
}
