import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect, type Page } from "@playwright/test";
import pg from "pg";

/** What the demo's file says of a business: enough to act for it. */
export interface DemoBusiness {
  b2bId: string;
  slug: string;
  name: string;
  apiKey: string;
}

export const PEOPLE = {
  ravi: "ravi@anvaya.example",
  latha: "latha@kaveri.example",
  suresh: "suresh@kaveri.example",
  asha: "asha@anvaya.example",
  imran: "imran@deccan.example",
} as const;

const PASSWORD = "settled-in-full";

export const sandboxUrl = () => `http://localhost:${process.env.CHUKTA_SANDBOX_PORT}`;

/** Gives the sign-in page a password; what comes next depends on whose it is. */
export async function givePassword(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Signs in through the page, as a person of the demo does. */
export async function signIn(page: Page, email: string): Promise<void> {
  await givePassword(page, email, PASSWORD);
  await page.waitForURL(/\/b\//);
}

/** On the page where a password is chosen. */
export async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByLabel("New password again").fill(password);
  await page.getByRole("button", { name: "Save password" }).click();
}

export async function demoBusiness(request: APIRequestContext, slug: string): Promise<DemoBusiness> {
  const demo = (await (await request.get(`${sandboxUrl()}/_sandbox/demo`)).json()) as { businesses: DemoBusiness[] };
  const found = demo.businesses.find((business) => business.slug === slug);
  if (!found) throw new Error(`${slug} is not in the demo`);
  return found;
}

/** Sets the network's faults; what is left out is off. */
export async function setFaults(request: APIRequestContext, faults: Record<string, unknown>): Promise<void> {
  const none = { latencyMs: { min: 0, max: 0 }, loss: 0, duplicates: 0, reordering: 0, errors: 0, blackout: false };
  const response = await request.put(`${sandboxUrl()}/_sandbox/faults`, { data: { ...none, ...faults } });
  expect(response.status()).toBe(200);
}

export interface RaisedInvoice {
  id: string;
  objectId: string;
  supplierInvoiceNumber: string;
  totalPaise: number;
}

/** The supplier's software raises invoices to a buyer; each test works on its own. `rupees` each. */
export async function raiseInvoices(
  request: APIRequestContext,
  supplier: DemoBusiness,
  buyer: { b2bId: string; name: string },
  ...rupees: number[]
): Promise<RaisedInvoice[]> {
  const raised: RaisedInvoice[] = [];
  for (const amount of rupees) {
    const id = randomUUID().replaceAll("-", "");
    const response = await request.post(`/api/v1/businesses/${supplier.slug}/invoices`, {
      headers: { authorization: `Bearer ${supplier.apiKey}` },
      data: {
        objectId: `INV${id}`,
        side: "receivable",
        counterparty: { b2bId: buyer.b2bId, name: buyer.name },
        supplierInvoiceNumber: `E2E/${id.slice(0, 10).toUpperCase()}`,
        issueDate: "2026-11-01",
        dueDate: "2026-12-01",
        totalPaise: amount * 100,
      },
    });
    expect(response.status(), await response.text()).toBe(201);
    raised.push(await response.json());
  }
  return raised;
}

/** Rows of the stack's database. */
export async function rows<Row extends pg.QueryResultRow>(sql: string, ...values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: process.env.CHUKTA_DATABASE_URL });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** An invoice's books on both sides, in paise: `{ PAYABLE: {…}, RECEIVABLE: {…} }`. */
export async function booksOf(objectId: string) {
  const found = await rows<{ side: string; status: string; paid: string; pending: string }>(
    "SELECT side, status, paid, pending FROM invoice WHERE object_id = $1",
    objectId,
  );
  return Object.fromEntries(
    found.map(({ side, status, paid, pending }) => [side, { status, paid: Number(paid), pending: Number(pending) }]),
  );
}

/** A payment's rows on both sides, by UTR: status and amounts in paise. */
export async function paymentsByUtr(utr: string) {
  const found = await rows<{ side: string; status: string; total: string; net: string; object_id: string }>(
    "SELECT side, status, total, net, object_id FROM payment WHERE utr = $1 ORDER BY side",
    utr,
  );
  return found.map(({ total, net, object_id, ...row }) => ({
    ...row,
    objectId: object_id,
    total: Number(total),
    net: Number(net),
  }));
}

/** A row's id in the demo's data, for the pages of one thing. */
export async function idOf(sql: string): Promise<string> {
  const [row] = await rows<{ id: string }>(sql);
  if (!row) throw new Error(`nothing found: ${sql}`);
  return row.id;
}

/** Narrows a statement to the rows of one of the demo's businesses. */
export const of = (slug: string) => `business_id = (SELECT id FROM business WHERE slug = '${slug}')`;
