import { some } from "@/chaos/choose";
import { between, type Random, randomStream } from "@/sandbox/random";

/** What can go wrong. */
export const FAULT_KINDS = [
  "kill-portal",
  "kill-worker",
  "kill-postgres",
  "stop-portal",
  "stop-worker",
  "stop-postgres",
  "blackout",
  "slow-network",
  "lossy-network",
  "repeating-network",
  "reordering-network",
  "lying-network",
  "cut-network",
  "cut-clients",
  "cut-database",
  "hang-database",
  "wrong-clock",
  "full-disk",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface PlannedFault {
  readonly kind: FaultKind;
  /** Milliseconds from the beginning of the trade. */
  readonly at: number;
  /** How long it lasts; of what is killed, how long it stays away. */
  readonly lastsMs: number;
  /** Which of several, 0 or 1: portal, worker, connection. */
  readonly target: number;
  /** By how much a clock is off, in milliseconds. */
  readonly offsetMs: number;
}

type Lasts = readonly [min: number, max: number];

/*
 * How long each lasts, in a short run. The time-outs of the product: 10 s for a connection and 15 s for a transaction, 20 s for an
 * attempt at the network, 45 s for its lease; of the chaos network 5 s, of its clients 8 s. In a long run a stop goes beyond the lease.
 */
const LASTS: Record<FaultKind, Lasts> = {
  "kill-portal": [200, 3_000],
  "kill-worker": [200, 3_000],
  "kill-postgres": [0, 2_000],
  "stop-portal": [9_000, 17_000],
  "stop-worker": [21_000, 24_000],
  "stop-postgres": [4_000, 11_000],
  blackout: [4_000, 10_000],
  "slow-network": [5_000, 10_000],
  "lossy-network": [8_000, 15_000],
  "repeating-network": [8_000, 15_000],
  "reordering-network": [8_000, 15_000],
  "lying-network": [8_000, 15_000],
  "cut-network": [8_000, 15_000],
  "cut-clients": [8_000, 15_000],
  "cut-database": [8_000, 15_000],
  "hang-database": [4_000, 11_000],
  "wrong-clock": [8_000, 15_000],
  "full-disk": [4_000, 8_000],
};

/** Beyond the lease of 45 s: another worker has taken over when this one wakes up. */
const LONG_STOP: Lasts = [47_000, 60_000];
const LONG_RUN_MS = 5 * 60_000;
const MINUTE_MS = 60_000;
/** Signatures hold for five minutes either way. */
const FARTHEST_OFF_MS = 4 * MINUTE_MS;

/** How far a clock may be off in a run of this length: what waits by a wrong clock is waited for when the run has ended. */
const farthestOff = (tradeMs: number) => Math.min(FARTHEST_OFF_MS, Math.max(MINUTE_MS, Math.round(tradeMs / 2)));

/**
 * Every fault of a run, from its seed alone: all kinds in an order of their own, again and again, a few seconds apart, so that they
 * overlap; each kind at least once.
 * @param tradeMs how long the trade lasts; all faults begin and nearly all end within it
 */
export function planFaults(seed: string, tradeMs: number): PlannedFault[] {
  const random = randomStream(seed, "faults");
  const spacing = Math.min(5_000, Math.floor(tradeMs / (FAULT_KINDS.length + 1)));
  const faults: PlannedFault[] = [];
  for (let at = Math.floor(spacing / 2); ; ) {
    for (const kind of shuffled(FAULT_KINDS, random, tradeMs)) {
      if (at > tradeMs - spacing) return faults;
      faults.push(planOne(kind, at, random, tradeMs));
      at += between(random, Math.floor(spacing * 0.7), spacing);
    }
  }
}

function planOne(kind: FaultKind, at: number, random: Random, tradeMs: number): PlannedFault {
  const isLong = tradeMs > LONG_RUN_MS && kind === "stop-worker" && random() < 0.5;
  const [min, max] = isLong ? LONG_STOP : LASTS[kind];
  const minutesOff = between(random, MINUTE_MS, farthestOff(tradeMs)) * (random() < 0.5 ? -1 : 1);
  return {
    kind,
    at,
    // The trade is over at its end, whatever was still wrong; what is stopped for longer than every time-out comes early enough.
    lastsMs: Math.min(between(random, min, max), tradeMs - at),
    target: between(random, 0, 1),
    offsetMs: kind === "wrong-clock" ? minutesOff : 0,
  };
}

/** The kinds in any order; in a short run the longest stop comes first, so that it ends with the trade. */
function shuffled(kinds: readonly FaultKind[], random: Random, tradeMs: number): FaultKind[] {
  const order = some(random, kinds, kinds.length);
  if (tradeMs > LONG_RUN_MS) return order;
  return ["stop-worker", ...order.filter((kind) => kind !== "stop-worker")];
}
