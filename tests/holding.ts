import { setTimeout as delay } from "node:timers/promises";
import type { Prisma } from "@/lib/generated/prisma/client";
import { prisma } from "@/tests/prisma";

type Run = (tx: Prisma.TransactionClient) => Promise<void>;

const asOwner = (run: Run) => prisma.$transaction(run, { timeout: 20_000 });

/**
 * Does something in a transaction that stays open until it is released.
 * @param begin runs the transaction: as the database's owner, unless it says otherwise
 */
export function holding(
  work: (tx: Prisma.TransactionClient) => Promise<unknown>,
  begin: (run: Run) => Promise<void> = asOwner,
) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let done = Promise.resolve();
  const held = new Promise<void>((resolve, reject) => {
    done = begin(async (tx) => {
      await work(tx);
      resolve();
      await released;
    });
    done.catch(reject);
  });
  return { held, release, done };
}

/** Settles once a statement about a table waits for a transaction that is open. */
export async function someoneWaits(table: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const [waiting] = await prisma.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE wait_event = 'transactionid' AND query LIKE ${`%${table}%`} AND datname = current_database()`;
    if (waiting?.count) return;
    await delay(20);
  }
  throw new Error("nobody waits");
}
