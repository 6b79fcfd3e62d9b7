import { request } from "node:http";

/** Longer than a connection may take, shorter than a transaction may: a client that waits no more asks again. */
const TIMEOUT_MS = 8_000;

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The body as JSON; null when it is none. */
  readonly json: unknown;
  /** The cookies that it sets, as they are sent back. */
  readonly cookie: string;
}

/**
 * One call over a connection of its own, as a client makes it.
 * @returns null when no whole reply came, for whatever reason: then nobody knows what became of it
 */
export function call(
  port: number,
  options: {
    method?: "GET" | "POST" | "PUT";
    path: string;
    key?: string;
    /** As a browser on the portal's own page sends it: with these cookies. */
    cookie?: string;
    body?: unknown;
    text?: string;
  },
): Promise<Answer | null> {
  const { method = "GET", path, key, cookie } = options;
  const body = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  return new Promise((done) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        path,
        method,
        agent: false,
        headers: {
          accept: "application/json",
          ...(key ? { authorization: `Bearer ${key}` } : {}),
          ...(cookie === undefined ? {} : { cookie, origin: `http://127.0.0.1:${port}` }),
          ...(body === undefined
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", () => done(null));
        response.on("end", () => {
          if (!response.complete) return done(null);
          const text = Buffer.concat(chunks).toString("utf8");
          const set = response.headers["set-cookie"] ?? [];
          const cookie = set.map((one) => one.split(";", 1)[0]).join("; ");
          done({ status: response.statusCode ?? 0, text, json: parse(text), cookie });
        });
      },
    );
    const timer = setTimeout(() => sent.destroy(), TIMEOUT_MS);
    sent.on("error", () => done(null));
    sent.on("close", () => {
      clearTimeout(timer);
      done(null);
    });
    sent.end(body);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
