import { problemWith, type Reply } from "../fuzz/judge";
import { prepareTargets } from "../fuzz/prepare";
import { fuzzTarget } from "../fuzz/run";
import type { Input, Target } from "../fuzz/target";
import type { Part } from "../parts";
import { signIn } from "../world/sign-in";
import { CANARY } from "../world/world";
import { type Attack, attacks } from "./attacks";
import { exchange, hasReply } from "./raw";
import { keepVigil, memoryOf } from "./watch";

/** How much memory the portal may need more for all of it than before, in MB. */
const MOST_MORE_MB = 400;

/** Inputs for each operation over HTTP: the mass of them goes to the handlers directly. */
const HTTP_INPUTS = 200;

/** How long an ordinary caller may have to wait at the median while the portal is held up, in milliseconds. */
const MEDIAN_WAIT_MS = 1_500;

async function carryOut(attack: Attack, port: number): Promise<string[]> {
  const patience = { patienceMs: attack.withinMs, enough: hasReply };
  const ends = await Promise.all(
    Array.from({ length: attack.connections }, () => exchange(port, attack.pieces(), patience)),
  );
  const problems = ends.flatMap(({ status, text, tookMs, gaveUp }) => [
    ...(gaveUp ? [`neither answered nor hung up on within ${Math.round(tookMs / 1000)} s`] : []),
    ...(status !== null && (status >= 500 || (attack.statuses && !attack.statuses.includes(status)))
      ? [`answered with ${status}: ${text.slice(0, 300)}`]
      : []),
    ...(attack.without && text.includes(attack.without) ? ["shows what only members may see"] : []),
  ]);
  return [...new Set(problems)].map((problem) => `${attack.name}: ${problem}`);
}

/** A longer request line is refused before any operation sees it; that is an attack of its own. */
const MOST_PATH = 8_000;

/** Not in the middle of an encoded sign, which would be another attack. */
const shorten = (path: string) => path.slice(0, MOST_PATH).replace(/%[\da-f]?$/i, "");

/** Before an operation is found a server has its own words: for a path that is none, or a request that is too long. */
function problemOverHttp(target: Target, reply: Reply): string | null {
  const byTheServer = [308, 400, 404, 405, 431].includes(reply.status) && !reply.type.includes("json");
  return byTheServer ? null : problemWith(target, reply);
}

/** Sends the fuzz's inputs to the portal behind its socket. */
function overHttp(url: string) {
  return (_target: Target, { method, path, headers, body }: Input) =>
    fetch(url + shorten(path), {
      method,
      headers,
      ...(body && { body: new Uint8Array(body) }),
      redirect: "manual",
    });
}

/** The same hostile inputs over real HTTP, and what only a socket can do: large, slow and broken requests. */
export const wirePart: Part = {
  title: "Over the wire",
  run: async ({ portal, world: shared, seed, only, inputs }) => {
    const running = await portal();
    const { port } = new URL(running.url);
    const findings: string[] = [];

    const each = Math.min(inputs, HTTP_INPUTS);
    const targets = (await prepareTargets(10)).filter((target) => target.name.includes(only));
    let sent = 0;
    for (const target of targets) {
      const options = {
        seed: `${seed} over http`,
        inputs: each,
        concurrency: 16,
        send: overHttp(running.url),
        judge: problemOverHttp,
      };
      const result = await fuzzTarget(target, options);
      sent += result.inputs;
      findings.push(...result.findings);
    }

    const world = await shared();
    const cookie = await signIn(running.url, world.owner);
    const aim = {
      host: `localhost:${port}`,
      slug: world.alpha.slug,
      apiKey: world.alpha.apiKey,
      cookie,
      canary: CANARY,
    };
    const list = attacks(aim).filter((attack) => attack.name.includes(only));
    const before = memoryOf(running.process.pid);
    const vigil = keepVigil(running.url, running.process.pid);
    // Slow ones wait most of the time, so all of them wait together.
    const [slow, quick] = [
      list.filter((attack) => attack.withinMs > 30_000),
      list.filter((attack) => attack.withinMs <= 30_000),
    ];
    const waiting = Promise.all(slow.map((attack) => carryOut(attack, Number(port))));
    for (const attack of quick) findings.push(...(await carryOut(attack, Number(port))));
    findings.push(...(await waiting).flat());
    const { asked, slowestMs, medianMs, failures, mostMemory } = await vigil.end();

    findings.push(...failures.slice(0, 5).map((failure) => `meanwhile ${failure}`));
    if (medianMs > MEDIAN_WAIT_MS) findings.push(`meanwhile an ordinary caller waited ${medianMs} ms at the median`);
    if (!running.process.isRunning()) findings.push("the portal has ended");
    const more = before !== null && mostMemory !== null ? mostMemory - before : 0;
    if (more > MOST_MORE_MB) findings.push(`the portal needed ${more} MB more for it`);
    const sockets = list.reduce((sum, attack) => sum + attack.connections, 0);
    return {
      summary: `${sent.toLocaleString("en-IN")} inputs over HTTP, ${list.length} attacks by ${sockets} sockets; meanwhile ${asked} ordinary calls (median ${medianMs} ms, slowest ${slowestMs} ms), ${more} MB more memory`,
      findings,
    };
  },
};
