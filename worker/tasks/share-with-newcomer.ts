import "server-only";
import { shareWithNewcomer as share } from "@/features/invoices/mutations/share-with-newcomer";
import type { Jobs } from "@/lib/jobs";
import { inRequest } from "@/lib/request-context";

/** Has open invoices shown to a business that has joined since they were written. What it throws, the queue tries again. */
export async function shareWithNewcomer(payload: Jobs["share-with-newcomer"]): Promise<void> {
  await inRequest(payload.requestId, () => share(payload));
}
