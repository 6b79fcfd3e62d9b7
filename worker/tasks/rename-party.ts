import "server-only";
import { renameNext } from "@/features/counterparties/mutations/rename";
import type { Jobs } from "@/lib/jobs";
import { inRequest } from "@/lib/request-context";

/** Gives more of a party's open invoices its new name. What it throws, the queue tries again. */
export async function renameParty(payload: Jobs["rename-party"]): Promise<void> {
  await inRequest(payload.requestId, () => renameNext(payload));
}
