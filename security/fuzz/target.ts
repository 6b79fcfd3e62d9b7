import type { Random } from "./random";

/** One request of the fuzz, for the handlers in this process or for a portal behind a socket. */
export interface Input {
  method: string;
  /** Path and query as they stand in the request line. */
  path: string;
  headers: Record<string, string>;
  body?: Buffer;
  /** The path's parameters as a framework hands them to the handler. */
  params: Record<string, string>;
}

/** One operation that is fuzzed, as one kind of caller. */
export interface Target {
  /** `createPayment`, `req-pay as the network`. */
  name: string;
  api: "v0" | "v1";
  make: (random: Random) => Input;
  /** Calls the real handler in this process. */
  call: (input: Input) => Promise<Response>;
}

/** The input as a framework's request. */
export function requestOf({ method, path, headers, body }: Input, origin: string): Request {
  return new Request(origin + path, { method, headers, ...(body && { body: new Uint8Array(body) }) });
}
