import { setTimeout as delay } from "node:timers/promises";
import { call } from "@/chaos/http";
import type { FaultKind, PlannedFault } from "@/chaos/plan";
import type { Node, System } from "@/chaos/system";

/** What always goes a little wrong on the network, between the faults that are planned. */
const USUAL = {
  loss: 0.03,
  duplicates: 0.05,
  reordering: 0.05,
  errors: 0.02,
  latencyMs: { min: 0, max: 40 },
  blackout: false,
};
const QUIET = { loss: 0, duplicates: 0, reordering: 0, errors: 0, latencyMs: { min: 0, max: 0 }, blackout: false };

const CUT = 0.15;
const CUT_DATABASE = 0.02;

type NetworkFaults = Partial<typeof USUAL>;

async function setNetwork({ networkPort }: System, faults: NetworkFaults): Promise<void> {
  // The network is never stopped or cut off from this process: it answers.
  await call(networkPort, { method: "PUT", path: "/_sandbox/faults", body: faults });
}

/** How one kind goes on, until `wait` is over, and how it ends. @returns false where it can't be done on this machine */
type Act = (system: System, fault: PlannedFault, wait: () => Promise<void>, signal: AbortSignal) => Promise<boolean>;

const on = (nodes: readonly Node[], { target }: PlannedFault): Node => nodes[target % nodes.length] as Node;

const network =
  (faults: NetworkFaults): Act =>
  async (system, _fault, wait) => {
    await setNetwork(system, faults);
    await wait();
    const names = Object.keys(faults) as (keyof NetworkFaults)[];
    await setNetwork(system, Object.fromEntries(names.map((name) => [name, USUAL[name]])));
    return true;
  };

const ACTS: Record<FaultKind, Act> = {
  "kill-portal": async ({ portals }, fault) => {
    on(portals, fault).supervised.kill(fault.lastsMs);
    return true;
  },
  "kill-worker": async ({ workers }, fault) => {
    on(workers, fault).supervised.kill(fault.lastsMs);
    return true;
  },
  "kill-postgres": async ({ database }, fault) => {
    database.kill(fault.lastsMs);
    return true;
  },
  "stop-portal": async ({ portals }, fault, _wait, signal) => {
    await on(portals, fault).supervised.freeze(fault.lastsMs, signal);
    return true;
  },
  "stop-worker": async ({ workers }, fault, _wait, signal) => {
    await on(workers, fault).supervised.freeze(fault.lastsMs, signal);
    return true;
  },
  "stop-postgres": async ({ database }, fault, _wait, signal) => {
    await database.freeze(fault.lastsMs, signal);
    return true;
  },
  blackout: network({ blackout: true }),
  "slow-network": network({ latencyMs: { min: 500, max: 6_000 } }),
  "lossy-network": network({ loss: 0.4 }),
  "repeating-network": network({ duplicates: 0.6 }),
  "reordering-network": network({ reordering: 0.6 }),
  "lying-network": network({ errors: 0.4 }),
  "cut-network": async ({ workers, webhooks }, _fault, wait) => {
    const lines = [webhooks, ...workers.map((worker) => worker.network)];
    for (const line of lines) line.set({ cut: CUT });
    await wait();
    for (const line of lines) line.clear();
    return true;
  },
  "cut-clients": async ({ clients }, _fault, wait) => {
    clients.set({ cut: CUT });
    await wait();
    clients.clear();
    return true;
  },
  "cut-database": async ({ portals, workers }, _fault, wait) => {
    const lines = [...portals, ...workers].map((node) => node.database);
    for (const line of lines) line.set({ cut: CUT_DATABASE });
    await wait();
    for (const line of lines) line.clear();
    return true;
  },
  "hang-database": async ({ portals, workers }, fault, wait) => {
    const line = on([...portals, ...workers], fault).database;
    line.set({ hang: true });
    await wait();
    line.clear();
    // What hung for so long is given up by both ends now and then.
    if (fault.at % 2 === 0) line.cutAll();
    return true;
  },
  "wrong-clock": async ({ portals, workers }, fault, wait) => {
    const nodes = fault.at % 2 === 0 ? portals : workers;
    on(nodes, fault).setClock(fault.offsetMs);
    await wait();
    on(nodes, fault).setClock(0);
    return true;
  },
  "full-disk": async ({ database }, _fault, wait) => {
    if (!database.limitFiles(true)) return false;
    await wait();
    // The server may have been killed or started anew meanwhile: whichever runs now has room again.
    database.limitFiles(false);
    return true;
  },
};

export interface FaultReport {
  readonly done: Map<FaultKind, number>;
  readonly skipped: Set<FaultKind>;
}

/**
 * Lets everything that is planned go wrong at its time, whatever else is going wrong, and puts all of it right again at the end.
 * @param signal ends it early
 */
export async function runFaults(
  system: System,
  plan: readonly PlannedFault[],
  signal: AbortSignal,
): Promise<FaultReport> {
  const report: FaultReport = { done: new Map(), skipped: new Set() };
  await setNetwork(system, USUAL);
  const begin = performance.now();
  const sleep = (ms: number) => delay(Math.max(0, ms), undefined, { signal }).catch(() => {});
  const run = async (fault: PlannedFault) => {
    await sleep(fault.at - (performance.now() - begin));
    if (signal.aborted) return;
    const done = await ACTS[fault.kind](system, fault, () => sleep(fault.lastsMs), signal);
    if (done) report.done.set(fault.kind, (report.done.get(fault.kind) ?? 0) + 1);
    else report.skipped.add(fault.kind);
  };
  await Promise.all(plan.map(run));
  await calm(system);
  return report;
}

/** From here on nothing goes wrong any more. */
async function calm(system: System): Promise<void> {
  for (const line of [system.clients, system.webhooks]) line.clear();
  for (const node of [...system.portals, ...system.workers]) {
    node.database.clear();
    node.network.clear();
    node.setClock(0);
  }
  system.database.limitFiles(false);
  await setNetwork(system, QUIET);
}
