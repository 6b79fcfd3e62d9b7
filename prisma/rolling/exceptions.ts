/**
 * What a migration does against the rules (rules.ts) all the same, and why that is bearable. By migration and by what it does, as the
 * rule words it.
 */
export const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "20261121072425_message_queue": {
    "builds an index while writes to a large table wait":
      "Of queued messages alone, a handful; reading past the others takes a second at a million. From 0.1.0, which nobody runs at that size.",
  },
  "20261121074304_lists_at_a_million": {
    "builds an index while writes to a large table wait":
      "Six indexes that make such sizes possible at all; 0.1.0, from which this leads, is slow long before building them takes a minute. Payments wait meanwhile, none is lost: the network asks again.",
    "writes to every row of a large table": "Fills the column that those indexes search; as above.",
  },
  "20261121081443_searchable_quickly": {
    "builds an index while writes to a large table wait":
      "One of the six again, before any release has had it; as above.",
    "writes to every row of a large table": "The same column again; as above.",
  },
  "20261121083637_payments_by_time": {
    "builds an index while writes to a large table wait":
      "One of the six made wider, before any release has had it; as above.",
  },
  "20261121104455_take_bodies_as_bytes": {
    "drops a type, function, trigger, view or schema":
      "Functions of 20261121080000_take_together, which no release has called.",
  },
  "20261121141201_lists_narrowed_in_their_index": {
    "builds an index while writes to a large table wait":
      "The orders of 0.1.0 again, wider: two to three seconds each at a million invoices. Payments wait meanwhile, none is lost.",
  },
  "20261121232845_activity": {
    "builds an index while writes to a large table wait":
      "Of what people and API keys did, the least part of the trail: seconds at a million invoices, and no release has had such books yet.",
  },
  "20261121203600_lines_in_their_payments_order": {
    "builds an index while writes to a large table wait":
      "One of the six of 20261121074304_lists_at_a_million again, before any release has had it; as there.",
    "writes to every row of a large table":
      "What 20261121074304_lists_at_a_million wrote to each line already, before any release has had either; as there.",
  },
  "20261122002401_invoice_ids_by_party": {
    "makes values unique":
      "Wider than the index that it takes the place of, so whatever was unique by that one is by this one. To an older portal a third party's invoice under an id that it looks for is at most one more refusal, as it was before.",
  },
  "20261123093256_payments_to_approve": {
    "adds a value to an enum, which an older portal can't read":
      "No payment has it before an owner asks for approvals, which only portals of this release let them do: once all are replaced (docs/operations.md).",
  },
};
