import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { booksOfTrade, withoutOwn } from "@/tests/all-rows";
import { callGateway, refusalIn } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { expectBooks } from "@/tests/sound-books";

/*
 * Two mutations of the same books, statement by statement: one is held just before its first statement reaches PostgreSQL, while the other
 * runs until it is over or waits for a lock; then, in books made anew, before its second statement, and so on; then the other way round.
 * Nobody is told anything unexpected, the books are sound, and what both were told and every row are as if one had come after the other.
 */

type Parties = Parameters<typeof booksOfTrade>[0];
type Mutation<World> = (world: World) => Promise<unknown>;

/** What may be done with the same books at the same moment. What a mutation resolves to is what somebody is told. */
export interface Scene<World extends Parties> {
  prepare: () => Promise<World>;
  mutations: Record<string, Mutation<World>>;
  /** Others, which are looked at where RUNS is set: a pair takes about a second. */
  more?: Record<string, Mutation<World>>;
  /** What comes once both are over, such as the worker's jobs. */
  after?: Mutation<World>;
}

/** Holds a mutation before one of its statements. */
class Hold {
  private sent = 0;
  private reach = (_statement: string) => {};
  /** The statement that would be sent now. */
  readonly reached = new Promise<string>((resolve) => {
    this.reach = resolve;
  });
  release = () => {};
  private readonly released = new Promise<void>((resolve) => {
    this.release = resolve;
  });

  /** @param before how many statements go first */
  constructor(private readonly before: number) {}

  /** @returns what a statement has to wait for, if anything */
  send(statement: string): Promise<void> | undefined {
    if (this.sent++ !== this.before) return undefined;
    this.reach(statement);
    return this.released;
  }
}

const holds = new AsyncLocalStorage<Hold>();

// Whatever goes to PostgreSQL passes here, on each of the portal's connections, BEGIN and COMMIT too.
type Submit = (this: pg.Query & { text: string }, connection: pg.Connection) => unknown;
const statements = pg.Query.prototype as unknown as { submit: Submit };
const { submit } = statements;
statements.submit = function submitOnceReleased(connection) {
  const released = holds.getStore()?.send(this.text);
  if (!released) return submit.call(this, connection);
  void released.then(() => submit.call(this, connection));
  return null;
};

/** What the network is told of a message. @throws where the portal has failed */
export async function told(...[operation, body]: [Parameters<typeof callGateway>[0], unknown]) {
  const answer = await callGateway(operation, { body });
  if (answer.status >= 500) throw new Error(answer.body);
  return { status: answer.status, refusal: refusalIn(answer) };
}

/** What somebody is told of a mutation, also that it is refused. @throws whatever nobody is told on purpose */
async function answerOf(mutation: () => Promise<unknown>): Promise<string> {
  const answer = await mutation().catch((error: unknown) => {
    if (error instanceof AppError && error.code !== "INTERNAL" && error.code !== "UNAVAILABLE") return error.message;
    throw error;
  });
  return withoutOwn(JSON.stringify(answer ?? null));
}

/** Settles once it is over or waits for a lock: nobody else is there who could wait for one. */
async function overOrWaiting(work: Promise<unknown>): Promise<void> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  work.then(end, end);
  while (!isOver) {
    const [waiting] = await prisma.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`;
    if (waiting?.count) return;
    await delay(4);
  }
}

type Named<World> = readonly [name: string, mutation: Mutation<World>];

class Explored<World extends Parties> {
  constructor(private readonly scene: Scene<World>) {}

  /** One after the other. @returns what is left: what both were told, and every row */
  async inTurn([first, second]: readonly [Named<World>, Named<World>]): Promise<string[]> {
    const world = await this.scene.prepare();
    const answers = [];
    for (const [name, mutation] of [first, second]) answers.push(`${name}: ${await answerOf(() => mutation(world))}`);
    return this.end(world, answers);
  }

  /** One interrupted by the other; null where it has no such statement. */
  async interrupted(at: number, [held, mutation]: Named<World>, [between, other]: Named<World>) {
    const world = await this.scene.prepare();
    const hold = new Hold(at);
    const first = holds.run(hold, () => answerOf(() => mutation(world)));
    const statement = await Promise.race([hold.reached, first.then(() => null)]);
    if (statement === null) return null;
    const second = answerOf(() => other(world));
    await overOrWaiting(second);
    hold.release();
    const answers = await Promise.all([first, second]);
    return { statement, end: await this.end(world, [`${held}: ${answers[0]}`, `${between}: ${answers[1]}`]) };
  }

  private async end(world: World, answers: string[]): Promise<string[]> {
    await expectBooks(world);
    if (this.scene.after) {
      await this.scene.after(world);
      await expectBooks(world);
    }
    const rows = Object.entries(await booksOfTrade(world));
    return [...answers, ...rows.flatMap(([table, all]) => all.map((row) => `${table}: ${row}`))];
  }
}

/** What is in one list and not in the other, however often. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

async function expectEveryStep<World extends Parties>(scene: Scene<World>, one: Named<World>, other: Named<World>) {
  const explored = new Explored(scene);
  const orders =
    one === other
      ? ([[one, other]] as const)
      : ([
          [one, other],
          [other, one],
        ] as const);
  const inTurn = [];
  for (const order of orders) inTurn.push(await explored.inTurn(order));
  for (const [held, between] of orders) {
    let at = 0;
    for (; ; at++) {
      const run = await explored.interrupted(at, held, between);
      if (!run) break;
      const differences: { more: string[]; less: string[] }[] = inTurn.map((end) => ({
        more: without(run.end, end),
        less: without(end, run.end),
      }));
      if (differences.some(({ more, less }) => more.length + less.length === 0)) continue;
      const statement = run.statement.trim().slice(0, 60);
      const when = `${held[0]}, held before its statement ${at} (${statement}), while: ${between[0]}`;
      expect.fail(`${when}. Unlike when one comes after the other: ${inspect(differences, { depth: 4 })}`);
    }
    expect(at, `the statements of ${held[0]}`).toBeGreaterThan(0);
  }
}

/** A test for each pair of a scene's mutations, each with itself included. */
export function describeEveryStep<World extends Parties>(name: string, scene: Scene<World>): void {
  const mutations = Object.entries({ ...scene.mutations, ...(process.env.RUNS && scene.more) });
  describe(name, () => {
    for (const [index, one] of mutations.entries())
      for (const other of mutations.slice(index))
        test(`${one[0]}, and ${other[0]}`, () => expectEveryStep(scene, one, other), 120_000);
  });
}
