import { gzipSync } from "node:zlib";
import pg from "pg";
import { DEMO_PASSWORD } from "../../prisma/demo-data";

/** Pages of the demo, by a name for the report; `{…}` stands for the id that its SQL finds. */
interface Page {
  name: string;
  path: string;
  id?: string;
}

const of = (slug: string) => `business_id = (SELECT id FROM business WHERE slug = '${slug}')`;
const BUYER = "/b/anvaya-retail";
const SUPPLIER = "/b/kaveri-metals";
const bill = `SELECT id::text FROM invoice WHERE ${of("anvaya-retail")} AND side = 'PAYABLE' AND status = 'CREATED' ORDER BY id LIMIT 1`;
const invoice = `SELECT id::text FROM invoice WHERE ${of("kaveri-metals")} AND side = 'RECEIVABLE' ORDER BY id LIMIT 1`;

/** Who sees which pages. */
const VISITS: { email: string | null; pages: Page[] }[] = [
  { email: null, pages: [{ name: "sign in", path: "/sign-in" }] },
  {
    email: "ravi@anvaya.example",
    pages: [
      { name: "home", path: BUYER },
      { name: "bills", path: `${BUYER}/bills` },
      { name: "a bill", path: `${BUYER}/bills/{id}`, id: bill },
      { name: "new bill", path: `${BUYER}/bills/new` },
      { name: "import bills", path: `${BUYER}/bills/import` },
      { name: "pay", path: `${BUYER}/pay?invoice={id}`, id: bill },
      { name: "payments", path: `${BUYER}/payments` },
      {
        name: "a payment",
        path: `${BUYER}/payments/{id}`,
        id: `SELECT object_id AS id FROM payment WHERE ${of("anvaya-retail")} ORDER BY object_id LIMIT 1`,
      },
      { name: "parties", path: `${BUYER}/parties` },
      { name: "activity", path: `${BUYER}/activity` },
      { name: "API reference", path: "/docs/api" },
    ],
  },
  {
    email: "latha@kaveri.example",
    pages: [
      { name: "to confirm", path: `${SUPPLIER}/to-confirm` },
      { name: "invoices", path: `${SUPPLIER}/invoices` },
      { name: "an invoice", path: `${SUPPLIER}/invoices/{id}`, id: invoice },
      { name: "received", path: `${SUPPLIER}/received` },
      { name: "people", path: `${SUPPLIER}/settings/people` },
      { name: "API keys", path: `${SUPPLIER}/settings/api-keys` },
    ],
  },
];

export interface PageFigures {
  name: string;
  /** Milliseconds from the request to the last byte of the HTML. */
  p50: number;
  p95: number;
  /** Kilobytes of HTML, compressed. */
  html: number;
  /** Kilobytes of JavaScript that the page loads at first, compressed. */
  script: number;
}

async function signIn(origin: string, email: string): Promise<string> {
  const response = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  });
  if (!response.ok) throw new Error(`${email} could not sign in: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

const kilobytes = (content: string | Uint8Array) => gzipSync(content).length / 1024;

/** Scripts that the HTML names: those that run, and those that are fetched ahead for them. Old browsers' alone are left out. */
const scriptsIn = (html: string) => [
  ...new Set(
    [...html.matchAll(/<(?:script|link) [^>]*(?:src|href)="(\/_next\/static\/[^"]+?\.js)[^>]*>/g)]
      .filter(([tag]) => !/ nomodule/i.test(tag))
      .map(([, path]) => path ?? ""),
  ),
];

/** Visits every page `times` over, one request at a time. */
export async function visitAll(origin: string, databaseUrl: string, times: number): Promise<PageFigures[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const sizes = new Map<string, number>();
  const sizeOf = async (path: string) => {
    const known = sizes.get(path) ?? kilobytes(new Uint8Array(await (await fetch(origin + path)).arrayBuffer()));
    sizes.set(path, known);
    return known;
  };
  try {
    const figures: PageFigures[] = [];
    for (const { email, pages } of VISITS) {
      const cookie = email ? await signIn(origin, email) : "";
      for (const { name, path, id } of pages) {
        const found = id ? (await client.query<{ id: string }>(id)).rows[0]?.id : "";
        if (found === undefined) throw new Error(`the demo has nothing for the page "${name}"`);
        const took: number[] = [];
        let html = "";
        for (let i = -2; i < times; i++) {
          const start = performance.now();
          const response = await fetch(origin + path.replace("{id}", found), {
            headers: { cookie },
            redirect: "manual",
          });
          html = await response.text();
          if (response.status !== 200) throw new Error(`${name} answered ${response.status}`);
          if (i >= 0) took.push(performance.now() - start);
        }
        took.sort((a, b) => a - b);
        let script = 0;
        for (const each of scriptsIn(html)) script += await sizeOf(each);
        if (script === 0) throw new Error(`no script was found on the page "${name}"`);
        const at = (share: number) => took[Math.ceil(took.length * share) - 1] ?? Number.NaN;
        figures.push({ name, p50: at(0.5), p95: at(0.95), html: kilobytes(html), script });
      }
    }
    return figures;
  } finally {
    await client.end();
  }
}
