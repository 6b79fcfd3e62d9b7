// The wire's closed lists of words, to the letter. Apart from the schemas so that a page that shows them needs no zod.

export const PAYMENT_TYPES = ["ONPLATFORM", "OFFPLATFORM"] as const;
export const SUPPLIER_RESPONSES = ["ACCEPT", "REJECT"] as const;
export const RESULTS = ["SUCCESS", "FAILURE"] as const;
export const WIRE_MODES = [
  "INTERNET BANKING",
  "DEBIT CARD",
  "CREDIT CARD",
  "IMPS",
  "CASH",
  "UPI",
  "WALLET",
  "NEFT",
  "PREPAID CARD",
  "ACCOUNT TRANSFER",
  "CHEQUE",
] as const;
