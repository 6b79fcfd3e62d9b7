import type { TabStorage } from "@/components/ui/tab-storage";
import type { Answer } from "@/features/payments/schema";

/*
 * A remark that was begun outlives its dialog, a reload and a lost session.
 */

interface DraftOf {
  business: string;
  objectId: string;
  response: Answer["response"];
}

const keyOf = ({ business, objectId, response }: DraftOf) => `remark:${business}:${objectId}:${response}`;

export const readDraft = (tab: TabStorage, of: DraftOf): string | null => tab.read(keyOf(of));

export const keepDraft = (tab: TabStorage, of: DraftOf, remarks: string): void => tab.keep(keyOf(of), remarks);

/** Forgets what was begun for a payment that is answered. */
export function dropDrafts(tab: TabStorage, business: string, objectId: string): void {
  for (const response of ["ACCEPT", "REJECT"] as const) tab.drop(keyOf({ business, objectId, response }));
}
