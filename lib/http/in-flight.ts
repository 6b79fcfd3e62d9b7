import diagnostics from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

// On the process, not the module: Next.js may load a module more than once.
const held = globalThis as { chuktaInFlight?: Set<ServerResponse> };

/** Starts to keep account of the requests that this process is answering. Node tells of each, whoever handles it. */
export function countRequests(): void {
  if (held.chuktaInFlight) return;
  const inFlight = new Set<ServerResponse>();
  held.chuktaInFlight = inFlight;
  diagnostics.subscribe("http.server.request.start", (message) => {
    const { response } = message as { response: ServerResponse };
    inFlight.add(response);
    // "close" comes after the last byte, and when the caller has gone.
    response.once("close", () => inFlight.delete(response));
  });
}

/** Resolves when no request is being answered. */
export async function drained(): Promise<void> {
  while (held.chuktaInFlight && held.chuktaInFlight.size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
