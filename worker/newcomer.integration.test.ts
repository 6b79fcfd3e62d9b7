import { afterEach, expect, test, vi } from "vitest";
import { createBusiness } from "@/features/businesses/mutations/create-business";
import { newBusinessSchema } from "@/features/businesses/schema";
import { shareWithNewcomer } from "@/features/invoices/mutations/share-with-newcomer";
import { tidyQueue } from "@/lib/jobs";
import { makeBusiness } from "@/tests/books";
import { prisma } from "@/tests/prisma";
import { end, Workers } from "@/tests/workers";

// Many invoices with a business that joins later: in pieces, and by worker processes of which one is killed.

const workers = new Workers();
afterEach(() => workers.killAll());

const MANY = 450;

type Business = Awaited<ReturnType<typeof makeBusiness>>;

/** So many invoices of one business with a party, as they stand after their shares found nobody. */
async function wrote({ businessId }: Business, b2bId: string, count: number, side: "PAYABLE" | "RECEIVABLE") {
  await prisma.counterparty.create({ data: { businessId, b2bId, name: "Later" } });
  const invoices = Array.from({ length: count }, (_, index) => ({
    businessId,
    side,
    objectId: `${side}-${index}`,
    supplierInvoiceNumber: `${side}/${index}`,
    total: 100,
    counterpartyB2BId: b2bId,
    counterpartyName: "Later",
    createdBy: "Asha",
    duplicateKey: `${side}/${index}`,
    issueDate: new Date("2026-11-01"),
    dueDate: new Date("2026-12-01"),
  }));
  await prisma.invoice.createMany({ data: invoices });
}

/** Three businesses here know it; one of them has nothing open with it, and a fourth has never heard of it. */
async function world(b2bId: string): Promise<void> {
  const [anvaya, bharati, chetan] = [
    await makeBusiness("Anvaya"),
    await makeBusiness("Bharati"),
    await makeBusiness("Chetan"),
  ];
  await makeBusiness("Stranger");
  await wrote(anvaya, b2bId, MANY, "RECEIVABLE");
  await wrote(bharati, b2bId, 0, "PAYABLE");
  await wrote(chetan, b2bId, 3, "PAYABLE");
}

const join = (slug: string, b2bId: string) =>
  createBusiness(
    newBusinessSchema.parse({ slug, b2bId, legalName: slug, tradeName: slug, geocode: "19.0760,72.8777" }),
  );

interface Job {
  task: string;
  payload: { from?: { writerId: string; afterId?: string } };
}

const queued = () => prisma.$queryRaw<Job[]>`
  SELECT task.identifier AS task, job.payload FROM graphile_worker._private_jobs job
    JOIN graphile_worker._private_tasks task ON task.id = job.task_id ORDER BY job.run_at, job.id`;

test("goes in pieces, each with the next one behind it, and misses none however often a piece is run", async () => {
  const b2bId = "PIECES@BCB";
  await world(b2bId);
  await join("pieces", b2bId);
  const pieces: number[] = [];
  for (;;) {
    const jobs = await queued();
    const [job] = jobs.filter(({ task }) => task === "share-with-newcomer");
    if (!job) break;
    expect(jobs.at(-1)).toEqual(job);
    pieces.push(jobs.length - 1);
    // The last one's worker died before it could say that it was done.
    await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'share-with-newcomer:%'`;
    await Promise.all([1, 2, 3].map(() => shareWithNewcomer({ b2bId, from: job.payload.from })));
  }
  expect(pieces).toEqual([0, 100, 200, 300, 400, MANY, MANY]);
  expect((await queued()).map(({ task }) => task)).toEqual(Array(MANY + 3).fill("share-invoice"));
  await prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

test("all of it arrives once, also when a worker is killed in the middle", async () => {
  const b2bId = "KILLED@BCB";
  await world(b2bId);
  const { businessId } = await join("killed", b2bId);
  const arrived = () => prisma.invoice.count({ where: { businessId } });
  const first = workers.start();
  await vi.waitUntil(async () => (await arrived()) > 50, { timeout: 60_000, interval: 20 });
  await end(first, "SIGKILL");
  expect(await arrived()).toBeLessThan(MANY);
  // Five minutes later.
  await tidyQueue(new Date(Date.now() + 6 * 60_000));
  workers.start();
  await vi.waitUntil(async () => (await queued()).length === 0, { timeout: 120_000, interval: 100 });
  expect(await arrived()).toBe(MANY + 3);
  const action = "invoice.received";
  expect(await prisma.auditEvent.count({ where: { businessId, action } })).toBe(MANY + 3);
}, 200_000);
