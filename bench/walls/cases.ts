import { randomUUID } from "node:crypto";
import pg from "pg";
import { GET as homeRoute } from "@/app/api/v1/businesses/[business]/home/route";
import { GET as listRoute } from "@/app/api/v1/businesses/[business]/invoices/route";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { handleOperation } from "@/features/gateway/handle";
import { getHome } from "@/features/home/data";
import { listInvoices } from "@/features/invoices/data";
import { invoiceQuerySchema } from "@/features/invoices/schema";
import { getPayment } from "@/features/payments/data";
import { createPayment } from "@/features/payments/mutations/create";
import { signWebhook } from "@/features/protocol/signing";
import { env } from "@/lib/env";
import { paise, ZERO } from "@/lib/money";
import { BOOKS_SQL, BUSINESSES_SQL } from "../gateway/books";
import { hex, messageOf, TOTAL_PAISE } from "../gateway/trade";
import { NOW } from "../reads/fill-sql";
import { firmOf } from "../reads/firm";

/** What is measured with the wall and without it. `run` is the app's own function; `n` is never the same twice. */
export interface WallCase {
  name: string;
  run: (n: number) => Promise<unknown>;
}

/** Bills of BUYER0 that wait to be paid, and invoices of SUPPLIER0 that payments will come for: numbers 1 to `count`. */
async function prepare(adminUrl: string, count: number): Promise<BusinessScope> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(BUSINESSES_SQL, [1]);
    for (const sql of [...BOOKS_SQL["req-pay"].slice(0, 1), ...BOOKS_SQL["resp-pay"].slice(0, 1)])
      await client.query(sql, [1, count, 1]);
    const { rows } = await client.query("SELECT id FROM business WHERE b2b_id = 'BUYER0@BCB'");
    const businessId = rows[0].id;
    await client.query("UPDATE invoice SET pending = 0, status = 'CREATED' WHERE business_id = $1", [businessId]);
    await client.query("VACUUM ANALYZE");
    const actor = { kind: "USER", id: "bench", name: "Bench" } as const;
    return mintScope({ businessId, b2bId: "BUYER0@BCB", actor, role: "FINANCE" });
  } finally {
    await client.end();
  }
}

function pay(buyer: BusinessScope, n: number) {
  const id = hex(n);
  const invoiceId = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const line = { invoiceId, netPaise: paise(TOTAL_PAISE), adjustmentPaise: ZERO, splits: [] };
  const way = { type: "OFFPLATFORM", mode: "NEFT", utr: `HDFC${n}`, paidAt: NOW.toISOString() } as const;
  const request = { objectId: `PAY${id}`, supplierB2BId: "SUPPLIER0@BCB", ...way, lines: [line] };
  return createPayment(buyer, request, new Date());
}

async function reqPay(n: number) {
  const body = Buffer.from(messageOf("req-pay", n, 1));
  const now = new Date();
  const signature = signWebhook({ webhookId: randomUUID(), body, secrets: env.NETWORK_SIGNING_SECRETS, now });
  const headers: Record<string, string> = { "content-type": "application/json", ...signature };
  const header = (name: string) => headers[name.toLowerCase()] ?? null;
  const call = { method: "POST", header, readBody: async () => body, address: "127.0.0.1", requestId: randomUUID() };
  return handleOperation("req-pay", call, () => now);
}

/** A request of the business's own software, from its key to the reply's last byte. */
async function request(route: typeof homeRoute, url: string, apiKey: string, business: string): Promise<void> {
  const call = new Request(`http://localhost${url}`, { headers: { authorization: `Bearer ${apiKey}` } });
  const reply = await route(call, { params: Promise.resolve({ business }) });
  const body = await reply.text();
  if (reply.status !== 200) throw new Error(`not done: ${body.slice(0, 500)}`);
}

/** Throws unless the answer is a yes: a measurement of refusals would be worth nothing. */
async function good<T>(answer: Promise<T>, isGood: (answer: T) => boolean): Promise<void> {
  const found = await answer;
  if (!isGood(found)) throw new Error(`not done: ${JSON.stringify(found).slice(0, 500)}`);
}

/** @param count how many payments each of the writing cases will make at most */
export async function wallCases(adminUrl: string, count: number): Promise<WallCase[]> {
  const { scope, invoices, payments } = await firmOf(adminUrl, 0);
  const buyer = await prepare(adminUrl, count);
  const query = invoiceQuerySchema.parse({ side: invoices.side });
  const owner = mintScope({ ...scope, role: "OWNER" });
  // Each key has a limit of its own, which many together don't reach.
  const keys = await Promise.all(
    Array.from({ length: 40 }, async () => (await createApiKey(owner, { id: randomUUID(), name: "Bench" })).keyText),
  );
  const keyOf = (n: number) => keys[n % keys.length] ?? "";
  const path = `/api/v1/businesses/${scope.b2bId}`;
  const list = `${path}/invoices?side=${invoices.side}`;
  const at = (n: number) => payments.sample[n % payments.sample.length]?.objectId ?? "";
  return [
    { name: "a list, read", run: () => good(listInvoices(scope, query, NOW), ({ items }) => items.length > 0) },
    { name: "a list, the whole request", run: (n) => request(listRoute, list, keyOf(n), scope.b2bId) },
    { name: "the home page, read", run: () => getHome(scope, NOW) },
    { name: "the home page, the whole request", run: (n) => request(homeRoute, `${path}/home`, keyOf(n), scope.b2bId) },
    { name: "a payment with its lines, read", run: (n) => getPayment(scope, at(n), NOW) },
    { name: "a payment is made", run: (n) => good(pay(buyer, n), ({ kind }) => kind === "created") },
    {
      name: "a req-pay is taken",
      run: (n) => good(reqPay(n), ({ status, body }) => status === 200 && /"response_code":0/.test(body)),
    },
  ];
}
