import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { PrismaClient } from "@/lib/generated/prisma/client";

/*
 * The database as its owner sees it, past every wall: for what a test prepares, breaks, or looks at afterwards. What is tested uses
 * lib/db, as the portal does.
 */

const held = globalThis as { chuktaTestPrisma?: PrismaClient };
held.chuktaTestPrisma ??= new PrismaClient({
  adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: 5, idleTimeoutMillis: 2000 }),
});

export const prisma = held.chuktaTestPrisma;
