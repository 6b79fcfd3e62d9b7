import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

// One for the process: Next.js and the portal's own server each load this module.
const held = globalThis as { chuktaRequest?: AsyncLocalStorage<string> };
held.chuktaRequest ??= new AsyncLocalStorage<string>();
const storage = held.chuktaRequest;

/** Runs `work` on behalf of a request, so that what it logs, sends and queues carries the request's id. */
export function inRequest<T>(requestId: string | undefined, work: () => T): T {
  return requestId === undefined ? work() : storage.run(requestId, work);
}

/** The id of the request that is being carried out, or undefined where there is none. */
export function currentRequestId(): string | undefined {
  return storage.getStore();
}
