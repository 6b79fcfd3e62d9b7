import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import { paiseColumn } from "@/features/invoices/row";
import type { Payment } from "@/features/payments/api";
import { CLAIMING } from "@/features/payments/rules";
import { paymentStatusWords } from "@/features/payments/words";
import { PaymentMode, PaymentSide, PaymentStatus, PaymentType, SupplierResponse } from "@/lib/generated/prisma/enums";
import { daysSince, toIstDay } from "@/lib/time";

/** A payment as its table holds it, with its first invoice numbers; amounts in paise. */
export const paymentRow = z.object({
  objectId: z.string(),
  side: z.enum(PaymentSide),
  counterpartyB2BId: z.string(),
  counterpartyName: z.string(),
  type: z.enum(PaymentType),
  mode: z.enum(PaymentMode),
  utr: z.string(),
  paidAt: z.date(),
  net: paiseColumn,
  adjustment: paiseColumn,
  total: paiseColumn,
  status: z.enum(PaymentStatus),
  supplierResponse: z.enum(SupplierResponse).nullable(),
  supplierRemarks: z.string().nullable(),
  respondedBy: z.string().nullable(),
  respondedAt: z.date().nullable(),
  failureCode: z.string().nullable(),
  failureDetail: z.string().nullable(),
  failureField: z.string().nullable(),
  createdBy: z.string(),
  makerId: z.string().nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: z.date().nullable(),
  createdAt: z.date(),
  undelivered: z.boolean(),
  invoiceNumbers: z.array(z.string()),
  invoiceCount: z.number(),
});
export type PaymentRow = z.output<typeof paymentRow>;

/** The columns of `paymentRow` in SQL; the last three come from its messages (`isUndelivered`) and its lines. */
export const PAYMENT_COLUMNS = `object_id AS "objectId", side, counterparty_b2b_id AS "counterpartyB2BId",
  counterparty_name AS "counterpartyName", type, mode, utr, paid_at AS "paidAt", net, adjustment, total, status,
  supplier_response AS "supplierResponse", supplier_remarks AS "supplierRemarks", responded_by AS "respondedBy",
  responded_at AS "respondedAt", failure_code AS "failureCode", failure_detail AS "failureDetail",
  failure_field AS "failureField", created_by AS "createdBy", maker_id AS "makerId", approved_by AS "approvedBy", approved_at AS "approvedAt",
  created_at AS "createdAt"`;

/** A payment as the portal's API shows it to whoever asks; the days that it waits are counted in India's days. */
export function toPayment(row: PaymentRow, { actor }: Pick<BusinessScope, "actor">, now: Date): Payment {
  const side = row.side === "OUTGOING" ? "outgoing" : "incoming";
  const waits = CLAIMING.includes(row.status);
  return {
    objectId: row.objectId,
    side,
    counterparty: { b2bId: row.counterpartyB2BId, name: row.counterpartyName },
    type: row.type,
    mode: row.mode,
    utr: row.utr,
    paidAt: row.paidAt.toISOString(),
    netPaise: row.net,
    adjustmentPaise: row.adjustment,
    totalPaise: row.total,
    status: row.status,
    statusWords: paymentStatusWords(side, row.status, row),
    undelivered: row.undelivered,
    supplierResponse: row.supplierResponse,
    supplierRemarks: row.supplierRemarks,
    respondedBy: row.respondedBy,
    respondedAt: row.respondedAt?.toISOString() ?? null,
    failure:
      row.failureCode === null
        ? null
        : { code: row.failureCode, detail: row.failureDetail ?? "", field: row.failureField ?? "" },
    invoiceNumbers: row.invoiceNumbers,
    invoiceCount: row.invoiceCount,
    daysWaiting: waits ? daysSince(row.approvedAt ?? row.createdAt, toIstDay(now)) : null,
    createdBy: row.createdBy,
    approval: row.status === "AWAITING_APPROVAL" ? { madeByYou: row.makerId === actor.id } : null,
    approved:
      row.approvedBy !== null && row.approvedAt !== null
        ? { by: row.approvedBy, at: row.approvedAt.toISOString() }
        : null,
    createdAt: row.createdAt.toISOString(),
  };
}
