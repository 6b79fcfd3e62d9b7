import { QueryClient } from "@tanstack/react-query";
import { ProblemError, TIMED_OUT } from "@/lib/http/client";

const MAX_RETRIES = 2;

/**
 * A refusal (4xx) stays one however often it is asked again, but for a time-out and "slow down". What had no answer in time was waited
 * for long enough.
 */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof ProblemError && error.code === TIMED_OUT) return false;
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  if (typeof status !== "number") return true;
  return status < 400 || status >= 500 || status === 408 || status === 429;
}

/** One per browser tab; on the server one per request, so that nobody is shown what was fetched for somebody else. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The server has just rendered the first view: don't fetch it again on arrival.
        staleTime: 15_000,
        // What was done in one tab shows in another as one comes back to it, however soon.
        refetchOnWindowFocus: "always",
        // A browser that takes itself for offline still asks: an error that says so is better than a wait without end.
        networkMode: "always",
        retry: (failures, error) => failures < MAX_RETRIES && isWorthRetrying(error),
      },
      // Writes are repeated by a person, who sees what went wrong, with the same id.
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
