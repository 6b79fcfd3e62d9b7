import "server-only";
import { hostedBusiness } from "@/features/businesses/hosted";
import type { BusinessScope } from "@/features/businesses/scope";
import type { SharedInvoice } from "@/features/invoices/mutations/plan-share";
import { shareInvoice, shareTogether } from "@/features/invoices/mutations/share";
import { shareAnswer, shareAnswersTogether } from "@/features/invoices/mutations/share-answer";
import { answerOf, stillCounts } from "@/features/invoices/rules";
import { books } from "@/lib/db";
import type { InvoiceOrigin, InvoiceSide } from "@/lib/generated/prisma/enums";

/** How many of those that must be brought one by one are brought side by side, as by a worker. */
const AT_ONCE = 4;

/**
 * Brings to the supplier what a buyer of this portal wrote, changed or put back of these bills, when the payment has overtaken their shares,
 * which wait in a queue behind everyone else's. The shares then find nothing left to do. A payment may name 500 bills, and the network waits
 * for its answer, so as much as possible is brought in few statements.
 * @param supplier in whose books the payment has arrived
 * @returns whether the buyer has any of these bills: then the payment is worth another look, also because a share may have ended meanwhile
 */
export async function catchUp(
  supplier: BusinessScope,
  { buyerB2BId, objectIds }: { buyerB2BId: string; objectIds: string[] },
  now: Date,
): Promise<boolean> {
  const buyer = await hostedBusiness(buyerB2BId);
  if (!buyer) return false;
  const named = { buyer: { businessId: buyer.id, b2bId: buyer.b2bId }, supplier, objectIds };
  const { bills, late } = await look(named);
  const rest = late.length > 1 ? await bringTogether(named, late, now) : late;
  const next = rest.values();
  const bring = async () => {
    for (const { origin, id: invoiceId } of next)
      await (origin === "OWN" ? shareInvoice : shareAnswer)({ businessId: buyer.id, invoiceId }, now);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, bring));
  return bills.length > 0;
}

interface Named {
  buyer: Party;
  supplier: Party;
  objectIds: string[];
}
type Party = Pick<BusinessScope, "businessId" | "b2bId">;

/** The buyer's bills of these ids, and those of them that are late. */
async function look({ buyer, supplier, objectIds }: Named): Promise<{ bills: SharedInvoice[]; late: SharedInvoice[] }> {
  const read = (own: Party, side: InvoiceSide, other: Party) =>
    books(own).invoice.findMany({
      where: { businessId: own.businessId, side, counterpartyB2BId: other.b2bId, objectId: { in: objectIds } },
    });
  const [bills, invoices] = await Promise.all([read(buyer, "PAYABLE", supplier), read(supplier, "RECEIVABLE", buyer)]);
  const byObjectId = new Map(invoices.map((invoice) => [invoice.objectId, invoice]));
  return { bills, late: bills.filter((bill) => isLate(bill, byObjectId.get(bill.objectId))) };
}

/**
 * Brings all that a few statements can.
 * @returns which are to be brought one by one: those that are late still, unless nothing brings them now, and those that have changed
 * since, an older version of which may have been the last to be written
 */
async function bringTogether(named: Named, late: readonly SharedInvoice[], now: Date): Promise<SharedInvoice[]> {
  const of = (origin: InvoiceOrigin) => late.filter((bill) => bill.origin === origin);
  const waiting = new Set([
    ...(await inParts(of("OWN"), (some) => shareTogether(some, now))),
    ...(await inParts(of("COUNTERPARTY"), (some) => shareAnswersTogether(some, now))),
  ]);
  const before = new Map(late.map((bill) => [bill.id, bill]));
  const { bills, late: lateStill } = await look(named);
  const found = new Set(bills.map(({ id }) => id));
  const isLateStill = new Set(lateStill.map(({ id }) => id));
  const again = bills.filter(({ id, objectId, version, origin }) => {
    const brought = before.get(id);
    const hasChanged = brought && (version !== brought.version || origin !== brought.origin);
    return hasChanged || (isLateStill.has(id) && !waiting.has(objectId));
  });
  // Bills that are not found any more: the supplier's own took their place under another id, so a copy that was brought under theirs must go.
  return [...again, ...late.filter(({ id }) => !found.has(id))];
}

/** The most that are brought in one transaction, which holds their rows in the supplier's books. */
const TOGETHER = 250;

async function inParts(
  bills: readonly SharedInvoice[],
  share: (some: readonly SharedInvoice[]) => Promise<string[]>,
): Promise<string[]> {
  const waiting: string[] = [];
  for (let at = 0; at < bills.length; at += TOGETHER) waiting.push(...(await share(bills.slice(at, at + TOGETHER))));
  return waiting;
}

/** Whether the supplier's books don't show yet what the buyer's say: the bill itself or a change of it, or that it was put back. */
function isLate(bill: SharedInvoice, suppliers: SharedInvoice | undefined): boolean {
  if (bill.origin === "COUNTERPARTY") return suppliers?.origin === "OWN" && answerOf(suppliers) !== answerOf(bill);
  return !suppliers || (suppliers.origin === "COUNTERPARTY" && !stillCounts(suppliers, bill));
}
