import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/lib/generated/prisma/client";

/*
 * The database as its owner sees it, past every wall: for what a test prepares, breaks, or looks at afterwards. What is tested uses
 * lib/db, as the portal does.
 */

// Not by way of lib/env, which reads all settings at the first look: a test may still set NETWORK_URL after this.
const connectionString = process.env.OWNERS_DATABASE_URL;

const held = globalThis as { chuktaTestPrisma?: PrismaClient };
held.chuktaTestPrisma ??= new PrismaClient({
  // Prisma takes times to be in UTC, also where a test has set the database to another zone.
  adapter: new PrismaPg({
    connectionString,
    max: 5,
    idleTimeoutMillis: 2000,
    options: "-c timezone=UTC -c datestyle=ISO",
  }),
});

export const prisma = held.chuktaTestPrisma;
