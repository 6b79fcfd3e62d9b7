import { uuidv7 } from "@/lib/ids";

/** The id a request is followed by, in logs, messages and jobs: the caller's own `x-request-id` when it is a plain one, else a new one. */
export function requestIdOf(given: string | null): string {
  return given !== null && /^[\w.-]{8,64}$/.test(given) ? given : uuidv7();
}
