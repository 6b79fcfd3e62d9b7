/**
 * Columns that hold ids of the cluster's transactions. Another cluster counts anew, so that its next transaction could stand before
 * a seal's watermark and its event never be sealed, or seem slipped in.
 *
 * So a backup lowers them all by one number: the first id that the old cluster had not handed out yet. They keep their order among
 * themselves, and are below every id that any cluster hands out: the sealer goes on where it was, with what was not sealed yet first.
 */
export const TRANSACTION_ID_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  audit_event: ["transaction_id"],
  audit_seal: ["through_transaction_id"],
};
