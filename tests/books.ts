import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { duplicateKeyOf } from "@/features/invoices/rules";
import type { PaymentRequest } from "@/features/payments/schema";
import { mintInvoiceObjectId, mintPaymentObjectId, uuidv7 } from "@/lib/ids";
import { paise, ZERO } from "@/lib/money";
import { admitBusiness } from "@/tests/admit-business";
import { prisma } from "@/tests/prisma";

// One for the process: a test may load its modules anew, on the same database.
const held = globalThis as { chuktaSerial?: number };
function nextSerial(): number {
  held.chuktaSerial = (held.chuktaSerial ?? 0) + 1;
  return held.chuktaSerial;
}

/** A business with a scope to act in it, as the gates mint it. */
export async function makeBusiness(name: string): Promise<BusinessScope & { name: string }> {
  const serial = nextSerial();
  const { id, b2bId } = await admitBusiness(
    `${name.toLowerCase()}-${serial}`,
    `${name.toUpperCase()}${serial}@BCB`,
    name,
  );
  const scope = mintScope({
    businessId: id,
    b2bId,
    actor: { kind: "USER", id: uuidv7(), name: `${name}'s clerk` },
    role: "FINANCE",
  });
  return { ...scope, name };
}

export interface InvoicePair {
  objectId: string;
  number: string;
  payableId: string;
  receivableId: string;
}

/** One invoice in both parties' books, as it stands after the supplier raised it. `total` in paise. */
export async function makeInvoice(
  buyer: BusinessScope & { name: string },
  supplier: BusinessScope & { name: string },
  total: number,
): Promise<InvoicePair> {
  const serial = nextSerial();
  const pair = { objectId: mintInvoiceObjectId(), number: `KM/${serial}`, payableId: uuidv7(), receivableId: uuidv7() };
  const sides = [
    { id: pair.payableId, side: "PAYABLE", own: buyer, other: supplier },
    { id: pair.receivableId, side: "RECEIVABLE", own: supplier, other: buyer },
  ] as const;
  for (const { id, side, own, other } of sides) {
    await prisma.counterparty.createMany({
      data: [{ businessId: own.businessId, b2bId: other.b2bId, name: other.name }],
      skipDuplicates: true,
    });
    await prisma.invoice.create({
      data: {
        businessId: own.businessId,
        id,
        side,
        objectId: pair.objectId,
        supplierInvoiceNumber: pair.number,
        counterpartyB2BId: other.b2bId,
        counterpartyName: other.name,
        issueDate: new Date("2026-11-01"),
        dueDate: new Date("2026-12-01"),
        total,
        origin: side === "RECEIVABLE" ? "OWN" : "COUNTERPARTY",
        duplicateKey: duplicateKeyOf({
          counterpartyB2BId: other.b2bId,
          supplierInvoiceNumber: pair.number,
          issueDay: "2026-11-01",
        }),
        createdBy: supplier.name,
      },
    });
  }
  return pair;
}

/** A payment that a page would ask for; amounts in paise. */
export function paymentOf(
  supplier: BusinessScope,
  lines: readonly { invoice: InvoicePair; net: number; tds?: number }[],
  changes: Partial<PaymentRequest> = {},
): PaymentRequest {
  return {
    objectId: mintPaymentObjectId(),
    supplierB2BId: supplier.b2bId,
    type: "OFFPLATFORM",
    mode: "NEFT",
    utr: "HDFCN26324123456",
    paidAt: "2026-11-20T14:05:00+05:30",
    lines: lines.map(({ invoice, net, tds }) => ({
      invoiceId: invoice.payableId,
      netPaise: paise(net),
      adjustmentPaise: tds ? paise(tds) : ZERO,
      splits: tds ? [{ name: "TDS", valuePaise: paise(tds), refNo: "194Q" }] : [],
    })),
    ...changes,
  };
}

/** An invoice's books on both sides, in paise. */
export async function booksOf(pair: InvoicePair) {
  const select = { status: true, paid: true, pending: true } as const;
  const [payable, receivable] = await Promise.all([
    prisma.invoice.findFirstOrThrow({ where: { id: pair.payableId }, select }),
    prisma.invoice.findFirstOrThrow({ where: { id: pair.receivableId }, select }),
  ]);
  const plain = (row: typeof payable) => ({ ...row, paid: Number(row.paid), pending: Number(row.pending) });
  return { payable: plain(payable), receivable: plain(receivable) };
}

/** A payment's status on both sides; null where there is no such row. */
export async function statusesOf(objectId: string) {
  const rows = await prisma.payment.findMany({ where: { objectId }, select: { side: true, status: true } });
  const of = (side: string) => rows.find((row) => row.side === side)?.status ?? null;
  return { outgoing: of("OUTGOING"), incoming: of("INCOMING") };
}
