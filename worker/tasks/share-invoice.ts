import "server-only";
import { shareInvoice as share } from "@/features/invoices/mutations/share";
import type { Jobs } from "@/lib/jobs";
import { inRequest } from "@/lib/request-context";
import type { Clock } from "@/lib/time";

/** Shows an invoice to its other party. What it throws, the queue tries again. */
export async function shareInvoice(payload: Jobs["share-invoice"], clock: Clock): Promise<void> {
  await inRequest(payload.requestId, () => share(payload, clock()));
}
