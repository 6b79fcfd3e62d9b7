import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import { type InvoiceRow, paiseColumn } from "@/features/invoices/row";
import { books } from "@/lib/db";
import { KEPT_PLAN } from "@/lib/kept-plans";

const heldRows = z.array(z.object({ id: z.string(), held: paiseColumn }));

/** Which of these have nothing pending but payments that wait for a second person's approval: their ids. */
export async function findToApprove(
  scope: BusinessScope,
  rows: readonly Pick<InvoiceRow, "id" | "side" | "pending">[],
): Promise<string[]> {
  const pending = new Map(
    rows.flatMap((row) => (row.side === "PAYABLE" && row.pending > 0 ? [[row.id, row.pending]] : [])),
  );
  if (pending.size === 0) return [];
  const found = await books(scope).$queryRaw`${KEPT_PLAN}
    SELECT payment_line.invoice_id AS id, sum(payment_line.total)::bigint AS held
      FROM payment_line JOIN payment ON payment.business_id = payment_line.business_id AND payment.object_id = payment_line.payment_object_id
     WHERE payment_line.business_id = ${scope.businessId}::uuid AND payment_line.invoice_id = ANY(${[...pending.keys()]}::uuid[])
       AND payment.side = 'OUTGOING' AND payment.status = 'AWAITING_APPROVAL'
     GROUP BY payment_line.invoice_id`;
  return heldRows.parse(found).flatMap(({ id, held }) => (pending.get(id) === held ? [id] : []));
}
