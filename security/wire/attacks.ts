import { gzipSync } from "node:zlib";
import type { Pieces } from "./raw";

/** Something that is done to a portal over a bare socket. */
export interface Attack {
  name: string;
  pieces: () => Pieces;
  /** How many do it at the same time. */
  connections: number;
  /** By when the portal must have answered or hung up, in milliseconds. */
  withinMs: number;
  /** The statuses it may answer with; anything below 500 when left out. Hanging up is always allowed. */
  statuses?: readonly number[];
  /** What must not stand in the reply. */
  without?: string | undefined;
}

const MB = 1024 * 1024;
const SOON_MS = 30_000;

/** The portal's own limit is 60 s for a request and 15 s for its head, looked at every 30 s. */
const SLOW_MS = 100_000;

const V0 = "/api/v0/payment/req-pay";

export interface Aim {
  host: string;
  slug: string;
  apiKey: string;
  cookie: string;
  /** Must never be seen by whoever isn't signed in. */
  canary: string;
}

const head = (line: string, host: string, headers: Record<string, string | number> = {}) =>
  `${line} HTTP/1.1\r\nhost: ${host}\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;

const pieces =
  (...parts: (string | Uint8Array)[]) =>
  () =>
    parts.map((bytes) => ({ bytes }));

function* megabytes(count: number, wrap: (chunk: Buffer) => Uint8Array = (chunk) => chunk) {
  const chunk = Buffer.alloc(MB, "[");
  for (let i = 0; i < count; i++) yield { bytes: wrap(chunk) };
}

function* dribble(start: string, rest: string, everyMs: number) {
  yield { bytes: start };
  for (const byte of rest) yield { bytes: byte, afterMs: everyMs };
}

const chunked = (chunk: Buffer) =>
  Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]);

/** Bodies of 10 MB, slow ones, and what isn't HTTP. */
export function attacks({ host, slug, apiKey, cookie, canary }: Aim): Attack[] {
  const json = { "content-type": "application/json" };
  const key = { ...json, authorization: `Bearer ${apiKey}` };
  const invoices = `POST /api/v1/businesses/${slug}/invoices`;
  const session = { ...json, cookie, origin: `http://${host}` };
  const refused = [400, 401, 403, 413, 415, 429];
  const large = (name: string, line: string, headers: Record<string, string>, statuses = refused): Attack[] => [
    {
      name: `${name}: 10 MB, as its content-length says`,
      pieces: function* () {
        yield { bytes: head(line, host, { ...headers, "content-length": 10 * MB }) };
        yield* megabytes(10);
      },
      connections: 8,
      withinMs: SOON_MS,
      statuses,
    },
    {
      name: `${name}: 10 MB, in chunks, without saying so before`,
      pieces: function* () {
        yield { bytes: head(line, host, { ...headers, "transfer-encoding": "chunked" }) };
        yield* megabytes(10, chunked);
        yield { bytes: "0\r\n\r\n" };
      },
      connections: 8,
      withinMs: SOON_MS,
      statuses,
    },
    {
      name: `${name}: a body a byte a second`,
      pieces: () => dribble(head(line, host, { ...headers, "content-length": 5000 }), "[".repeat(200), 1000),
      connections: 20,
      withinMs: SLOW_MS,
    },
    {
      name: `${name}: a body that never comes`,
      pieces: pieces(head(line, host, { ...headers, "content-length": 100 })),
      connections: 20,
      withinMs: SLOW_MS,
    },
  ];
  const odd = (name: string, text: string, more: Partial<Attack> = {}): Attack => ({
    name,
    pieces: pieces(text),
    connections: 1,
    withinMs: SOON_MS,
    ...more,
  });
  const page = (name: string, path: string, headers: Record<string, string> = {}, method = "GET"): Attack => ({
    name,
    pieces: pieces(head(`${method} ${path}`, host, { ...headers, connection: "close" })),
    connections: 1,
    withinMs: SOON_MS,
    without: canary,
  });
  const home = `/b/${slug}`;
  return [
    ...large("v0, as a business", `POST ${V0}`, key),
    ...large("v0, as nobody", `POST ${V0}`, json),
    ...large("v1, as a business", invoices, key),
    ...large("v1, signed in", invoices, session),
    ...large("signing in", "POST /api/auth/sign-in/email", { ...json, origin: `http://${host}` }),
    ...large("a page", `POST ${home}`, json, [405]),
    {
      name: "a head a byte a second",
      pieces: () => dribble(`GET ${home} HTTP/1.1\r\n`, "x-slow: ".padEnd(200, "a"), 1000),
      connections: 50,
      withinMs: SLOW_MS,
    },
    { name: "a connection that says nothing", pieces: pieces(""), connections: 50, withinMs: SLOW_MS },
    {
      name: "a zip bomb: 10 MB of brackets in 10 KB",
      pieces: () => {
        const body = gzipSync(Buffer.alloc(10 * MB, "["));
        const headers = { ...key, "content-encoding": "gzip", "content-length": body.length, connection: "close" };
        return [{ bytes: head(invoices, host, headers) }, { bytes: body }];
      },
      connections: 4,
      withinMs: SOON_MS,
      statuses: [400, 413, 415, 422],
    },
    odd("no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n", { statuses: [400] }),
    odd("a head of 100 KB", head(`GET ${home}`, host, { "x-large": "a".repeat(100_000) }), { statuses: [431] }),
    odd("an address of 100 KB", head(`GET /${"a".repeat(100_000)}`, host), { statuses: [400, 414, 431] }),
    odd(
      "5,000 header lines",
      head(`GET ${home}`, host, Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x-${i}`, "1"]))),
    ),
    odd("two lengths", `POST ${V0} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 2\r\ncontent-length: 30\r\n\r\n{}`, {
      statuses: [400],
    }),
    odd(
      "a length and chunks: where does the next request begin?",
      `POST ${V0} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET ${home} HTTP/1.1\r\nhost: ${host}\r\n\r\n`,
      { statuses: [400] },
    ),
    odd("a chunk of no size", `POST ${V0} HTTP/1.1\r\nhost: ${host}\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`, {
      statuses: [400, 401],
    }),
    odd("a negative length", `POST ${V0} HTTP/1.1\r\nhost: ${host}\r\ncontent-length: -5\r\n\r\n`, { statuses: [400] }),
    odd("no host", `GET ${home} HTTP/1.1\r\n\r\n`),
    odd("half a request", `POST ${V0} HTTP/1.1\r\nhost: ${host}\r\ncontent-le`, { withinMs: SLOW_MS }),
    odd("200 requests in one go", head(`GET ${home}`, host).repeat(200), { withinMs: 60_000, without: canary }),
    ...[
      "payments/%00",
      "received/%00",
      "bills/%00",
      "bills?q=%00&cursor=%00",
      "pay?again=%00&invoice=%00",
      "payments?cursor=e30",
    ].map((path): Attack => ({ ...page(`signed in: ${path}`, `${home}/${path}`, { cookie }), without: undefined })),
    { ...page("signed in: /b/%00", "/b/%00", { cookie }), without: undefined },
    ...["TRACE", "CONNECT", "PROPFIND", "OPTIONS", "PUT", "DELETE"].map((method) =>
      page(`${method} of a page`, home, {}, method),
    ),
    {
      ...page("another address in the request line", `http://169.254.169.254/latest/meta-data`),
      statuses: [400],
    },
    ...[
      ["GET", "/sign-in"],
      ["GET", "/no-such-page"],
      ["POST", V0],
    ].map(
      ([method = "", path = ""]): Attack => ({
        ...odd(
          `another protocol in place of HTTP, at ${path}`,
          head(`${method} ${path}`, host, { connection: "Upgrade", upgrade: "h2c", "content-length": 0 }),
        ),
        connections: 20,
        withinMs: 10_000,
      }),
    ),
    page("another host", home, { "x-forwarded-host": "evil.example", forwarded: "host=evil.example" }),
    page("told that the middleware has run", home, { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" }),
    page("told who it is by a header of our own", home, {
      "x-chukta-path": "//evil.example",
      "x-chukta-client": "127.0.0.1",
    }),
    page("a page's data without its frame", home, { rsc: "1" }),
    page("a page's data, ahead of time", home, { rsc: "1", "next-router-prefetch": "1" }),
    {
      ...page("an action that isn't there", home, { "next-action": "0".repeat(40), "content-length": "0" }, "POST"),
      statuses: [405],
    },
    page("a page's data, for somebody whose page is none", home, { rsc: "1", "next-router-state-tree": "%5B" }),
    page("a path out of the folder", "/_next/static/../../../.env"),
    page("a path out of the folder, written in code", "/_next/static/..%2f..%2f..%2f.env"),
    page("another's address through the image server", "/_next/image?url=http%3A%2F%2F127.0.0.1%3A22&w=64&q=75"),
    ...[
      "%",
      "%00",
      "%ff",
      "%ED%A0%80",
      "%C0%AE",
      ".",
      "..",
      "...",
      "%2e%2e",
      "%5c",
      "a".repeat(5000),
      "💥",
      "__proto__",
    ].flatMap((name) => [
      page(`/b/${name.slice(0, 12)}`, `/b/${Buffer.from(name).toString("latin1")}`),
      page(
        `/api/v1/businesses/${name.slice(0, 12)}/home`,
        `/api/v1/businesses/${Buffer.from(name).toString("latin1")}/home`,
        key,
      ),
      page(`/b/…/bills/${name.slice(0, 12)}`, `${home}/bills/${Buffer.from(name).toString("latin1")}`, {
        ...session,
        cookie: "",
      }),
      page(`/_next/${name.slice(0, 12)}`, `/_next/${Buffer.from(name).toString("latin1")}`),
    ]),
  ];
}
