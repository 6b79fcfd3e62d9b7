import { contentHash } from "@/features/protocol/content-hash";
import { type PeekedIds, peekIds } from "@/features/protocol/peek";
import type { Operation } from "@/features/protocol/schema";
import { uuidv7 } from "@/lib/ids";
import { remember } from "@/sandbox/remember";
import type { Traffic, TrafficMessage } from "@/sandbox/traffic";

const MAX_REMEMBERED = 20_000;
/** An unreadable body is shown up to here. */
const MAX_SHOWN = 20_000;

/** What can be made out of a message that came in, valid or not. */
export interface Arrival {
  readonly operation: Operation;
  /** The parsed JSON; undefined when it is none. */
  readonly value: unknown;
  readonly text: string;
}

/** Keeps one entry in the traffic for a message that comes in, however often it comes. */
export class Arrivals {
  private readonly recordIds = new Map<string, string>();

  constructor(
    private readonly traffic: Traffic,
    private readonly clock: () => Date,
  ) {}

  /** The entry of this message, made when it comes for the first time. */
  record({ operation, value, text }: Arrival): TrafficMessage {
    const ids = peekIds(value);
    const key = value === undefined ? null : `${operation} ${ids.objectId} ${contentHash(value)}`;
    const known = key && this.traffic.find(this.recordIds.get(key) ?? "");
    if (known) return known;
    const id = uuidv7();
    if (key) remember(this.recordIds, key, id, MAX_REMEMBERED);
    return this.traffic.add({
      id,
      at: this.clock(),
      direction: "in",
      operation,
      ...writtenIds(ids),
      party: senderOf(operation, ids),
      body: value === undefined ? text.slice(0, MAX_SHOWN) : text,
      reqMsgId: null,
      state: "arriving",
    });
  }

  /** What the network answered this time, or a fault in words when no answer was sent. */
  answered(
    record: TrafficMessage,
    startedAt: Date,
    { reply, note }: { reply: { status: number; text: string } | null; note: string },
  ): void {
    this.traffic.attempt(record, {
      at: startedAt.toISOString(),
      tookMs: this.clock().getTime() - startedAt.getTime(),
      status: reply?.status ?? null,
      reply: reply?.text ?? null,
      note,
    });
  }

  clear(): void {
    this.recordIds.clear();
  }
}

function writtenIds({ objectId, buyerB2BId, supplierB2BId }: PeekedIds) {
  return { objectId: objectId ?? "", buyerB2BId: buyerB2BId ?? "", supplierB2BId: supplierB2BId ?? "" };
}

function senderOf(operation: Operation, { buyerB2BId, supplierB2BId }: PeekedIds): string {
  return (operation === "req-pay" ? buyerB2BId : supplierB2BId) ?? "";
}
