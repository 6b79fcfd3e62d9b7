import { join } from "node:path";
import type { z } from "zod";
import type { Schema } from "@/features/openapi/document";
import { resolve, toSchema } from "@/features/openapi/json-schema";
import { V1_OPERATIONS } from "@/features/openapi/operations";
import { env } from "@/lib/env";
import type { Operation } from "@/lib/http/operation";
import type { RouteHandler } from "@/lib/http/route";
import { ROOT } from "../../scripts/environment";
import { requestFor } from "../world/trade";
import { fromSchema, type Words } from "./from-schema";
import { HOSTILE_KEYS, hostileString } from "./hostile";
import { hostileMessage } from "./mutate";
import type { Pools } from "./pools";
import type { Random } from "./random";
import { type Input, requestOf, type Target } from "./target";

const SEARCHES = ["KV", "kv/1", "a", "98,000", "1000.50", "canary pipes", "%", "_", "\\", "\0", "é", "a b c d e f"];

/** Where pages, and changes, may begin. */
interface Known {
  cursors: readonly string[];
  places: readonly string[];
}

/** What the fields of the portal's own API are called, and what may stand in them. */
function wordsOf(pools: Pools, { cursors, places }: Known): Words {
  const { alpha, beta, gamma } = pools.world;
  const party = (random: Random) => random.pick([beta.b2bId, beta.b2bId, alpha.b2bId, gamma.b2bId, "REMOTE@BCB"]);
  const invoices = [...pools.written, ...pools.bills.map((bill) => bill.payableId)];
  return {
    objectId: (random) =>
      random.chance(0.3)
        ? `${random.pick(["PMT", "INV"])}${random.hex(32)}`
        : random.pick([...pools.outgoing, ...pools.incoming]),
    b2bId: party,
    supplierB2BId: party,
    counterparty: party,
    invoiceId: (random) => random.pick(pools.bills).payableId,
    id: (random) => random.pick([...invoices, ...pools.spareKeys]),
    userId: (random) => random.pick([...pools.clerks, pools.world.stranger]).userId,
    code: (random) => random.pick(["abcd-efgh-jkmn-pqrs", "ABCD EFGH JKMN PQRS", random.hex(16)]),
    email: (random) => random.pick([...pools.clerks, pools.world.stranger]).email,
    cursor: (random) => (cursors.length > 0 ? random.pick(cursors) : hostileString(random)),
    since: (random) => random.pick(places),
    supplierInvoiceNumber: (random) => random.pick([`F/${random.hex(10)}`, "KM/1", "KV/1"]),
    q: (random) => random.pick(SEARCHES),
    utr: (random) => random.pick(["HDFCN26324123456", `UTR${random.hex(8)}`]),
    limit: (random) => String(1 + random.int(100)),
    version: (random) => 1 + random.int(3),
    issueDate: () => "2026-11-01",
    dueDate: () => "2026-12-01",
    paidAt: () => "2026-11-20T14:05:00+05:30",
    role: (random) => random.pick(["FINANCE", "VIEWER"]),
  };
}

/** Bodies that hang together as no generator finds by chance. */
const GOOD: Record<string, (pools: Pools, random: Random) => unknown> = {
  createPayment: ({ world, bills }, random) => {
    const request = requestFor(world.beta, random.pick(bills));
    const lines = request.lines.map((line) => ({ ...line, netPaise: 1 + random.int(100) }));
    return { ...request, objectId: `PMT${random.hex(32)}`, lines };
  },
  createInvoice: ({ world }, random) => ({
    objectId: `INV${random.hex(32)}`,
    side: random.pick(["payable", "receivable"]),
    counterparty: { b2bId: random.pick([world.beta.b2bId, "REMOTE@BCB"]), name: "Beta" },
    supplierInvoiceNumber: `F/${random.hex(10)}`,
    description: "Fuzz",
    issueDate: "2026-11-01",
    dueDate: "2026-12-01",
    totalPaise: 1 + random.int(1_000_000),
  }),
  importInvoices: ({ world }, random) => ({
    side: random.pick(["payable", "receivable"]),
    dryRun: random.chance(0.5),
    invoices: Array.from({ length: 1 + random.int(3) }, () => ({
      objectId: `INV${random.hex(32)}`,
      counterparty: { b2bId: random.pick([world.beta.b2bId, "REMOTE@BCB"]), name: "Beta" },
      supplierInvoiceNumber: `F/${random.hex(10)}`,
      issueDate: "2026-11-01",
      dueDate: "2026-12-01",
      totalPaise: 1 + random.int(1_000_000),
    })),
  }),
  editInvoice: (_, random) => ({
    version: 1 + random.int(3),
    supplierInvoiceNumber: `F/${random.hex(10)}`,
    issueDate: "2026-11-01",
    dueDate: "2026-12-01",
    totalPaise: 1 + random.int(1_000_000),
  }),
  answerInvoice: (_, random) => ({
    response: random.pick(["RETURN", "REJECT"]),
    remarks: "Fuzz",
    version: 1 + random.int(3),
  }),
  changeCounterparty: (_, random) => ({
    version: "2026-11-20T08:35:00.000Z",
    name: "Beta",
    bankAccountNumber: `5${random.hex(12)}`,
    bankIfsc: "HDFC0000123",
    vpa: "beta@bank",
  }),
  declinePayment: () => ({ remarks: "Fuzz" }),
  answerPayment: (_, random) => ({ response: random.pick(["ACCEPT", "REJECT"]), remarks: "Received" }),
};

function queryText(query: Record<string, unknown>, random: Random): string {
  let entries = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    [value].flat().map((item) => [name, String(item)]),
  );
  for (let times = random.pick([0, 0, 1, 1, 2, 4]); times > 0; times--) {
    const at = random.int(entries.length + 1);
    const known = entries[at];
    switch (random.int(5)) {
      case 0:
        entries = entries.filter((_, index) => index !== at);
        break;
      case 1:
        entries.push([random.pick(HOSTILE_KEYS), hostileString(random)]);
        break;
      case 2:
        if (known)
          for (let i = random.length(60); i >= 0; i--)
            entries.push([known[0], random.chance(0.5) ? known[1] : hostileString(random)]);
        break;
      case 3:
        if (known) entries[at] = [known[0], known[1].slice(0, random.int(known[1].length + 1)) + hostileString(random)];
        break;
      default:
        if (known) entries[at] = [known[0], hostileString(random)];
    }
  }
  // At most what a server takes as a request line.
  const text = entries.map(([name, value]) => `${encode(name, random)}=${encode(value, random)}`).join("&");
  return text.slice(0, 12_000);
}

function encode(text: string, random: Random): string {
  if (random.chance(0.02)) return random.pick(["%", "%ED%A0%80", "%00", "%zz", "%C0%AF", "+", "%25", "[]", "[a]"]);
  return encodeURIComponent(text.toWellFormed());
}

function paramsOf(operation: Operation, random: Random, make: (schema: z.ZodType) => unknown): Record<string, string> {
  const given = operation.params ? (make(operation.params) as Record<string, unknown>) : {};
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      random.chance(0.2) ? hostileString(random).slice(0, 3000) : String(value),
    ]),
  );
}

async function handlerOf(operation: Operation): Promise<RouteHandler> {
  const folder = operation.path.replace(/\{(\w+)\}/g, "[$1]");
  const module = (await import(join(ROOT, "app", folder, "route.ts"))) as Record<string, RouteHandler | undefined>;
  const handler = module[operation.method];
  if (!handler) throw new Error(`${operation.id} has no ${operation.method} in ${folder}`);
  return handler;
}

/** Every operation of the portal's own API: with a key of the business's software, or signed in as an owner where only people may. */
export async function v1Targets(pools: Pools, cookies: readonly string[], known: Known): Promise<Target[]> {
  const components: Record<string, Schema> = {};
  const words = wordsOf(pools, known);
  const schemas = new Map<z.ZodType, Schema>();
  const generate = (schema: z.ZodType, random: Random) => {
    const shape = schemas.get(schema) ?? toSchema(schema, "input", components);
    schemas.set(schema, shape);
    return fromSchema(shape, random, { words, resolve: (part) => resolve(part, components) });
  };
  return Promise.all(
    V1_OPERATIONS.map(async (operation): Promise<Target> => {
      const handler = await handlerOf(operation);
      const make = (random: Random): Input => {
        const byPerson = operation.callers === "session" || random.chance(0.05);
        const headers: Record<string, string> = byPerson
          ? { cookie: random.pick(cookies), origin: env.PUBLIC_URL }
          : { authorization: `Bearer ${random.pick(pools.keys)}` };
        const params = {
          ...paramsOf(operation, random, (schema) => generate(schema, random)),
          business: pools.world.alpha.slug,
        };
        const query = operation.query
          ? queryText(generate(operation.query, random) as Record<string, unknown>, random)
          : "";
        const path = operation.path.replace(/\{(\w+)\}/g, (_, name) =>
          encodeURIComponent((params as Record<string, string>)[name]?.toWellFormed() ?? ""),
        );
        const input: Input = { method: operation.method, path: query ? `${path}?${query}` : path, headers, params };
        if (!operation.body) return input;
        headers["content-type"] = random.chance(0.01) ? "text/plain" : "application/json";
        const good = GOOD[operation.id];
        const body = good && random.chance(0.7) ? good(pools, random) : generate(operation.body, random);
        return { ...input, body: hostileMessage(body, random) };
      };
      const call = (input: Input) =>
        handler(requestOf(input, env.PUBLIC_URL), { params: Promise.resolve(input.params) });
      return { name: operation.id, api: "v1", make, call };
    }),
  );
}
