import { createHash } from "node:crypto";
import { createUser, passwordHash } from "@/features/accounts/credentials";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { operatorScope } from "@/features/businesses/gate";
import { createBusiness } from "@/features/businesses/mutations/create-business";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { createInvoice } from "@/features/invoices/mutations/create";
import { createPayment } from "@/features/payments/mutations/create";
import { sectionText, TDS_SECTIONS } from "@/features/payments/tds";
import { panFromGstin } from "@/features/protocol/identifiers";
import { disconnect, system, transactSystem } from "@/lib/db";
import { checkEnvironment, env } from "@/lib/env";
import { uuidv7 } from "@/lib/ids";
import { add, paise, rupeesToPaise, subtract, ZERO } from "@/lib/money";
import { dayOf, toIstDay } from "@/lib/time";
import { Carrier } from "@/prisma/demo/carrier";
import { readDemoFile, writeDemoFile } from "@/prisma/demo/demo-file";
import { type DemoInvoices, INVOICES } from "@/prisma/demo/invoices";
import { ANSWERS, type DemoAnswer, type DemoPayment, PAYMENTS } from "@/prisma/demo/payments";
import { BUSINESSES, DEMO_PASSWORD, PEOPLE } from "@/prisma/demo-data";
import { COUNTERPARTIES } from "@/sandbox/counterparties";
import { shareAnswer } from "@/worker/tasks/share-answer";
import { shareInvoice } from "@/worker/tasks/share-invoice";

/*
 * The demo's data, made by the portal's own mutations, so that it can't be anything that the portal couldn't do. Every id comes from
 * the data's own words: broken off and started again it goes on where it was, and a second run changes nothing.
 */

const DAY_MS = 86_400_000;

/** The same 32 hex digits for the same words. */
function idOf(words: string): string {
  return createHash("sha256").update(words).digest("hex").slice(0, 32);
}

async function seedBusinesses(): Promise<void> {
  for (const data of BUSINESSES) {
    if (await system.business.findUnique({ where: { slug: data.slug }, select: { id: true } })) continue;
    await createBusiness({ ...data, pan: panFromGstin(data.gstin) ?? undefined });
  }
}

async function scopeOf(slug: string): Promise<BusinessScope> {
  return operatorScope(await system.business.findUniqueOrThrow({ where: { slug }, select: { id: true, b2bId: true } }));
}

async function seedPeople(): Promise<void> {
  const hash = await passwordHash(DEMO_PASSWORD);
  for (const { email, name, roles } of PEOPLE) {
    await transactSystem((tx) => createUser(tx, { email, name, passwordHash: hash, mustChangePassword: false }));
    const { id: userId } = await system.user.findUniqueOrThrow({ where: { email }, select: { id: true } });
    for (const { slug, role } of roles) {
      const { businessId } = await scopeOf(slug);
      await system.membership.createMany({ data: [{ businessId, userId, role }], skipDuplicates: true });
    }
  }
}

/** A person of the demo at work in their business. */
async function personScope(slug: string, name: string): Promise<BusinessScope> {
  const { businessId, b2bId } = await scopeOf(slug);
  const user = await system.user.findFirstOrThrow({ where: { name, memberships: { some: { businessId } } } });
  return mintScope({ businessId, b2bId, actor: { kind: "USER", id: user.id, name }, role: "FINANCE" });
}

const someoneWhoPays = (slug: string) =>
  PEOPLE.find((person) => person.roles.some((role) => role.slug === slug && role.role !== "VIEWER"))?.name ?? "";

/** The party that lives here writes it down: the supplier where it does, else the buyer. The other one's copy comes by sharing. */
async function seedInvoices({ supplier, buyer, prefix, from, items }: DemoInvoices, today: Date): Promise<void> {
  const home =
    BUSINESSES.find((one) => one.b2bId === supplier.b2bId) ?? BUSINESSES.find((one) => one.b2bId === buyer.b2bId);
  if (!home) throw new Error(`nobody of ${prefix} lives here`);
  const isSupplier = home.b2bId === supplier.b2bId;
  const scope = await personScope(home.slug, someoneWhoPays(home.slug));
  const other = isSupplier ? buyer : supplier;
  const elsewhere = COUNTERPARTIES.find((one) => one.b2bId === other.b2bId);
  const account = {
    gstin: elsewhere?.gstin,
    bankAccountNumber: elsewhere?.bank.accountNumber,
    bankIfsc: elsewhere?.bank.ifsc,
    bankBeneficiaryName: elsewhere?.bank.beneficiaryName,
    vpa: elsewhere?.vpa,
  };
  for (const [index, [dueInDays, rupees, description]] of items.entries()) {
    const dueAt = new Date(today.getTime() + dueInDays * DAY_MS);
    const raisedAt = new Date(dueAt.getTime() - 30 * DAY_MS);
    const number = `${prefix}${from + index}`;
    const { id } = await createInvoice(
      scope,
      {
        objectId: `INV${idOf(number)}`,
        side: isSupplier ? "receivable" : "payable",
        counterparty: { b2bId: other.b2bId, name: other.name, ...account },
        supplierInvoiceNumber: number,
        description,
        issueDate: toIstDay(raisedAt),
        dueDate: toIstDay(dueAt),
        totalPaise: rupeesToPaise(rupees) ?? ZERO,
      },
      raisedAt,
    );
    await shareInvoice({ businessId: scope.businessId, invoiceId: id }, () => raisedAt);
  }
}

/** A bill that its buyer has returned or rejected, also in its supplier's books. */
async function seedAnswer({ buyer, number, response, remarks, by, daysAgo }: DemoAnswer, today: Date): Promise<void> {
  const scope = await personScope(buyer.slug, by);
  const { businessId } = scope;
  const { id: invoiceId, version } = await system.invoice.findFirstOrThrow({
    where: { businessId, side: "PAYABLE", supplierInvoiceNumber: number },
    select: { id: true, version: true },
  });
  const at = new Date(today.getTime() - daysAgo * DAY_MS);
  await answerInvoice(scope, invoiceId, { response, remarks, version }, at);
  await shareAnswer({ businessId, invoiceId }, () => at);
}

/** A payment of the past: asked for, carried, and where it says so answered and carried again, each at its own time. */
async function seedPayment(payment: DemoPayment, today: Date, carry: (at: Date) => Promise<void>): Promise<void> {
  const { buyer, supplier, mode, type = "OFFPLATFORM", utr, answer } = payment;
  const paidAt = new Date(today.getTime() - payment.daysAgo * DAY_MS);
  const from = await personScope(buyer.slug, someoneWhoPays(buyer.slug));
  const lines = [];
  for (const { number, share, tdsPercent = 0 } of payment.invoices) {
    const bill = await system.invoice.findFirstOrThrow({
      where: { businessId: from.businessId, side: "PAYABLE", supplierInvoiceNumber: number },
      select: { id: true, total: true, issueDate: true },
    });
    const total = paise(Math.round(Number(bill.total) * share));
    const tds = paise(Math.round((total * tdsPercent) / 100));
    const section = TDS_SECTIONS.find(({ rate }) => rate === tdsPercent * 100);
    const splits =
      tds > 0 && section ? [{ name: "TDS", valuePaise: tds, refNo: sectionText(section, dayOf(bill.issueDate)) }] : [];
    lines.push({ invoiceId: bill.id, netPaise: subtract(total, tds), adjustmentPaise: add(ZERO, tds), splits });
  }
  const objectId = `PMT${idOf(utr)}`;
  const request = { objectId, supplierB2BId: supplier.b2bId, type, mode, utr, paidAt: paidAt.toISOString(), lines };
  const outcome = await createPayment(from, request, paidAt);
  if (outcome.kind === "refused") throw new Error(`the demo's payment ${utr} was refused: ${outcome.refusal.code}`);
  await carry(paidAt);
  if (!answer) return;
  const at = new Date(today.getTime() - answer.daysAgo * DAY_MS + 3_600_000);
  await answerPayment(await personScope(supplier.slug, answer.by), objectId, answer, at);
  await carry(at);
}

/** One API key a business, for scripts and curl: the demo's file is the only place that has their text. */
async function seedDemoFile(): Promise<void> {
  const kept = readDemoFile()?.businesses ?? [];
  const businesses = [];
  for (const { slug, b2bId, tradeName: name } of BUSINESSES) {
    const scope = await scopeOf(slug);
    const known = kept.find((one) => one.slug === slug)?.apiKey;
    const apiKey = known ?? (await createApiKey(scope, { id: uuidv7(), name: "Demo: accounting software" })).keyText;
    const people = PEOPLE.flatMap(({ email, name, roles }) =>
      roles.filter((one) => one.slug === slug).map(({ role }) => ({ email, password: DEMO_PASSWORD, name, role })),
    );
    businesses.push({ b2bId, slug, name, apiKey, people });
  }
  writeDemoFile({ portalUrl: env.PUBLIC_URL, signingSecrets: [...env.NETWORK_SIGNING_SECRETS], businesses });
}

/** Puts the demo's data in. @returns false when it was there already */
export async function seed(): Promise<boolean> {
  if (!env.DEMO) throw new Error("demo data goes into a demo only: set CHUKTA_DEMO=1");
  const done = await system.payment.count({
    where: { objectId: { in: PAYMENTS.map(({ utr }) => `PMT${idOf(utr)}`) } },
  });
  // The last one is made last, and each payment has two rows by then.
  const isSeeded = done === PAYMENTS.length * 2;
  if (!isSeeded) {
    await seedBusinesses();
    await seedPeople();
    // The day it was begun, so that a second run asks for the very same.
    const first = await system.business.findFirstOrThrow({
      orderBy: { createdAt: "asc" },
      select: { createdAt: true },
    });
    const today = new Date(`${toIstDay(first.createdAt)}T05:30:00Z`);
    for (const run of INVOICES) await seedInvoices(run, today);
    for (const answer of ANSWERS) await seedAnswer(answer, today);
    // One carrier for all of it: another would carry once more what this one has carried.
    let at = today;
    const carrier = new Carrier(() => at);
    const carry = (time: Date) => {
      at = time;
      return carrier.carryAll();
    };
    for (const payment of PAYMENTS) await seedPayment(payment, today, carry);
  }
  await seedDemoFile();
  return !isSeeded;
}

async function main(): Promise<void> {
  checkEnvironment();
  console.log((await seed()) ? "made" : "already there");
  await disconnect();
}

if (import.meta.filename === process.argv[1]) await main();
