import "server-only";
import type { Tx } from "@/lib/db";

/**
 * Holds a person's account until the transaction ends: who changes what it is signed in to with, who signs in by a passkey, and who lets
 * it into a business come one after the other. Before anything else of the person is locked.
 */
export async function lockAccount(tx: Tx, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM public.app_user WHERE id = ${userId}::uuid FOR UPDATE`;
}
