import type { TabStorage } from "@/components/ui/tab-storage";

/*
 * A remark that was begun outlives its dialog, a reload and a lost session.
 */

interface DraftOf {
  business: string;
  /** Of the payment's, or of the bill's, which has ids of another shape. */
  objectId: string;
  /** What is answered: each answer has a remark of its own. */
  response: string;
}

const beginningOf = ({ business, objectId }: Omit<DraftOf, "response">) => `remark:${business}:${objectId}:`;
const keyOf = (of: DraftOf) => beginningOf(of) + of.response;

export const readDraft = (tab: TabStorage, of: DraftOf): string | null => tab.read(keyOf(of));

export const keepDraft = (tab: TabStorage, of: DraftOf, remarks: string): void => tab.keep(keyOf(of), remarks);

/** Forgets what was begun for what is answered. */
export function dropDrafts(tab: TabStorage, of: Omit<DraftOf, "response">): void {
  for (const key of tab.keysOf(beginningOf(of))) tab.drop(key);
}
