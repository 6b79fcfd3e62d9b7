/** Why something can't be done: a closed list, each with its HTTP status (the one place that maps them). */
export const APP_ERROR_STATUS = {
  INVALID: 422,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
} as const;

export type AppErrorCode = keyof typeof APP_ERROR_STATUS;

/** What is wrong with a field, for software: a closed list, told in the API's reference. */
export const FIELD_CODES = {
  REQUIRED: "it is missing",
  WRONG_TYPE: "another kind of value, such as text for a number",
  WRONG_FORMAT: "not written as it must be",
  NOT_ALLOWED: "none of the values that there are",
  TOO_SMALL: "too short, too few or too low",
  TOO_BIG: "too long, too many or too high",
  UNKNOWN_FIELD: "there is no such field",
  BAD_CHARACTER: "a zero byte or half of a character in it",
  INVALID: "it doesn't fit otherwise",
  DUPLICATE_CONFLICT: "the id was used before with other content",
  DUPLICATE_INVOICE: "the same paper bill is in the books already",
  CANCELLED_INVOICE: "the same paper bill was cancelled",
  CHANGED_MEANWHILE: "someone else changed it: read it again",
  SAME_PARTY: "it is the business itself",
  PARTY_UNKNOWN: "no such party, or not enough to write down a new one",
  PARTY_AMBIGUOUS: "several parties, or another than its other fields say",
  INVOICE_NOT_FOUND: "no such bill of that supplier",
  INVOICE_NOT_PAYABLE: "the bill is cancelled, rejected or returned",
  EXCEEDS_DUE: "more than is still due",
  ALREADY_ANSWERED: "answered before, otherwise or by someone else",
  REJECT_NOT_ALLOWED: "paid on the platform, so it can't be rejected",
  WRONG_CODE: "not the code to join with, or too old",
} as const;
export type FieldCode = keyof typeof FIELD_CODES;

/** What is wrong with one field: `path` as in `lines[1].net`, words that a clerk understands, and a code for software. */
export interface FieldProblem {
  path: string;
  message: string;
  code?: FieldCode;
  /** The invoice that is in the way, where there is one. */
  invoiceId?: string;
}

/**
 * The one error that the portal throws on purpose: a code from the closed list, words for people, and field problems.
 * Everything else that is thrown is a defect or an outage, and is answered as INTERNAL or UNAVAILABLE.
 */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: AppErrorCode,
    message: string,
    readonly fields: readonly FieldProblem[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }

  get status(): number {
    return APP_ERROR_STATUS[this.code];
  }
}

/** Someone else's, or nobody's: the same words for both, so that nothing is given away. */
export function notFound(what: string): AppError {
  return new AppError("NOT_FOUND", `There is no such ${what}.`);
}

/** An address that there isn't, or that isn't offered. */
export const nothingHere = () => new AppError("NOT_FOUND", "There is nothing here.");

/** What only people do, who are signed in. */
export const keysCantDoThis = () =>
  new AppError("FORBIDDEN", "An API key can't do this: sign in to the portal for it.");

/** Someone else was faster: their change is not lost by ours. `path` is `version`, by which it was noticed. */
export function changedMeanwhile(what: string): AppError {
  const message = `Someone else changed this ${what} meanwhile. Look at it as it is now, then change it again.`;
  return new AppError("CONFLICT", message, [{ path: "version", message, code: "CHANGED_MEANWHILE" }]);
}
