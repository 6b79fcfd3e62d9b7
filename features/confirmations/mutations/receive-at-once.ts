import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Taken, UsualMessage } from "@/features/messages/mutations/take";
import { takeAtOnce } from "@/features/messages/mutations/take-at-once";
import type {
  ConfirmationContent,
  ReqPayConfirmationMessage,
  RespPayConfirmationMessage,
} from "@/features/protocol/messages";

/** As `receiveConfirmation` within `takeMessage`, in one round trip; null when that one has to be asked. */
export function receiveConfirmationAtOnce(
  scope: BusinessScope,
  value: ReqPayConfirmationMessage,
  message: UsualMessage,
  now: Date,
): Promise<Taken | null> {
  const { type, supplierResponse, supplierRemarks, respondedAt } = value.confirmation;
  const said = {
    supplier: value.supplierB2BId,
    type,
    response: supplierResponse,
    remarks: supplierRemarks,
    respondedAt,
    lines: linesOf(value.confirmation),
  };
  return takeAtOnce("take_req_pay_confirmations", scope, message, now, said);
}

/**
 * As `receiveConfirmationOutcome` within `takeMessage`, for a SUCCESS that names the answer by the `reqMsgId` of its ack, in one
 * round trip; null when that one has to be asked.
 */
export async function receiveConfirmationSuccessAtOnce(
  scope: BusinessScope,
  { resp, buyerB2BId, confirmation }: RespPayConfirmationMessage,
  message: UsualMessage,
  now: Date,
): Promise<Taken | null> {
  if (resp.result !== "SUCCESS") return null;
  const { type, supplierResponse } = confirmation;
  const said = {
    buyer: buyerB2BId,
    type,
    response: supplierResponse,
    sentReqMsgId: resp.reqMsgId || null,
    // The buyer's side has seen the invoices; their versions are this side's own.
    lines: linesOf(confirmation, () => 0),
  };
  return takeAtOnce("take_resp_pay_confirmations", scope, message, now, said);
}

/** The invoices of a message as the database's `end_all_claims` reads them. */
function linesOf(
  { invoices }: ConfirmationContent,
  version: (invoice: ConfirmationContent["invoices"][number]) => number = ({ newVersion }) => newVersion,
): { objectId: string; newVersion: number }[] {
  return invoices.map((invoice) => ({ objectId: invoice.invoiceObjectId, newVersion: version(invoice) }));
}
