import type { Answer } from "@/features/payments/schema";

/*
 * A remark that was begun outlives its dialog, a reload and a lost session, in this browser tab alone. The storage may be missing
 * or full: then only the comfort is lost.
 */

interface DraftOf {
  business: string;
  objectId: string;
  response: Answer["response"];
}

const keyOf = ({ business, objectId, response }: DraftOf) => `chukta.remark.${business}.${objectId}.${response}`;

export function readDraft(of: DraftOf): string | null {
  try {
    return sessionStorage.getItem(keyOf(of));
  } catch {
    return null;
  }
}

export function keepDraft(of: DraftOf, remarks: string): void {
  try {
    sessionStorage.setItem(keyOf(of), remarks);
  } catch {}
}

/** Forgets what was begun for a payment that is answered. */
export function dropDrafts(business: string, objectId: string): void {
  try {
    for (const response of ["ACCEPT", "REJECT"] as const)
      sessionStorage.removeItem(keyOf({ business, objectId, response }));
  } catch {}
}
