import type { Operation } from "@/features/protocol/schema";

/** One HTTP exchange: a participant's request to the network, or the network's to a participant. */
export interface Attempt {
  readonly at: string;
  /** Milliseconds from the request to the reply, held back or lost time included; null while it is under way. */
  readonly tookMs: number;
  /** Null when no reply came. */
  readonly status: number | null;
  readonly reply: string | null;
  /** What became of it in words: a fault, why it is made again, a copy. */
  readonly note: string;
}

/** `taken` and `refused` end a message that came in; `sending`, then `delivered` or `refused`, one that goes out. */
export type MessageState = "arriving" | "taken" | "refused" | "sending" | "delivered";

/** A message as the network saw it come in or sent it out, with every attempt. */
export interface TrafficMessage {
  readonly id: string;
  /** Its place in the traffic, from 1. */
  readonly seq: number;
  readonly at: string;
  readonly direction: "in" | "out";
  readonly operation: Operation;
  readonly objectId: string;
  readonly buyerB2BId: string;
  readonly supplierB2BId: string;
  /** The B2B ID of the business that sent it, or that it goes to. */
  readonly party: string;
  readonly body: string;
  reqMsgId: string | null;
  state: MessageState;
  /** What the message says, or is answered with. */
  result: "SUCCESS" | "FAILURE" | null;
  readonly attempts: Attempt[];
  /** How many attempts there were; `attempts` leaves out the middle of very many. */
  attemptCount: number;
  /** Counts up over all messages with each change: what `since` asks for. */
  changed: number;
}

export type NewMessage = Omit<TrafficMessage, "seq" | "at" | "attempts" | "attemptCount" | "changed" | "result"> & {
  readonly at: Date;
  readonly result?: TrafficMessage["result"];
};

export interface TrafficQuery {
  objectId?: string | undefined;
  b2bId?: string | undefined;
  operation?: Operation | undefined;
  /** Only what changed after this point. */
  since?: number | undefined;
  limit: number;
}

const MAX_MESSAGES = 5000;
const MAX_CHARACTERS = 64 * 1024 * 1024;
const MAX_ATTEMPTS = 40;

/** The latest messages, in memory and bounded; the journal is what survives a restart. */
export class Traffic {
  private readonly messages = new Map<string, TrafficMessage>();
  private readonly listeners = new Set<(message: TrafficMessage | null) => void>();
  private characters = 0;
  private seq = 0;
  private change = 0;

  /** Where the traffic stands: what to ask for as `since` next time. */
  get position(): number {
    return this.change;
  }

  get size(): number {
    return this.messages.size;
  }

  find(id: string): TrafficMessage | undefined {
    return this.messages.get(id);
  }

  add({ at, result = null, ...fields }: NewMessage): TrafficMessage {
    this.seq += 1;
    const message: TrafficMessage = {
      ...fields,
      at: at.toISOString(),
      seq: this.seq,
      result,
      attempts: [],
      attemptCount: 0,
      changed: 0,
    };
    this.messages.set(message.id, message);
    this.characters += message.body.length;
    this.trim();
    this.tell(message);
    return message;
  }

  attempt(message: TrafficMessage, attempt: Attempt): void {
    message.attemptCount += 1;
    message.attempts.push(attempt);
    this.characters += attempt.reply?.length ?? 0;
    // The first attempts and the latest tell the story of a message that is tried for hours.
    if (message.attempts.length > MAX_ATTEMPTS) {
      const [dropped] = message.attempts.splice(MAX_ATTEMPTS / 2, 1);
      this.characters -= dropped?.reply?.length ?? 0;
    }
    this.trim();
    this.tell(message);
  }

  update(message: TrafficMessage, change: Partial<Pick<TrafficMessage, "state" | "result" | "reqMsgId">>): void {
    Object.assign(message, change);
    this.tell(message);
  }

  /** Oldest first; the latest `limit` of those that fit, or the first `limit` changes after `since`. */
  list({ objectId, b2bId, operation, since, limit }: TrafficQuery): TrafficMessage[] {
    const found = [...this.messages.values()].filter(
      (message) =>
        (objectId === undefined || message.objectId === objectId) &&
        (b2bId === undefined || message.buyerB2BId === b2bId || message.supplierB2BId === b2bId) &&
        (operation === undefined || message.operation === operation) &&
        (since === undefined || message.changed > since),
    );
    if (since === undefined) return found.slice(-limit);
    return found.sort((one, other) => one.changed - other.changed).slice(0, limit);
  }

  /**
   * Tells of each change; null when everything was forgotten.
   * @returns how to stop listening
   */
  subscribe(listener: (message: TrafficMessage | null) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  clear(): void {
    this.messages.clear();
    this.characters = 0;
    for (const listener of this.listeners) listener(null);
  }

  private tell(message: TrafficMessage): void {
    this.change += 1;
    message.changed = this.change;
    for (const listener of this.listeners) listener(message);
  }

  private trim(): void {
    while (this.messages.size > MAX_MESSAGES || (this.characters > MAX_CHARACTERS && this.messages.size > 1)) {
      const oldest = this.messages.values().next().value;
      if (!oldest) return;
      this.messages.delete(oldest.id);
      this.characters -= oldest.attempts.reduce((sum, { reply }) => sum + (reply?.length ?? 0), oldest.body.length);
    }
  }
}
