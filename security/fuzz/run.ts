import { changedTables, readBooks } from "../matrix/books";
import { rows } from "../world/sql";
import { isPolluted, problemWith, type Reply } from "./judge";
import { Random } from "./random";
import type { Input, Target } from "./target";
import type { Watchdog } from "./watchdog";

/** The most that is kept of a refused message, in bytes, all its columns together. */
const MOST_KEPT = 64 * 1024;

/** How long one input may take, in milliseconds, with others under way beside it. */
const TIMEOUT_MS = 20_000;

/** After how many inputs the refused messages are measured, and let go of. */
const MEASURE_EVERY = 4_000;

const MOST_FINDINGS = 10;

export interface FuzzOptions {
  seed: string;
  /** Inputs for each operation. */
  inputs: number;
  /** The number of the first one: to try one again. */
  from?: number;
  /** How many are under way at once. */
  concurrency: number;
  /** Sends an input; the target's own handler when left out. */
  send?: (target: Target, input: Input) => Promise<Response>;
  watchdog?: Watchdog;
  /** How many of the first inputs are tried alone, with a look at the books before and after: what is refused changes nothing. */
  careful?: number;
  /** What is wrong with a reply; by the API's own rules when left out. */
  judge?: (target: Target, reply: Reply) => string | null;
}

export interface FuzzResult {
  target: string;
  inputs: number;
  /** 2xx, and in v0 a yes. */
  taken: number;
  statuses: Record<string, number>;
  slowestMs: number;
  keptBytes: number;
  tookMs: number;
  findings: string[];
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, type: response.headers.get("content-type") ?? "", text };
}

function late(): { promise: Promise<never>; clear: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no reply within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  });
  return { promise, clear: () => clearTimeout(timer) };
}

/** How large the largest refused message is that was kept; none is kept after that. */
async function measureKept(): Promise<number> {
  const [row] = await rows<{ most: number | null }>("SELECT max(octet_length(r::text)) AS most FROM refused_message r");
  await rows("TRUNCATE refused_message");
  return row?.most ?? 0;
}

const isYes = (target: Target, { status, text }: Reply) =>
  status < 300 && (target.api === "v1" || text.includes('"response_code":0'));

const shown = ({ method, path, body }: Input) =>
  `${method} ${path.slice(0, 200)} ${body ? JSON.stringify(body.subarray(0, 400).toString("latin1")) : ""}`;

/** Throws hostile inputs at one operation. */
export async function fuzzTarget(target: Target, options: FuzzOptions): Promise<FuzzResult> {
  const { seed, inputs, from = 0, concurrency, watchdog, careful = 0, judge = problemWith } = options;
  const send = options.send ?? ((to: Target, input: Input) => to.call(input));
  const result: FuzzResult = {
    target: target.name,
    inputs,
    taken: 0,
    statuses: {},
    slowestMs: 0,
    keptBytes: 0,
    tookMs: 0,
    findings: [],
  };
  const found = (index: number, problem: string, input?: Input) => {
    if (result.findings.length < MOST_FINDINGS)
      result.findings.push(
        `${target.name}, input ${index} of seed ${seed}: ${problem}${input ? `\n    ${shown(input)}` : ""}`,
      );
  };
  const tryOne = async (index: number) => {
    const input = target.make(Random.of(seed, target.name, index));
    watchdog?.begun(index);
    const began = performance.now();
    const limit = late();
    let taken = false;
    try {
      const reply = await Promise.race([send(target, input).then(replyOf), limit.promise]);
      result.statuses[reply.status] = (result.statuses[reply.status] ?? 0) + 1;
      taken = isYes(target, reply);
      if (taken) result.taken++;
      const problem = judge(target, reply);
      if (problem) found(index, problem, input);
    } catch (error) {
      found(index, `threw ${(error as Error).stack ?? error}`, input);
    } finally {
      limit.clear();
      watchdog?.answered();
    }
    result.slowestMs = Math.max(result.slowestMs, performance.now() - began);
    return taken;
  };
  const tryAlone = async (index: number) => {
    const before = await readBooks();
    if (await tryOne(index)) return;
    const changed = changedTables(before, await readBooks());
    if (changed.length > 0) {
      const input = target.make(Random.of(seed, target.name, index));
      found(index, `was refused, and changed ${changed.join(", ")}`, input);
    }
  };

  const began = performance.now();
  const last = from + inputs;
  let next = from;
  let measured = 0;
  watchdog?.watch(true);
  while (next < Math.min(last, from + careful)) await tryAlone(next++);
  while (next < last) {
    const until = Math.min(last, next + MEASURE_EVERY);
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        while (next < until) await tryOne(next++);
      }),
    );
    if (target.api === "v0") measured = Math.max(measured, await measureKept());
    if (isPolluted()) {
      found(next, "Object.prototype is no longer what it was");
      break;
    }
  }
  watchdog?.watch(false);
  result.keptBytes = measured;
  if (measured > MOST_KEPT) found(next, `kept ${measured} bytes of a message that was refused`);
  result.tookMs = performance.now() - began;
  return result;
}
