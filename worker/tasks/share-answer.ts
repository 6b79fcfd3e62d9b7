import "server-only";
import { shareAnswer as share } from "@/features/invoices/mutations/share-answer";
import type { Jobs } from "@/lib/jobs";
import { inRequest } from "@/lib/request-context";
import type { Clock } from "@/lib/time";

/** Shows what a business makes of an invoice to the party that wrote it. What it throws, the queue tries again. */
export async function shareAnswer(payload: Jobs["share-answer"], clock: Clock): Promise<void> {
  await inRequest(payload.requestId, () => share(payload, clock()));
}
