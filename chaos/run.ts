import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { decide } from "@/chaos/approver";
import { buy } from "@/chaos/buyer";
import { type Finding, findAll } from "@/chaos/checks/all";
import type { Trade } from "@/chaos/client";
import type { Facts } from "@/chaos/facts";
import { type FaultReport, runFaults } from "@/chaos/faults";
import { call } from "@/chaos/http";
import { Invoicing } from "@/chaos/invoices";
import { Ledger } from "@/chaos/ledger";
import type { Options } from "@/chaos/options";
import { planFaults } from "@/chaos/plan";
import { readTables, readTransfers } from "@/chaos/read-facts";
import { buyFromElsewhere } from "@/chaos/remote-buyer";
import { sendAgain } from "@/chaos/send-again";
import { settle } from "@/chaos/settle";
import { fillMessages, withClient } from "@/chaos/sql";
import { sell } from "@/chaos/supplier";
import { environmentOf, type System, startDatabase, startSystem } from "@/chaos/system";
import { type Business, DECOY, TRADES } from "@/chaos/world";
import type { RemotePayment } from "@/sandbox/remote-buyer";
import { buildPortal } from "@/scripts/build";
import { Problem } from "@/scripts/problem";
import { freshLog, runProgram } from "@/scripts/programs";
import { step } from "@/scripts/progress";
import { onEnd } from "@/scripts/shutdown";

export interface Outcome {
  readonly findings: readonly Finding[];
  readonly facts: Facts;
  readonly ledger: Ledger;
  readonly faults: FaultReport;
  readonly system: { recoveries: number; endedByThemselves: string[]; cuts: number };
  readonly settledMs: number;
}

/** A run that hardly traded proves nothing: fewer payments than this that came to their end, and it says so. */
const LEAST_PAYMENTS = 10;
const ENOUGH_MS = 60_000;

const Setup = z.array(
  z.object({
    id: z.string(),
    slug: z.string(),
    b2bId: z.string(),
    name: z.string(),
    key: z.string(),
    approvers: z.array(z.object({ email: z.string(), password: z.string() })),
  }),
);

/** The last half minute is for what is still open; what waits longer than that is waited for all the same. */
const tradeMsOf = (minutes: number) => Math.round(Math.max(minutes * 60_000 - 30_000, minutes * 36_000));

/** One run from an empty folder to its findings. */
export async function run(options: Options & { folder: string }): Promise<Outcome> {
  await step("Portal's production build", () => buildPortal(options.distDir, freshLog(options.folder, "build")));
  const database = await step("PostgreSQL 18, migrated", () => startDatabase(options));
  onEnd("", () => database.stop());
  const businesses = await step("Businesses and their keys", async () => {
    const made = await runProgram("The setup", "chaos/setup.ts", environmentOf(options, database));
    await fillMessages(database.url);
    return Setup.parse(JSON.parse(made)).filter(({ slug }) => slug !== DECOY.slug);
  });
  const system = await step("Network, two portals, two workers", () => startSystem(options, database));
  onEnd("", () => system.stop());

  const closing = new AbortController();
  const over = new AbortController();
  // Every actor listens to both, which says nothing about a leak.
  setMaxListeners(0, closing.signal, over.signal);
  const ledger = new Ledger();
  const trade: Trade = {
    seed: options.seed,
    portals: system.clientsPort,
    network: system.networkPort,
    businesses,
    ledger,
    closing: closing.signal,
    over: over.signal,
  };
  const pairs = TRADES.map((parties, index) => new Invoicing(trade, index, parties));
  await step("The first invoices", () => Promise.all(pairs.map((pair) => pair.first())));
  const [actors, deciders] = [startActors(trade, pairs), [...startSuppliers(trade), ...startApprovers(trade)]];
  const tradeMs = tradeMsOf(options.minutes);
  const faults = await step(
    `Trade under chaos for ${tradeMs / 1000} s`,
    () => runFaults(system, planFaults(options.seed, tradeMs), over.signal),
    ({ done }) => `${[...done.values()].reduce((all, count) => all + count, 0)} faults`,
  );
  await enough(ledger);
  closing.abort();
  const settled = await step("Until everything has ended", async () => {
    const tookMs = await settle(system, {
      clients: Promise.all(actors),
      again: () => sendAgain(system, businesses),
      say: (line) => console.log(`    ${line}`),
    });
    over.abort();
    await Promise.all([...actors, ...deciders]);
    return tookMs;
  });
  const facts = await step("Reading what is left", () => readFacts(system, options, ledger));
  const findings = [...findAll(facts), ...triviality(facts)];
  const nodes = [...system.portals, ...system.workers];
  return {
    findings,
    facts,
    ledger,
    faults,
    settledMs: settled,
    system: {
      recoveries: database.recoveries,
      endedByThemselves: nodes.flatMap(({ supervised }) => supervised.endedByItself),
      cuts: [system.clients, system.webhooks, ...nodes.flatMap((node) => [node.database, node.network])].reduce(
        (all, line) => all + line.cuts,
        0,
      ),
    },
  };
}

/** On a machine so slow that hardly anything happened yet, the trade goes on for a while, with nothing going wrong any more. */
async function enough({ answers }: Ledger): Promise<void> {
  const deadline = Date.now() + ENOUGH_MS;
  while (answers.filter(({ acknowledged }) => acknowledged).length < LEAST_PAYMENTS && Date.now() < deadline)
    await delay(500);
}

const find = (trade: Trade, slug: string): Business => {
  const business = trade.businesses.find((one) => one.slug === slug);
  if (!business) throw new Problem(`The setup did not make ${slug}.`);
  return business;
};

function startActors(trade: Trade, pairs: readonly Invoicing[]): Promise<void>[] {
  const buyers = ["anvaya", "anvaya", "bhavani", "bhavani", "deccan"];
  return [
    ...buyers.map((slug, index) => buy(trade, find(trade, slug), `${slug} ${index}`)),
    ...pairs.map((pair) => pair.more()),
    buyFromElsewhere(trade, find(trade, "kaveri")),
  ];
}

function startSuppliers(trade: Trade): Promise<void>[] {
  const suppliers = ["kaveri", "kaveri", "deccan"];
  return suppliers.map((slug, index) => sell(trade, find(trade, slug), `${slug} ${index}`));
}

function startApprovers(trade: Trade): Promise<void>[] {
  return trade.businesses.flatMap((business) => business.approvers.map((person) => decide(trade, business, person)));
}

async function readFacts(system: System, { folder }: { folder: string }, ledger: Ledger): Promise<Facts> {
  const tables = await withClient(system.database.url, readTables);
  const remote = (await call(system.networkPort, { path: "/_sandbox/remote-buyer/payments" }))?.json;
  // The chain's own verdict, by the program that an operator runs.
  const brokenChains = await runProgram("The audit trail", "scripts/audit-verify.ts", system.env).then(
    () => [],
    (error: Error) => error.message.split("\n").filter((line) => !/ {2}holds /.test(line)),
  );
  return {
    ...tables,
    transfers: await readTransfers(folder),
    remote: (remote as { payments: RemotePayment[] }).payments,
    asked: ledger.asked,
    answers: ledger.answers,
    decisions: ledger.decisions,
    raised: ledger.raised,
    brokenChains,
  };
}

function triviality({ payments }: Facts): Finding[] {
  const ended = payments.filter(({ status }) => status === "ACCEPTED" || status === "REJECTED").length;
  if (ended >= LEAST_PAYMENTS) return [];
  return [{ check: "the run traded", words: `only ${ended} payments were answered: this run proves nothing` }];
}
