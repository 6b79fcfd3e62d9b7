/** What one error code means: its HTTP status (docs/protocol.md), words for a clerk, and what to do about it. */
export interface ErrorEntry {
  readonly status: number;
  readonly words: string;
  readonly remedy: string;
}

/**
 * The one published list of error codes (`resp.errorCd`). Status 200 is a business answer: the message was well-formed,
 * and the reply carries `response_code` 1. `docs/errors.md` is made from this list.
 */
export const ERRORS = {
  MALFORMED_JSON: {
    status: 400,
    words: "The message is not valid JSON in UTF-8.",
    remedy: "Send one JSON object, encoded as UTF-8, with Content-Type application/json.",
  },
  TOO_DEEP: {
    status: 400,
    words: "The message is nested too deeply.",
    remedy: "Send the fields of the protocol only; none of them nests more than 8 levels.",
  },
  DUPLICATE_KEY: {
    status: 400,
    words: "The same field appears twice in one object, so it is unclear which value counts.",
    remedy: "Send each field once.",
  },
  FORBIDDEN_KEY: {
    status: 400,
    words: "The message has a field name that is not allowed.",
    remedy: "Remove fields named `__proto__`, `constructor` or `prototype`.",
  },
  BAD_CHARACTER: {
    status: 400,
    words: "A text holds a character that can't be stored (a zero byte or half of a character).",
    remedy: "Remove `\\u0000` and unpaired surrogates (`\\ud800` to `\\udfff`) from the text.",
  },
  TOO_SLOW: {
    status: 408,
    words: "The message did not arrive in time.",
    remedy: "Send the whole body at once, within 10 seconds; then send the same message again.",
  },
  TOO_LARGE: {
    status: 413,
    words: "The message is too large.",
    remedy: "Split the payment into several of fewer invoices each.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    words: "The message is not labelled as JSON.",
    remedy: "Send Content-Type application/json, and no Content-Encoding.",
  },
  FIELD_MISSING: {
    status: 422,
    words: "A required field is missing.",
    remedy: "Fill in the field named in errorField.",
  },
  FIELD_TYPE: {
    status: 422,
    words: "A field holds the wrong kind of value, such as a number in place of text.",
    remedy: "Send the kind of value that docs/protocol.md lists for the field.",
  },
  FIELD_PATTERN: {
    status: 422,
    words: "A field is not written in the form it must have.",
    remedy:
      "Compare the field with its pattern in docs/protocol.md; most texts may not contain double quotes or backslashes.",
  },
  FIELD_LENGTH: {
    status: 422,
    words: "A text is too short or too long.",
    remedy: "Keep to the length that docs/protocol.md lists for the field.",
  },
  FIELD_VALUE: {
    status: 422,
    words: "A field holds a value that is not one of those allowed.",
    remedy: "Use one of the listed values, in capitals and with its blanks (an RTGS transfer is ACCOUNT TRANSFER).",
  },
  LIST_LENGTH: {
    status: 422,
    words: "A list has too few or too many entries.",
    remedy: "Send 1 to 500 invoices, at most 50 splits an invoice and at most 50 additional infos.",
  },
  TIMESTAMP_INVALID: {
    status: 422,
    words:
      "A date and time is not written as ISO 8601 with an offset, or not of the years 2000 to 2100; or a business's own payment is of a time that is still to come.",
    remedy: "Write it as 2026-11-20T14:05:00+05:30; of one's own payment when it was paid, by a clock that is right.",
  },
  VERSION_INVALID: {
    status: 422,
    words: "An invoice version is not a whole number from 0 to 9,007,199,254,740,991.",
    remedy:
      "Send versions as whole numbers: 0, 1, 2 … A time in nanoseconds is too large: many readers of JSON would round it.",
  },
  VERSION_ORDER: {
    status: 422,
    words: "The new version of an invoice is lower than its current version.",
    remedy: "Send a newVersion that is equal to or above currentVersion.",
  },
  DUPLICATE_INVOICE: {
    status: 422,
    words: "The same invoice is listed twice in one message.",
    remedy: "List each invoice once, with its amounts added up.",
  },
  AMOUNT_DECIMALS: {
    status: 422,
    words: "An amount has more than two decimals.",
    remedy: "Send rupees with at most two decimals. Amounts are never rounded here.",
  },
  AMOUNT_NEGATIVE: {
    status: 422,
    words: "An amount is below zero.",
    remedy: "Send amounts of zero or more; adjustments are positive numbers too.",
  },
  AMOUNT_TOO_LARGE: {
    status: 422,
    words: "An amount is larger than this portal handles.",
    remedy: "Check the amount: it is in rupees, not paise, and at most 9,999 crore.",
  },
  AMOUNT_ZERO: {
    status: 422,
    words: "A payment, or one of its invoices, has a total of zero.",
    remedy: "Leave out invoices that nothing is paid for.",
  },
  AMOUNT_TOTAL: {
    status: 422,
    words: "Net amount plus adjustment is not the total.",
    remedy: "Make netPaidAmount + netAdjustmentAmount equal to totalAmount, to the paisa.",
  },
  AMOUNT_SUM: {
    status: 422,
    words: "The invoices' amounts do not add up to the payment's.",
    remedy:
      "Make the sum of the invoices' amounts equal to the payment's: net, adjustment and total, each to the paisa.",
  },
  SPLITS_SUM: {
    status: 422,
    words: "The splits of an invoice do not add up to its adjustment.",
    remedy: "Make the sum of the splits equal to netAdjustmentAmount, or send no splits.",
  },
  REJECT_NOT_ALLOWED: {
    status: 200,
    words: "A payment made on the platform can't be rejected.",
    remedy: "Accept it. To send money back, agree a refund with the buyer.",
  },
  UNKNOWN_BUYER: {
    status: 200,
    words: "The buyer is not a business on this portal.",
    remedy: "Check buyerB2BId.",
  },
  UNKNOWN_SUPPLIER: {
    status: 200,
    words: "The supplier is not a business on this portal.",
    remedy: "Check supplierB2BId with the supplier.",
  },
  SAME_PARTY: {
    status: 200,
    words: "Buyer and supplier are the same business.",
    remedy: "Check both B2B IDs.",
  },
  INVOICE_NOT_FOUND: {
    status: 200,
    words: "An invoice of the payment is not known to the supplier for this buyer.",
    remedy: "Check the invoice with the supplier, or ask for it to be sent again.",
  },
  INVOICE_NOT_PAYABLE: {
    status: 200,
    words: "An invoice of the payment is cancelled, rejected or returned, so it can't be paid.",
    remedy: "Ask the supplier for a valid invoice.",
  },
  EXCEEDS_DUE: {
    status: 200,
    words: "More is paid than is still due on an invoice.",
    remedy: "Pay what is still due, counting payments that wait for confirmation.",
  },
  PAYMENT_NOT_FOUND: {
    status: 200,
    words: "There is no payment with this id between this buyer and this supplier.",
    remedy: "Check the payment's objectId and both B2B IDs.",
  },
  PAYMENT_MISMATCH: {
    status: 200,
    words: "The message differs from the payment on record: parties, type or amounts.",
    remedy: "Send the payment's details as they were in its req-pay.",
  },
  INVOICE_MISMATCH: {
    status: 200,
    words: "The message names other invoices than the payment on record, or one by another number than it has.",
    remedy: "List exactly the invoices of the payment, each by its objectId and its own number.",
  },
  ALREADY_ANSWERED: {
    status: 200,
    words: "The supplier has already given a different answer to this payment.",
    remedy: "The first answer stands. Settle the difference with the other party outside this payment.",
  },
  NOT_AWAITING: {
    status: 200,
    words: "The payment is not waiting for this message.",
    remedy: "Look at the payment's state; it may have failed or be closed.",
  },
  DUPLICATE_CONFLICT: {
    status: 409,
    words: "This objectId was used before with other content.",
    remedy: "Send the first content again to get the first reply, or use a new objectId for a new payment.",
  },
  UNAUTHENTICATED: {
    status: 401,
    words: "The caller could not be identified.",
    remedy: "Check the signature headers and their clock, the bearer token, or the API key.",
  },
  FORBIDDEN: {
    status: 403,
    words: "The caller may not do this.",
    remedy: "Use a credential of the business that the message speaks for, from an allowed address.",
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    words: "This address takes messages by POST only.",
    remedy: "Send the message with POST.",
  },
  RATE_LIMITED: {
    status: 429,
    words: "Too many messages in a short time.",
    remedy: "Wait for the seconds in Retry-After, then send the same message again.",
  },
  UNAVAILABLE: {
    status: 503,
    words: "The portal can't store messages just now.",
    remedy: "Wait for the seconds in Retry-After, then send the same message again.",
  },
  INTERNAL: {
    status: 500,
    words: "Something went wrong inside the portal.",
    remedy: "Send the same message again later; tell the operator if it keeps happening.",
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** Why a message was not taken: a listed code, words for a clerk, and the JSON path of the offending field ("" when none). */
export interface Refusal {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly field: string;
}

/** A refusal; the detail is the code's own words unless something more exact can be said. */
export function refuse(code: ErrorCode, field = "", detail: string = ERRORS[code].words): Refusal {
  return { code, detail, field };
}
