import fc from "fast-check";
import { expect, test } from "vitest";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { putBackInvoice } from "@/features/invoices/mutations/put-back";
import { queueSharesWith } from "@/features/invoices/mutations/queue-share";
import { isPayable } from "@/features/invoices/rules";
import type { CreateInvoiceInput } from "@/features/invoices/schema";
import { createPayment } from "@/features/payments/mutations/create";
import { transact } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { makeBusiness, paymentOf } from "@/tests/books";
import { billOf, editOf } from "@/tests/invoices";
import { expectInStep, keptCopies } from "@/tests/kept-copy";
import { prisma } from "@/tests/prisma";
import { randomRuns } from "@/tests/random-runs";
import { type Attempt, unreliableNetwork } from "@/tests/unreliable-network";
import { shareAnswer } from "@/worker/tasks/share-answer";
import { shareInvoice } from "@/worker/tasks/share-invoice";
import { shareWithNewcomer } from "@/worker/tasks/share-with-newcomer";

// One may join late. Both parties write, change, renumber and cancel, return, reject and put back, pay and answer over a network that
// loses, repeats and lies, and the shares run in any order: once nothing is under way, both have the same invoices, with the same
// remarks.
const runs = randomRuns(32);
const network = unreliableNetwork();

type Business = Awaited<ReturnType<typeof makeBusiness>>;
interface World {
  buyer: Business;
  supplier: Business;
  payments: string[];
  raised: { by: "buyer" | "supplier"; bill: CreateInvoiceInput }[];
}

const pick = fc.nat({ max: 50 });
const by = fc.constantFrom("buyer", "supplier") as fc.Arbitrary<"buyer" | "supplier">;
const number = fc.constantFrom("A", "B", "C");
const total = fc.integer({ min: 1, max: 20 });
const attempts: Attempt[] = ["acked", "acked", "lost", "ack-lost"];

const doing = <Do extends string, More>(
  weight: number,
  name: Do,
  more: { [Key in keyof More]: fc.Arbitrary<More[Key]> },
) => ({
  weight,
  arbitrary: fc.record({ do: fc.constant(name), ...more }) as unknown as fc.Arbitrary<{ do: Do } & More>,
});
const raise = doing(5, "raise", { by, number, total });
const step = fc.oneof(
  raise,
  doing(1, "raise-again", { bill: pick }),
  doing(4, "edit", { by, invoice: pick, number, total }),
  doing(2, "cancel", { by, invoice: pick }),
  doing(6, "return", { by, invoice: pick, reject: fc.boolean() }),
  doing(6, "put-back", { invoice: pick }),
  doing(4, "pay", { invoice: pick, total, bills: fc.integer({ min: 1, max: 3 }) }),
  doing(5, "attempt", { message: pick, how: fc.constantFrom(...attempts) }),
  doing(4, "forward", { request: pick, lie: fc.nat(3).map((n) => n === 0), keep: fc.boolean() }),
  doing(3, "tell", { outcome: pick }),
  doing(3, "answer", { payment: pick, accept: fc.boolean() }),
  doing(10, "share", { job: pick }),
  doing(1, "share-again", { by, invoice: pick, answer: fc.boolean() }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What is written while one of the two doesn't live here yet. */
const before = fc.record({ newcomer: by, raised: fc.array(raise.arbitrary, { maxLength: 4 }) });
type Before = typeof before extends fc.Arbitrary<infer T> ? T : never;

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

/** What the portal may refuse, in words. */
async function unlessRefused(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === "CONFLICT")) throw error;
  });
}

const invoicesOf = ({ businessId }: Business) =>
  prisma.invoice.findMany({ where: { businessId }, orderBy: { id: "asc" } });

/** The queue's jobs about these two businesses, oldest first. */
async function jobs({ buyer, supplier }: World) {
  const rows = await prisma.$queryRaw<{ key: string }[]>`SELECT key FROM graphile_worker.jobs ORDER BY id`;
  const ids = [buyer, supplier].flatMap(({ businessId, b2bId }) => [businessId, b2bId]);
  return rows.filter(({ key }) => ids.some((id) => key.includes(id)));
}

async function runJob({ key }: { key: string }): Promise<void> {
  const [task, about = "", invoiceId = ""] = key.split(":");
  await prisma.$executeRaw`SELECT graphile_worker.remove_job(${key})`;
  if (task === "share-with-newcomer") return shareWithNewcomer({ b2bId: about });
  const run = task === "share-answer" ? shareAnswer : shareInvoice;
  await run({ businessId: about, invoiceId }, () => network.tick());
}

/** Writes down what the one has with the other before that one lives here; then it does. */
async function joinLate(world: World, { newcomer, raised }: Before) {
  const { businessId: id, b2bId } = world[newcomer];
  const writer = newcomer === "buyer" ? "supplier" : "buyer";
  await prisma.business.update({ where: { id }, data: { b2bId: `${b2bId}-to-come` } });
  for (const each of raised) await run(world, { ...each, by: writer });
  for (const job of await jobs(world)) await runJob(job);
  await prisma.business.update({ where: { id }, data: { b2bId } });
  await transact(world[newcomer], (tx) => queueSharesWith(tx, { b2bId }));
}

async function run(world: World, given: Step): Promise<void> {
  const { buyer, supplier, payments } = world;
  const now = network.tick();
  switch (given.do) {
    case "raise": {
      const [own, other] = given.by === "buyer" ? [buyer, supplier] : [supplier, buyer];
      const bill = billOf(other, {
        side: given.by === "buyer" ? "payable" : "receivable",
        supplierInvoiceNumber: given.number,
        totalPaise: given.total,
      });
      const write = async () => {
        await createInvoice(own, bill, now);
        world.raised.push({ by: given.by, bill });
      };
      return unlessRefused(write());
    }
    case "raise-again": {
      const first = at(world.raised, given.bill);
      if (first) expect(await createInvoice(world[first.by], first.bill, now)).toMatchObject({ replayed: true });
      return;
    }
    case "edit": {
      const invoice = at(await invoicesOf(world[given.by]), given.invoice);
      if (!invoice) return;
      const change = editOf(billOf(buyer), invoice.version, {
        supplierInvoiceNumber: given.number,
        totalPaise: given.total,
      });
      return unlessRefused(editInvoice(world[given.by], invoice.id, change, now));
    }
    case "cancel": {
      const invoice = at(await invoicesOf(world[given.by]), given.invoice);
      return invoice && unlessRefused(cancelInvoice(world[given.by], invoice.id, now));
    }
    case "return": {
      const others = (await invoicesOf(world[given.by])).filter(({ origin }) => origin === "COUNTERPARTY");
      const invoice = at(others, given.invoice);
      if (!invoice) return;
      const { version } = invoice;
      // Other words each time: what arrives late can be told from what was said last.
      const answer = {
        response: given.reject ? "REJECT" : "RETURN",
        remarks: `Said at ${now.toISOString()}`,
        version,
      } as const;
      return unlessRefused(answerInvoice(world[given.by], invoice.id, answer, now));
    }
    case "put-back": {
      const all = [...(await invoicesOf(buyer)), ...(await invoicesOf(supplier))];
      const answered = all.filter(({ origin, remarks }) => origin === "COUNTERPARTY" && remarks !== null);
      const invoice = at(answered, given.invoice);
      if (!invoice) return;
      const scope = invoice.businessId === buyer.businessId ? buyer : supplier;
      return unlessRefused(putBackInvoice(scope, invoice.id, invoice, now));
    }
    case "pay": {
      const all = (await invoicesOf(buyer)).filter(isPayable);
      if (all.length === 0) return;
      // Those beside it too: bills that are later than their payment come together.
      const bills = new Set(Array.from({ length: given.bills }, (_, more) => at(all, given.invoice + more)?.id ?? ""));
      const lines = [...bills].map((payableId) => ({
        invoice: { objectId: "", number: "", payableId, receivableId: "" },
        net: given.total,
      }));
      const request = paymentOf(supplier, lines);
      if ((await createPayment(buyer, request, now)).kind === "created") payments.push(request.objectId);
      return;
    }
    case "attempt": {
      const message = at(await network.queued([buyer, supplier]), given.message);
      return message && network.attempt(message, given.how);
    }
    case "forward":
      return void (await network.forward(given.request % Math.max(1, network.requests.length), given));
    case "tell":
      return void (await network.tell(given.outcome % Math.max(1, network.outcomes.length)));
    case "answer": {
      const objectId = at(payments, given.payment);
      const answer = { response: given.accept ? "ACCEPT" : "REJECT", remarks: "Seen" } as const;
      if (objectId) await answerPayment(supplier, objectId, answer, now);
      return;
    }
    case "share": {
      const job = at(await jobs(world), given.job);
      return job && runJob(job);
    }
    case "share-again": {
      const scope = world[given.by];
      const invoice = at(await invoicesOf(scope), given.invoice);
      const share = given.answer ? shareAnswer : shareInvoice;
      return invoice && share({ businessId: scope.businessId, invoiceId: invoice.id }, () => now);
    }
  }
}

/** The network carries everything, the supplier answers everything, and every share runs, until nothing is under way. */
async function settle(world: World): Promise<void> {
  const { buyer, supplier } = world;
  for (let round = 0; round < 40; round++) {
    for (;;) {
      const [message] = await network.queued([buyer, supplier]);
      if (message) await network.attempt(message, "acked");
      else if (network.requests.length > 0) await network.forward(0);
      else if (network.outcomes.length > 0) await network.tell(0);
      else break;
    }
    const where = { businessId: supplier.businessId, status: "AWAITING_CONFIRMATION" } as const;
    const open = await prisma.payment.findMany({ where, orderBy: { createdAt: "asc" } });
    const response = round % 2 === 0 ? "ACCEPT" : "REJECT";
    for (const { objectId } of open)
      await answerPayment(supplier, objectId, { response, remarks: "Seen" }, network.tick());
    const waiting = await jobs(world);
    for (const job of waiting) await runJob(job);
    if (waiting.length === 0 && open.length === 0) return;
  }
  throw new Error("never comes to rest");
}

/** What stands in a business's books. */
async function standing(scope: Business) {
  const rows = await invoicesOf(scope);
  return rows
    .filter(({ status }) => status !== "CANCELLED")
    .map(({ objectId, supplierInvoiceNumber, total, paid, pending, status, remarks }) => ({
      objectId,
      supplierInvoiceNumber,
      status,
      remarks,
      total: Number(total),
      paid: Number(paid),
      pending: Number(pending),
    }))
    .sort((a, b) => (a.objectId < b.objectId ? -1 : 1));
}

test(
  "whatever is written, changed, cancelled, returned and paid on both sides: both end up with the same invoices",
  async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(before, fc.array(step, { minLength: 15, maxLength: 60, size: "max" }), async (early, steps) => {
        network.reset();
        const world: World = {
          buyer: await makeBusiness("Anvaya"),
          supplier: await makeBusiness("Kaveri"),
          payments: [],
          raised: [],
        };
        await joinLate(world, early);
        const copies = [keptCopies(world.buyer), keptCopies(world.supplier, 2)];
        for (const [index, each] of steps.entries()) {
          await run(world, each);
          if (index % 10 === 0)
            await Promise.all(copies.flatMap(({ invoices, payments }) => [invoices.page(), payments.page()]));
        }
        await settle(world);
        for (const copy of copies) await expectInStep(copy);
        expect(await standing(world.buyer)).toEqual(await standing(world.supplier));
        const businessId = { in: [world.buyer.businessId, world.supplier.businessId] };
        const events = await prisma.auditEvent.findMany({ where: { businessId, subjectKind: "invoice" } });
        for (const { action } of events) seen.set(action, (seen.get(action) ?? 0) + 1);
      }),
      runs,
    );
    expect(seen.get("invoice.share-given-up")).toBeUndefined();
    const answers = ["returned-by-party", "rejected-by-party", "put-back-by-party"];
    for (const action of ["received", "changed-by-party", "cancelled-by-party", "adopted", ...answers])
      expect([action, seen.get(`invoice.${action}`)]).not.toEqual([action, undefined]);
  },
  60_000 + 10_000 * runs.numRuns,
);
