import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** How a connection ended. */
export interface Ended {
  /** The first reply's status; null when there was none. */
  status: number | null;
  /** All that came back, as text of bytes. */
  text: string;
  /** Milliseconds from the connection to its end. */
  tookMs: number;
  /** True when this side had to give up waiting. */
  gaveUp: boolean;
}

/** What is sent, piece by piece, each with the wait before it in milliseconds. */
export type Pieces = Iterable<{ bytes: string | Uint8Array; afterMs?: number }>;

/**
 * Sends bytes as they are over a socket of its own, and waits until the other side is done with it.
 * @param patienceMs how long at most; `enough` says when what came back will do
 */
export function exchange(
  port: number,
  pieces: Pieces,
  {
    patienceMs,
    enough = () => false,
    half = false,
  }: { patienceMs: number; enough?: (text: string) => boolean; half?: boolean },
): Promise<Ended> {
  return new Promise((resolve) => {
    const began = performance.now();
    let text = "";
    let over = false;
    const socket = connect({ port, host: "127.0.0.1" });
    const end = (gaveUp: boolean) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      socket.destroy();
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1];
      resolve({ status: status ? Number(status) : null, text, tookMs: performance.now() - began, gaveUp });
    };
    const timer = setTimeout(() => end(true), patienceMs);
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      if (text.length < 1_000_000) text += chunk;
      if (enough(text)) end(false);
    });
    socket.on("error", () => end(false));
    socket.on("close", () => end(false));
    socket.on("connect", () => void write());
    async function write() {
      for (const { bytes, afterMs = 0 } of pieces) {
        if (afterMs > 0) await delay(afterMs);
        if (over) return;
        if (!socket.write(bytes)) await new Promise((drained) => socket.once("drain", drained).once("close", drained));
      }
      if (half && !over) socket.end();
    }
  });
}

/** Whether a whole reply with a content-length stands in the text; good enough to stop waiting. */
export function hasReply(text: string): boolean {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head + 2))?.[1];
  if (length !== undefined) return text.length >= head + 4 + Number(length);
  return /\r\ntransfer-encoding: *chunked/i.test(text.slice(0, head + 2)) ? text.endsWith("0\r\n\r\n") : false;
}
