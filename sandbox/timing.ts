/** How long the network and its counterparties take, in milliseconds; tests run faster. */
export interface Timing {
  /** The wait after the n-th attempt (from 1) of a delivery came to nothing. */
  readonly backOffMs: (attempt: number) => number;
  /** No Retry-After is honoured beyond this. */
  readonly longestRetryAfterMs: number;
  /** A participant that has not replied by then is asked again. */
  readonly attemptTimeoutMs: number;
  /** How long a played supplier looks at its bank account before it answers. */
  readonly supplierThinksMs: number;
  /** By how much the fault of reordering is shortened. */
  readonly holdFactor: number;
}

const SHORT_MS = [200, 400, 800, 1500, 3000];

export const DEFAULT_TIMING: Timing = {
  // Short, as long as somebody may be watching; slower once a participant has been away for minutes.
  backOffMs: (attempt) => SHORT_MS[attempt - 1] ?? (attempt < 60 ? 5000 : 30_000),
  longestRetryAfterMs: 30_000,
  attemptTimeoutMs: 20_000,
  supplierThinksMs: 1500,
  holdFactor: 1,
};
