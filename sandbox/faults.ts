import { z } from "zod";
import { between, type Random, randomStream } from "@/sandbox/random";
import { remember } from "@/sandbox/remember";

const chance = z.number().min(0).max(1);

/** What goes wrong on purpose. Chances are from 0 to 1, for each attempt anew. */
export const Faults = z.strictObject({
  latencyMs: z
    .strictObject({ min: z.int().min(0).max(60_000), max: z.int().min(0).max(60_000) })
    .refine(({ min, max }) => min <= max, "min is above max"),
  /** The request is lost before it arrives, or its reply after, one as likely as the other. */
  loss: chance,
  /** What the network sends arrives twice. */
  duplicates: chance,
  /** A message of the network is held back, so that later ones overtake it; or an ack comes after the outcome. */
  reordering: chance,
  /** The network answers 500, 429 with Retry-After, or garbage. */
  errors: chance,
  /** Nothing gets through in either direction. */
  blackout: z.boolean(),
  /** Runs with equal seeds and equal requests in the same order have equal faults. */
  seed: z.union([z.string().max(100), z.int().transform(String)]),
});
export type Faults = z.output<typeof Faults>;
export const FaultsPatch = Faults.partial();

const NO_FAULTS = { latencyMs: { min: 0, max: 0 }, loss: 0, duplicates: 0, reordering: 0, errors: 0, blackout: false };

export type Loss = "request" | "reply" | null;
export type WireError = "500" | "429" | "garbage";

/** What happens to one HTTP request of a participant to the network. */
export interface IncomingFault {
  readonly delayMs: number;
  readonly loss: Loss;
  readonly error: WireError | null;
  /** How long the ack is held back while its message already travels on. */
  readonly holdAckMs: number;
}

/** What happens to one attempt of the network at delivering a message. */
export interface OutgoingFault {
  readonly delayMs: number;
  readonly loss: Loss;
  /** A second copy follows this many milliseconds after the first. */
  readonly duplicateAfterMs: number | null;
}

const HOLD_MS = { min: 300, max: 2000 };
const MAX_KEPT = 100_000;

/**
 * Decides every fault, from the seed alone. A payment counts by its place among the payments seen since the seed was set, not by its
 * objectId, which is another one in each run.
 */
export class FaultPlan {
  private faults: Faults;
  private readonly ordinals = new Map<string, number>();
  private readonly arrivals = new Map<string, number>();
  private payments = 0;
  private waiting: (() => void)[] = [];

  constructor(private readonly seed: string) {
    this.faults = { ...NO_FAULTS, seed };
  }

  get current(): Faults {
    return this.faults;
  }

  /** Changes the faults that are named; a seed, even the same one, begins the run anew. */
  set(patch: z.output<typeof FaultsPatch>): Faults {
    if (patch.seed !== undefined) this.restart();
    this.faults = { ...this.faults, ...patch };
    if (!this.faults.blackout) this.release();
    return this.faults;
  }

  reset(): void {
    this.set({ ...NO_FAULTS, seed: this.seed });
  }

  /** Settles when there is no black-out, or when `release` is called and the signal says to stop. */
  async throughBlackout(signal: AbortSignal): Promise<void> {
    while (this.faults.blackout && !signal.aborted) await new Promise<void>((resume) => this.waiting.push(resume));
  }

  /** Wakes whatever waits for a black-out to end. */
  release(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resume of waiting) resume();
  }

  incoming(objectId: string, operation: string): IncomingFault {
    const key = `${this.ordinal(objectId)}/${operation}`;
    const arrival = (this.arrivals.get(key) ?? 0) + 1;
    remember(this.arrivals, key, arrival, MAX_KEPT);
    const random = this.stream(`in/${key}/${arrival}`);
    const delayMs = this.latency(random);
    const loss = this.loss(random);
    const error = random() < this.faults.errors ? pick(random, ["500", "429", "garbage"] as const) : null;
    const holdAckMs = random() < this.faults.reordering ? between(random, HOLD_MS.min, HOLD_MS.max) : 0;
    return { delayMs, loss, error, holdAckMs };
  }

  outgoing(objectId: string, operation: string, attempt: number): OutgoingFault {
    const random = this.stream(`out/${this.ordinal(objectId)}/${operation}/${attempt}`);
    const delayMs = this.latency(random);
    const loss = this.loss(random);
    const duplicateAfterMs = random() < this.faults.duplicates ? between(random, 0, 500) : null;
    return { delayMs, loss, duplicateAfterMs };
  }

  /** How long the network holds a message back out of its turn, in milliseconds; null when it goes in order. */
  heldBackMs(objectId: string, operation: string): number | null {
    const random = this.stream(`order/${this.ordinal(objectId)}/${operation}`);
    return random() < this.faults.reordering ? between(random, HOLD_MS.min, HOLD_MS.max) : null;
  }

  private restart(): void {
    this.ordinals.clear();
    this.arrivals.clear();
    this.payments = 0;
  }

  private stream(label: string): Random {
    return randomStream(this.faults.seed, label);
  }

  private ordinal(objectId: string): number {
    const known = this.ordinals.get(objectId);
    if (known !== undefined) return known;
    this.payments += 1;
    remember(this.ordinals, objectId, this.payments, MAX_KEPT);
    return this.payments;
  }

  private latency(random: Random): number {
    return between(random, this.faults.latencyMs.min, this.faults.latencyMs.max);
  }

  private loss(random: Random): Loss {
    const lost = random() < this.faults.loss;
    const which = random() < 0.5 ? "request" : "reply";
    return lost ? which : null;
  }
}

function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random() * items.length)] ?? items[0];
}
