import { beforeAll, describe, expect, test } from "vitest";
import { nodesOf, type PlanNode, plansOf } from "@/tests/plans";
import { readCases } from "./cases";
import { fill } from "./fill";
import { type Firm, firmOf } from "./firm";

/*
 * How PostgreSQL carries out every list, filter, search and figure, by its own word and so whatever else the machine does: never by
 * reading a whole table, and never other businesses' rows. The books are large enough that it has a choice.
 */

const INVOICES = 20_000;
const TABLES = ["invoice", "payment", "payment_line", "message", "counterparty", "audit_event"];

let largest: Firm;
let small: Firm;

beforeAll(async () => {
  const databaseUrl = process.env.DATABASE_URL ?? "";
  await fill(databaseUrl, { invoices: INVOICES });
  [largest, small] = [await firmOf(databaseUrl, 0), await firmOf(databaseUrl, 4)];
}, 240_000);

/** What a node reads of the books without being told the business: all of it. Null for any other node. */
function unboundedRead(node: PlanNode): string | null {
  const table = String(node["Relation Name"] ?? "");
  if (node["Node Type"] === "Seq Scan" && TABLES.includes(table)) return `reads all of ${table}`;
  if (/^(Index Scan|Index Only Scan|Bitmap Index Scan)$/.test(node["Node Type"])) {
    const index = node["Index Name"] ?? "";
    const ofBooks = TABLES.some((name) => index.startsWith(`${name}_`));
    // The lines' words are kept by business and side together.
    if (ofBooks && !/business_id =|\(business_id\)::text \|\| CASE side .* =/.test(String(node["Index Cond"] ?? "")))
      return `reads ${index} of all businesses`;
  }
  return null;
}

/** Of each kind of read the plans for two questions: what is asked may change the plan. */
async function complaintsOf(firm: Firm, part: string): Promise<string[]> {
  const complaints = new Set<string>();
  let plans = 0;
  for (const { name, run } of readCases(firm).filter((each) => each.name.startsWith(part)))
    for (const i of [0, 1])
      for (const { plan } of await plansOf(firm.scope, () => run(i))) {
        plans++;
        for (const node of nodesOf(plan)) {
          const complaint = unboundedRead(node);
          if (complaint) complaints.add(`${name} ${complaint}`);
        }
      }
  expect(plans).toBeGreaterThan(0);
  return [...complaints];
}

describe("no read goes through a whole table, or another business's rows", () => {
  test.each([
    "home",
    "invoices by",
    "invoices open",
    "invoices overdue",
    "invoices due soon",
    "invoices came back",
    "invoices settled",
    "invoices of",
    "invoices search",
    ...["CREATED", "ACCEPTED", "RETURNED", "REJECTED", "CANCELLED", "PAYMENT_INITIATED", "PART_PAID", "PAID"].map(
      (status) => `invoices ${status}`,
    ),
    "invoice with",
    "invoices alike",
    "payments by",
    "payments of",
    "payments search",
    ...["AWAITING_APPROVAL", "SENDING", "AWAITING_CONFIRMATION", "CONFIRMING", "ACCEPTED", "REJECTED", "FAILED"].map(
      (status) => `payments ${status}`,
    ),
    "payment with",
    "payments that used",
    "parties",
    "one party",
    "ledger",
    "invoices exported",
    "payments exported",
    "activity",
    "changes",
  ])(
    "%s …",
    async (part) => {
      expect(await complaintsOf(largest, part)).toEqual([]);
      expect(await complaintsOf(small, part)).toEqual([]);
    },
    120_000,
  );

  test("every read is among them", async () => {
    const begun = ["home", "invoice", "payment", "parties", "one party", "ledger", "activity", "changes"];
    expect(readCases(largest).filter(({ name }) => !begun.some((part) => name.startsWith(part)))).toEqual([]);
  });

  test("a list that forgets its order and its index is noticed", async () => {
    const { books } = await import("@/lib/db");
    const scan = () => books(largest.scope).$queryRaw`SELECT count(*) FROM invoice WHERE created_by = 'x' || ${"y"}`;
    const [first] = await plansOf(largest.scope, scan);
    const nodes = first ? nodesOf(first.plan) : [];
    expect(nodes.some((node) => node["Node Type"].includes("Scan"))).toBe(true);
    expect(unboundedRead({ "Node Type": "Seq Scan", "Relation Name": "invoice", "Plan Rows": 1 })).not.toBeNull();
    expect(
      unboundedRead({
        "Node Type": "Index Scan",
        "Index Name": "invoice_unpaid_idx",
        "Plan Rows": 1,
        "Index Cond": "(side = 'PAYABLE')",
      }),
    ).not.toBeNull();
  });
});

/** Blocks of 8 KB that all statements of a read touch. */
async function blocksOf(firm: Firm, name: string): Promise<number> {
  const found = readCases(firm).find((each) => each.name === name);
  if (!found) throw new Error(`no read is called ${name}`);
  const plans = await plansOf(firm.scope, () => found.run(3), { analyze: true });
  // Of the page alone: what is counted and summed is the same on every page.
  const page = plans.at(-1)?.sql.includes("LIMIT") && plans.find(({ sql }) => sql.includes("ORDER BY"));
  return page ? Number(page.plan["Shared Hit Blocks"]) + Number(page.plan["Shared Read Blocks"]) : Number.NaN;
}

describe("the last page costs what the first does", () => {
  const sorts = [
    ...["dueDate", "issueDate", "total", "counterparty", "supplierInvoiceNumber"].map((sort) => `invoices by ${sort}`),
    ...["createdAt", "total", "paidAt"].map((sort) => `payments by ${sort}`),
  ];
  test.each(sorts.flatMap((sort) => [sort, sort.replace("by ", "by -")]))("%s", async (list) => {
    const [first, any, last] = [
      await blocksOf(largest, `${list}, first page`),
      await blocksOf(largest, `${list}, any page`),
      await blocksOf(largest, `${list}, last page`),
    ];
    // A page is 26 rows, each found in the index and in the table; of a payment also its lines and their invoices.
    expect(Math.max(first, any, last)).toBeLessThan(600);
    expect(Math.max(any, last)).toBeLessThan(first * 2 + 50);
  });
});
