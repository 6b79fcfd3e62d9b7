import { contentHash } from "@/features/protocol/content-hash";
import { peekIds } from "@/features/protocol/peek";
import type { JournalEntry } from "@/sandbox/journal";
import { type RequestOperation, type Transfer, valueIn } from "@/sandbox/transfer";

const MAX_SETTLED = 100_000;

/** What a request is to those that came before it under its objectId. */
export type Match =
  | { readonly kind: "new" }
  | { readonly kind: "repeated"; readonly transfer: Transfer }
  | { readonly kind: "conflict" };

/** The requests that the network took, by what makes two of them the same. Bounded: of settled ones the oldest are forgotten. */
export class Transfers {
  private readonly byKey = new Map<string, Transfer[]>();
  private readonly byId = new Map<string, Transfer>();

  get size(): number {
    return this.byId.size;
  }

  /**
   * The same content again is a repetition, other content a conflict; except after a FAILURE: nothing came of that request, so the
   * business may ask anew, with other content, or with the same in a new message (another `webhook-id`), however often.
   */
  match(operation: RequestOperation, objectId: string, hash: string, webhookId: string | null): Match {
    const earlier = this.byKey.get(keyOf(operation, objectId)) ?? [];
    const latest = earlier.at(-1);
    if (!latest) return { kind: "new" };
    const same = earlier.findLast((transfer) => transfer.hash === hash);
    const isNewMessage = webhookId !== null && !earlier.some((transfer) => transfer.webhookId === webhookId);
    if (same && !(same.result === "FAILURE" && isNewMessage)) return { kind: "repeated", transfer: same };
    return latest.result === "FAILURE" ? { kind: "new" } : { kind: "conflict" };
  }

  add(transfer: Transfer): void {
    const key = keyOf(transfer.operation, transfer.objectId);
    const earlier = this.byKey.get(key);
    if (earlier) earlier.push(transfer);
    else this.byKey.set(key, [transfer]);
    this.byId.set(transfer.reqMsgId, transfer);
    if (this.byId.size > MAX_SETTLED) this.forgetOldest();
  }

  has(operation: RequestOperation, objectId: string): boolean {
    return this.byKey.has(keyOf(operation, objectId));
  }

  /** In the order in which they were taken. */
  all(): Iterable<Transfer> {
    return this.byId.values();
  }

  clear(): void {
    this.byKey.clear();
    this.byId.clear();
  }

  remove(transfer: Transfer): void {
    this.byId.delete(transfer.reqMsgId);
    const key = keyOf(transfer.operation, transfer.objectId);
    const others = this.byKey.get(key)?.filter((other) => other !== transfer) ?? [];
    if (others.length > 0) this.byKey.set(key, others);
    else this.byKey.delete(key);
  }

  private forgetOldest(): void {
    for (const transfer of this.byId.values()) {
      if (!transfer.settled) continue;
      this.remove(transfer);
      return;
    }
  }
}

function keyOf(operation: RequestOperation, objectId: string): string {
  return `${operation}:${objectId}`;
}

/** A transfer as the journal tells of it when it was taken; null when its text can't be read. */
export function transferFrom(entry: Extract<JournalEntry, { event: "taken" }>): Transfer | null {
  const value = valueIn(entry.body);
  const { objectId, buyerB2BId, supplierB2BId } = peekIds(value);
  if (!objectId || !buyerB2BId || !supplierB2BId) return null;
  const { reqMsgId, operation, webhookId, body } = entry;
  return {
    reqMsgId,
    operation,
    objectId,
    buyerB2BId,
    supplierB2BId,
    hash: contentHash(value),
    webhookId,
    takenAt: new Date(entry.at),
    kept: Promise.resolve(),
    body,
    result: null,
    outcome: null,
    settled: false,
  };
}
