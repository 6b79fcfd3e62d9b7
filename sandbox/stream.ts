import type { IncomingMessage, ServerResponse } from "node:http";
import type { Sandbox } from "@/sandbox/sandbox";
import type { TrafficMessage } from "@/sandbox/traffic";

const FLUSH_MS = 100;
const HEARTBEAT_MS = 15_000;
/** A reader that is so far behind misses changes rather than filling the memory; it reads the list again. */
const MAX_BEHIND = 8 * 1024 * 1024;

/**
 * Server-sent events: `message` with a message each time it changes, the changes of a tenth of a second as one; `reset` when
 * everything was forgotten, or too much was missed; then the list is to be read anew.
 */
export function streamMessages(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): undefined {
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.write("retry: 1000\n\n");
  const changed = new Set<TrafficMessage>();
  let skipped = false;
  const flush = setInterval(() => {
    if (response.writableLength > MAX_BEHIND) {
      skipped = true;
      changed.clear();
      return;
    }
    if (skipped) response.write("event: reset\ndata: {}\n\n");
    skipped = false;
    for (const message of changed)
      response.write(`event: message\nid: ${message.changed}\ndata: ${JSON.stringify(message)}\n\n`);
    changed.clear();
  }, FLUSH_MS);
  const heartbeat = setInterval(() => response.write(": alive\n\n"), HEARTBEAT_MS);
  const stopListening = sandbox.traffic.subscribe((message) => {
    if (message) changed.add(message);
    else {
      changed.clear();
      skipped = true;
    }
  });
  request.on("close", () => {
    clearInterval(flush);
    clearInterval(heartbeat);
    stopListening();
  });
  return undefined;
}
