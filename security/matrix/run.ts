import { setTimeout } from "node:timers/promises";
import { makePerson } from "../world/people";
import { signIn } from "../world/sign-in";
import { rows } from "../world/sql";
import { pay, payAndArrive } from "../world/trade";
import { CANARY, type World } from "../world/world";
import { changedTables, keptRefused, readBooks } from "./books";
import { type Attempt, attemptsOf, type Cookies, signEveryoneIn } from "./credentials";
import { judge, outcomeOf, type SeenReply } from "./judge";
import { type Asked, askedBy } from "./requests";
import { CALLER_NAMES, type Caller, matrixRows, type Row, rowName } from "./table";

/** How long a reply may take, in milliseconds. */
const TIMEOUT_MS = 15_000;

export interface MatrixResult {
  rows: number;
  cells: number;
  requests: number;
  /** Cells that let something through, and whose change was seen in the database. */
  writes: number;
  findings: string[];
}

/** The pace that all readers of the reference share says nothing of who may read it: asked to come again, the matrix does. */
async function send(...asked: Parameters<typeof sendOnce>): Promise<SeenReply> {
  for (;;) {
    const reply = await sendOnce(...asked);
    const seconds = Number(reply.headers.get("retry-after"));
    if (reply.status !== 429 || !asked[2].startsWith("/docs/") || seconds === 0) return reply;
    await setTimeout(seconds * 1_000);
  }
}

async function sendOnce(portalUrl: string, row: Row, path: string, attempt: Attempt, body: string): Promise<SeenReply> {
  const hasBody = !["GET", "HEAD"].includes(row.method);
  const address = path.replace("[business]", encodeURIComponent(attempt.business));
  const response = await fetch(portalUrl + address, {
    method: row.method,
    headers: { ...attempt.headers, ...(hasBody && { "content-type": "application/json" }) },
    ...(hasBody && { body }),
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  return { what: "", status: response.status, headers: response.headers, text };
}

/** Rows whose request ends or changes the caller's own session, or comes after one that did: each caller gets one for the cell alone. */
const ENDS_SESSION = /^\/api\/auth\/(sign-out|change-password|end-sessions|two-factor\/.*|passkey\/.*)$/;

async function ownSession(caller: Caller, portalUrl: string, { alpha }: World, cookies: Cookies): Promise<Cookies> {
  const name = caller === "foreign" ? "owner" : caller;
  if (!(name in cookies)) return cookies;
  await rows("DELETE FROM rate_limit");
  const member = { businessId: alpha.scope.businessId, role: "VIEWER" } as const;
  const person = await makePerson("Passing", member, caller === "newcomer");
  return { ...cookies, [name]: await signIn(portalUrl, person) };
}

const HAS_ID = /\[(id|objectId|userId)\]/;

/** Whether strangers ask in their own address for what is their own: it may be there, but nothing of this business may come with it. */
const isOwn = (attempt: Attempt, row: Row, world: World): boolean =>
  attempt.business === world.gamma.slug && !HAS_ID.test(row.path);

/** What strangers do in their own books proves nothing of these; what they read there does. */
const applies = (attempt: Attempt, row: Row, world: World): boolean =>
  !isOwn(attempt, row, world) || (row.method === "GET" && row.path.includes("[business]"));

/**
 * Tries every cell of the access matrix against a running portal.
 * @param only rows whose names contain this
 * @param seen is told of every reply, for whoever looks for more in them
 */
export async function runMatrix(
  portalUrl: string,
  world: World,
  seen: (reply: SeenReply) => void,
  only = "",
): Promise<MatrixResult> {
  const matrix = matrixRows().filter((row) => rowName(row).includes(only));
  const cookies = await signEveryoneIn(portalUrl, world);
  // Lists have something to show from their first cell on.
  await pay(world.alpha, world.beta);
  await payAndArrive(world.beta, world.alpha);
  const asked = new Map<Row, Asked>();
  const result: MatrixResult = { rows: matrix.length, cells: 0, requests: 0, writes: 0, findings: [] };
  for (const row of matrix) {
    for (const caller of CALLER_NAMES) {
      result.cells++;
      try {
        await tryCell(row, caller, { portalUrl, world, cookies, result, seen, asked });
      } catch (error) {
        result.findings.push(`${rowName(row)} by ${caller}: could not be tried: ${(error as Error).message}`);
      }
    }
  }
  return result;
}

interface Trying {
  portalUrl: string;
  world: World;
  cookies: Cookies;
  result: MatrixResult;
  seen: (reply: SeenReply) => void;
  /** What the rows that only read ask for: nobody changes it, so it serves every caller. */
  asked: Map<Row, Asked>;
}

async function readOnce({ asked, world }: Trying, row: Row, caller: Caller): Promise<Asked> {
  const known = asked.get(row) ?? (await askedBy(row, world, caller));
  asked.set(row, known);
  return known;
}

async function tryCell(row: Row, caller: Caller, trying: Trying): Promise<void> {
  const { portalUrl, world, result } = trying;
  const cookies = ENDS_SESSION.test(row.path)
    ? await ownSession(caller, portalUrl, world, trying.cookies)
    : trying.cookies;
  if (row.path.startsWith("/api/auth/")) await rows("DELETE FROM rate_limit");
  // Each attempt has something of its own to ask for: what one has done, the next can't do.
  const count = attemptsOf(caller, { world, cookies, portalUrl, body: "" }).length;
  for (let index = 0; index < count; index++) {
    const asked = row.method === "GET" ? await readOnce(trying, row, caller) : await askedBy(row, world, caller);
    const body = JSON.stringify(asked.body ?? {});
    const attempt = attemptsOf(caller, { world, cookies, portalUrl, body })[index];
    if (!attempt || !applies(attempt, row, world)) continue;
    if (caller === "replayed") await send(portalUrl, row, asked.path, attempt, body);
    const before = await readBooks();
    const reply = await send(portalUrl, row, asked.path, attempt, body);
    const after = await readBooks();
    result.requests++;
    reply.what = `${rowName(row)} by ${caller} (${attempt.how})`;
    const outcome = outcomeOf(reply, world.alpha.slug);
    const changed = changedTables(before, after);
    const shown = reply.text.includes(CANARY) && !(body + asked.path).includes(CANARY);
    const own = isOwn(attempt, row, world);
    const judged = { row, caller, reply, outcome, changed, kept: keptRefused(before, after), shown, own };
    result.findings.push(...judge(judged).map((problem) => `${reply.what}: ${problem}`));
    if (outcome.startsWith("2") && changed.length > 0) result.writes++;
    trying.seen(reply);
  }
}
