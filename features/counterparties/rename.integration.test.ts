import { beforeEach, expect, test } from "vitest";
import type { BusinessScope } from "@/features/businesses/scope";
import { getCounterparty } from "@/features/counterparties/data";
import { changeCounterparty } from "@/features/counterparties/mutations/change";
import { RENAMED_AT_ONCE, renameNext } from "@/features/counterparties/mutations/rename";
import { changeCounterpartySchema } from "@/features/counterparties/schema";
import { createInvoice } from "@/features/invoices/mutations/create";
import { makeBusiness } from "@/tests/books";
import { billOf, TODAY } from "@/tests/invoices";
import { runJobs } from "@/tests/jobs";
import { prisma } from "@/tests/prisma";

const FOO = "FOO@BCB";
const MANY = 2 * RENAMED_AT_ONCE + 500;

let buyer: BusinessScope;

/** A business with many bills of one party, each third of which is paid, and a few of another party. */
beforeEach(async () => {
  buyer = await makeBusiness("Anvaya");
  for (const b2bId of [FOO, "ELSE@BCB"])
    await prisma.counterparty.create({ data: { businessId: buyer.businessId, b2bId, name: "Old" } });
  await prisma.$executeRaw`
    INSERT INTO invoice (business_id, id, side, object_id, supplier_invoice_number, counterparty_b2b_id, counterparty_name, issue_date,
                         due_date, total, paid, status, duplicate_key, created_by)
    SELECT ${buyer.businessId}::uuid, gen_random_uuid(), 'PAYABLE', n::text, n::text, CASE WHEN n % 500 = 1 THEN 'ELSE@BCB' ELSE ${FOO} END,
           'Old', '2026-11-01', '2026-12-01', 100, CASE n % 3 WHEN 0 THEN 100 ELSE 0 END,
           CASE n % 3 WHEN 0 THEN 'PAID'::invoice_status ELSE 'CREATED' END, n::text, 'x'
      FROM generate_series(1, ${Math.ceil(MANY * 1.5)}::int) AS n`;
  await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

async function rename(name: string): Promise<void> {
  const { version } = await getCounterparty(buyer, FOO);
  await changeCounterparty(buyer, FOO, changeCounterpartySchema.parse({ version, name }), TODAY);
}

/** How many bills are open, and how many others there are, under each name. */
async function counted(b2bId = FOO) {
  const rows = await prisma.$queryRaw<{ words: string; count: number }[]>`
    SELECT counterparty_name || CASE status WHEN 'PAID' THEN ', paid' ELSE '' END AS words, count(*)::int FROM invoice
     WHERE business_id = ${buyer.businessId}::uuid AND counterparty_b2b_id = ${b2bId} GROUP BY 1 ORDER BY 1`;
  return Object.fromEntries(rows.map(({ words, count }) => [words, count]));
}

const queued = () => prisma.$queryRaw<{ payload: { businessId: string; b2bId: string; afterId: string } }[]>`
  SELECT payload FROM graphile_worker._private_jobs WHERE key LIKE 'rename-party:%'`;

test("a new name goes to what is open in parts, each in a transaction of its own, and misses none", async () => {
  const { Old: open = 0, ...paid } = await counted();
  const others = await counted("ELSE@BCB");
  expect(open).toBeGreaterThan(2 * RENAMED_AT_ONCE);
  await rename("New");
  expect(await counted()).toEqual({ New: RENAMED_AT_ONCE, Old: open - RENAMED_AT_ONCE, ...paid });
  const counterparty = { b2bId: FOO, name: "Whatever" };
  await createInvoice(buyer, billOf({ b2bId: FOO }, { side: "payable", counterparty }), TODAY);
  const [first] = await queued();
  if (!first) throw new Error("nothing goes on");
  // Its worker died before it could say that it was done, and another took it for lost.
  await Promise.all([1, 2].map(() => renameNext(first.payload)));
  expect(await counted()).toEqual({ New: 2 * RENAMED_AT_ONCE + 1, Old: open - 2 * RENAMED_AT_ONCE, ...paid });
  await runJobs();
  expect(await counted()).toEqual({ New: open + 1, ...paid });
  expect(await counted("ELSE@BCB")).toEqual(others);
});

test("a name that is corrected again while the first one is still on its way is the last", async () => {
  const { Old: open, ...paid } = await counted();
  await rename("New");
  const [first] = await queued();
  if (!first) throw new Error("nothing goes on");
  await Promise.all([renameNext(first.payload), rename("Newest"), renameNext(first.payload)]);
  await runJobs();
  expect(await counted()).toEqual({ Newest: open, ...paid });
});

test("where it is few, it is all at once, without a job", async () => {
  await prisma.$executeRaw`
    DELETE FROM invoice WHERE business_id = ${buyer.businessId}::uuid AND object_id::int > 500`;
  const { Old: open, ...paid } = await counted();
  await rename("New");
  expect(await counted()).toEqual({ New: open, ...paid });
  expect(await queued()).toEqual([]);
});
