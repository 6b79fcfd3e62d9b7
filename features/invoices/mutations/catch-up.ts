import "server-only";
import { hostedBusiness } from "@/features/businesses/hosted";
import type { BusinessScope } from "@/features/businesses/scope";
import type { SharedInvoice } from "@/features/invoices/mutations/plan-share";
import { shareInvoice } from "@/features/invoices/mutations/share";
import { shareAnswer } from "@/features/invoices/mutations/share-answer";
import { answerOf, stillCounts } from "@/features/invoices/rules";
import { books } from "@/lib/db";

/** A payment may name 500 bills, and the network waits for its answer: so many are brought side by side, as a worker does it. */
const AT_ONCE = 4;

/**
 * Brings what a buyer of this portal wrote, changed or put back of these bills to their supplier, where its payment came before its
 * shares: they wait in a queue behind everyone else's. Does what those do, which then find nothing to do.
 * @param supplier whose books the payment has come to
 * @returns whether the buyer has any of these bills: then the payment deserves another look, as a share of theirs may also have ended
 * since the first one
 */
export async function catchUp(
  supplier: BusinessScope,
  { buyerB2BId, objectIds }: { buyerB2BId: string; objectIds: string[] },
  now: Date,
): Promise<boolean> {
  const buyer = await hostedBusiness(buyerB2BId);
  if (!buyer) return false;
  const { businessId, b2bId } = supplier;
  const objectId = { in: objectIds };
  const [bills, invoices] = await Promise.all([
    books({ businessId: buyer.id }).invoice.findMany({
      where: { businessId: buyer.id, side: "PAYABLE", counterpartyB2BId: b2bId, objectId },
    }),
    books(supplier).invoice.findMany({
      where: { businessId, side: "RECEIVABLE", counterpartyB2BId: buyerB2BId, objectId },
    }),
  ]);
  const byObjectId = new Map(invoices.map((invoice) => [invoice.objectId, invoice]));
  const late = bills.filter((bill) => isLate(bill, byObjectId.get(bill.objectId))).values();
  const bring = async () => {
    for (const { origin, id: invoiceId } of late)
      await (origin === "OWN" ? shareInvoice : shareAnswer)({ businessId: buyer.id, invoiceId }, now);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, bring));
  return bills.length > 0;
}

/** Whether the supplier's books don't show yet what the buyer's say: the bill itself or a change of it, or that it was put back. */
function isLate(bill: SharedInvoice, suppliers: SharedInvoice | undefined): boolean {
  if (bill.origin === "COUNTERPARTY") return suppliers?.origin === "OWN" && answerOf(suppliers) !== answerOf(bill);
  return !suppliers || (suppliers.origin === "COUNTERPARTY" && !stillCounts(suppliers, bill));
}
