import "server-only";
import { changesSince } from "@/features/audit/changes";
import type { BusinessScope } from "@/features/businesses/scope";
import type { PaymentChanges, PaymentChangesQuery } from "@/features/payments/api";
import { readPayments } from "@/features/payments/pages";
import { type PaymentRow, toPayment } from "@/features/payments/row";
import { Prisma } from "@/lib/generated/prisma/client";
import { isStorable } from "@/lib/http/storable";
import { KEPT_PLAN } from "@/lib/kept-plans";

const BY_ID = Prisma.sql`ORDER BY object_id`;

function readAfter(scope: BusinessScope, id: string | null, limit: number): Promise<PaymentRow[]> {
  const after = id === null ? Prisma.empty : Prisma.sql` AND object_id > ${id}`;
  const own = Prisma.sql`SELECT * FROM payment WHERE business_id = ${scope.businessId}::uuid${after} ${BY_ID} LIMIT ${limit}`;
  return readPayments(scope, own, { order: BY_ID, plan: KEPT_PLAN });
}

function readThese(scope: BusinessScope, ids: readonly string[]): Promise<PaymentRow[]> {
  const own = Prisma.sql`SELECT * FROM payment WHERE business_id = ${scope.businessId}::uuid AND object_id = ANY(${[...ids]})`;
  return readPayments(scope, own, { order: BY_ID, plan: KEPT_PLAN });
}

/**
 * A page of the payments, made and received, that have changed since `since`; of all of them first.
 * @throws AppError INVALID (path `since`).
 */
export async function listPaymentChanges(
  scope: BusinessScope,
  query: PaymentChangesQuery,
  now = new Date(),
): Promise<PaymentChanges> {
  const { rows, ...rest } = await changesSince(scope, query, {
    of: "payments",
    isId: isStorable,
    idOf: ({ objectId }: PaymentRow) => objectId,
    readAfter: (id, limit) => readAfter(scope, id, limit),
    readThese: (ids) => readThese(scope, ids),
    isAbout: ({ subjectKind }) => subjectKind === "payment",
    changedBy: async () => (event) => [event.subjectId],
  });
  return { items: rows.map((row) => toPayment(row, scope, now)), ...rest };
}
