import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { planName } from "@/lib/kept-plans";
import { watchPool } from "@/lib/metrics-pools";
import { closePool } from "@/lib/pool";
import { type Binding, WalledPool, walledConnection, within } from "@/lib/wall";

/** A transaction's client: a function that takes part in a transaction takes this first, as `tx`. */
export type Tx = Prisma.TransactionClient;

/** Any scope: what it is allowed in there is the gates' concern, the database's is whose rows it sees. */
interface OfBusiness {
  readonly businessId: string;
}

function connect(): PrismaClient {
  const pool = new WalledPool({ ...walledConnection(), max: 10 });
  watchPool("prisma", pool);
  return new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true, statementNameGenerator: planName }),
  });
}

// One client a process: Next's development server reloads modules, and each client would hold its own pool.
const held = globalThis as { chuktaPrisma?: PrismaClient };

function client(): PrismaClient {
  held.chuktaPrisma ??= connect();
  return held.chuktaPrisma;
}

type Run = (...args: unknown[]) => PromiseLike<unknown>;

// Prisma joins findUniques of one tick into one query, which would then run on behalf of one of their businesses.
const ALONE: Record<string, string> = { findUnique: "findFirst", findUniqueOrThrow: "findFirstOrThrow" };

/** `{ businessId_id: { businessId, id } }` as findFirst wants it: `{ businessId, id }`. */
function flat(where: object): object {
  return Object.fromEntries(
    Object.entries(where).flatMap(([name, value]) => (name.includes("_") ? Object.entries(value) : [[name, value]])),
  );
}

function boundModel<Model extends object>(model: Model, binding: Binding): Model {
  return new Proxy(model, {
    get(_target, operation) {
      const alone = ALONE[String(operation)];
      const run: unknown = Reflect.get(model, alone ?? operation);
      if (typeof run !== "function") return run;
      return (args: { where: object }) => {
        const given = alone ? { ...args, where: flat(args.where) } : args;
        return within(binding, () => Reflect.apply(run as Run, model, [given]));
      };
    },
  });
}

/** The client, each of whose queries and transactions runs on the binding's behalf. */
function boundClient(binding: Binding): PrismaClient {
  return new Proxy({} as PrismaClient, {
    get(_target, property) {
      const value: unknown = Reflect.get(client(), property);
      if (typeof value === "function")
        return (...args: unknown[]) => within(binding, () => Reflect.apply(value as Run, client(), args));
      return typeof value === "object" && value !== null ? boundModel(value, binding) : value;
    },
  });
}

/**
 * The database as one business sees it: its own rows, and no others even where a query forgets to ask for them. Single queries; for
 * several that belong together there is `transact`.
 */
export function books({ businessId }: OfBusiness): Tx {
  return boundClient({ businessId });
}

/**
 * The database as the portal itself sees it, all businesses at once. For what has no business (sign-in) or truly spans them; who may
 * import it is a closed list, which prisma/passing.integration.test.ts keeps.
 */
export const system: PrismaClient = boundClient("system");

/** Closes all connections; the next use opens others. */
export async function disconnect(): Promise<void> {
  const closing = held.chuktaPrisma;
  delete held.chuktaPrisma;
  await Promise.all([closing?.$disconnect(), closePool()]);
}

// Waiting longer for a connection than Prisma's 2 s: a burst should queue, not fail; and no transaction here takes seconds.
const TRANSACTION = { maxWait: 10_000, timeout: 15_000 };

/** Runs `work` in one READ COMMITTED transaction in one business's books; what it throws rolls everything back. */
export function transact<T>({ businessId }: OfBusiness, work: (tx: Tx) => Promise<T>): Promise<T> {
  return within({ businessId }, () => client().$transaction(work, TRANSACTION));
}

/** As `transact`, across all businesses; as closed a list as `system`. */
export function transactSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return within("system", () => client().$transaction(work, TRANSACTION));
}

class RolledBack<T> extends Error {
  constructor(readonly value: T) {
    super("rolled back");
  }
}

/**
 * Runs `work` in one transaction that commits only when the answer is a yes: where `isNo` holds for what `work` returns, nothing
 * that it did remains, and its answer is returned all the same. A business "no" is a value here, not an exception.
 */
export async function transactUnless<T>(
  scope: OfBusiness,
  isNo: (answer: T) => boolean,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await transact(scope, async (tx) => {
      const answer = await work(tx);
      if (isNo(answer)) throw new RolledBack(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.value as T;
    throw error;
  }
}
