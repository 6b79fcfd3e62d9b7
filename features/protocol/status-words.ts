import { WIRE_MODES } from "@/features/protocol/vocabulary";

type Underscored<Text extends string> = Text extends `${infer Head} ${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : Text;
type Spaced<Text extends string> = Text extends `${infer Head}_${infer Tail}` ? `${Head} ${Spaced<Tail>}` : Text;

export type WireMode = (typeof WIRE_MODES)[number];
/** A mode as an identifier: `INTERNET_BANKING` for the wire's `INTERNET BANKING`. */
export type PaymentMode = Underscored<WireMode>;

const underscored = <Text extends string>(text: Text) => text.replaceAll(" ", "_") as Underscored<Text>;
const spaced = <Text extends string>(text: Text) => text.replaceAll("_", " ") as Spaced<Text>;

export const PAYMENT_MODES: readonly PaymentMode[] = WIRE_MODES.map(underscored);

export const modeFromWire: (mode: WireMode) => PaymentMode = underscored;
export const modeToWire: (mode: PaymentMode) => WireMode = spaced;

/** Modes in people's words. The wire has no RTGS: a transfer by RTGS is sent as ACCOUNT TRANSFER (docs/protocol.md). */
export const MODE_LABELS: Readonly<Record<PaymentMode, string>> = {
  INTERNET_BANKING: "Internet banking",
  DEBIT_CARD: "Debit card",
  CREDIT_CARD: "Credit card",
  IMPS: "IMPS",
  CASH: "Cash",
  UPI: "UPI",
  WALLET: "Wallet",
  NEFT: "NEFT",
  PREPAID_CARD: "Prepaid card",
  ACCOUNT_TRANSFER: "Account transfer or RTGS",
  CHEQUE: "Cheque",
};

/** The portal's own invoice statuses; the wire writes blanks for underscores, and may carry others. */
export const INVOICE_STATUSES = [
  "CREATED",
  "ACCEPTED",
  "RETURNED",
  "REJECTED",
  "CANCELLED",
  "PAYMENT_INITIATED",
  "PART_PAID",
  "PAID",
] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

export const statusToWire: (status: InvoiceStatus) => string = spaced;

const labels = (paymentInitiated: string): Readonly<Record<InvoiceStatus, string>> => ({
  CREATED: "Unpaid",
  ACCEPTED: "Accepted",
  RETURNED: "Returned",
  REJECTED: "Rejected",
  CANCELLED: "Cancelled",
  PAYMENT_INITIATED: paymentInitiated,
  PART_PAID: "Part paid",
  PAID: "Paid",
});

/** An invoice's status in people's words, as the one who owes it and the one who is owed it see it: everywhere the same. */
export const INVOICE_STATUS_LABELS = {
  payable: labels("Waiting for supplier"),
  receivable: labels("Being confirmed"),
} as const;
