import "server-only";
import { z } from "zod";
import { queueShare, queueSharesWith } from "@/features/invoices/mutations/queue-share";
import { books, system, transact } from "@/lib/db";
import type { Jobs } from "@/lib/jobs";
import { KEPT_PLAN } from "@/lib/kept-plans";

/** Before every id. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Invoices of one run: everybody else's shares wait behind no more than these. */
const PAGE = 100;

/**
 * Has the open invoices that businesses of this portal wrote with a party shown to it, once it lives here too: what they were shared by
 * had ended before. What is written from then on is shared by itself. One run goes through the next few of one business, and queues
 * their shares and the next run in one transaction: broken off anywhere, or run twice, it misses none.
 */
export async function shareWithNewcomer({ b2bId, from }: Jobs["share-with-newcomer"]): Promise<void> {
  const writerId = from?.writerId ?? (await nextWriter(b2bId));
  if (!writerId) return;
  const page = await openInvoices(writerId, b2bId, from?.afterId);
  const last = page.length === PAGE ? page.at(-1) : undefined;
  const nextId = last ? writerId : await nextWriter(b2bId, writerId);
  await transact({ businessId: writerId }, async (tx) => {
    for (const { id } of page) await queueShare(tx, { businessId: writerId, invoiceId: id });
    if (nextId) await queueSharesWith(tx, { b2bId, from: { writerId: nextId, afterId: last?.id } });
  });
}

/** Settled and cancelled ones are history, which a newcomer's books begin without. */
function openInvoices(
  businessId: string,
  counterpartyB2BId: string,
  afterId: string | undefined,
): Promise<{ id: string }[]> {
  return books({ businessId }).invoice.findMany({
    where: {
      businessId,
      side: { in: ["PAYABLE", "RECEIVABLE"] },
      counterpartyB2BId,
      origin: "OWN",
      status: { notIn: ["PAID", "CANCELLED"] },
      ...(afterId && { id: { gt: afterId } }),
    },
    orderBy: { id: "asc" },
    take: PAGE,
    select: { id: true },
  });
}

const writers = z.array(z.object({ id: z.string() })).max(1);

/** The first business, by id and after that one, that knows a party. Looks each up by key, so that all runs together read them once. */
async function nextWriter(b2bId: string, afterId = NO_ID): Promise<string | undefined> {
  const [next] = writers.parse(
    await system.$queryRaw`${KEPT_PLAN}
      SELECT id FROM business
       WHERE id > ${afterId}::uuid
         AND EXISTS (SELECT FROM counterparty WHERE business_id = business.id AND b2b_id = ${b2bId})
       ORDER BY id LIMIT 1`,
  );
  return next?.id;
}
