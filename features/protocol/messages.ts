import type { PaymentMode } from "@/features/protocol/status-words";
import type { PAYMENT_TYPES, RESULTS, SUPPLIER_RESPONSES } from "@/features/protocol/vocabulary";
import type { Paise } from "@/lib/money";

// The messages as the portal thinks of them: amounts in paise, instants as Dates, modes as identifiers, absent texts as "".

export type PaymentType = (typeof PAYMENT_TYPES)[number];
export type SupplierResponse = (typeof SUPPLIER_RESPONSES)[number];
export type Result = (typeof RESULTS)[number];

export interface Parties {
  readonly buyerB2BId: string;
  readonly supplierB2BId: string;
}

/** An invoice as a message names it. Statuses are the wire's own words, kept as sent. */
export interface InvoiceRef {
  readonly invoiceObjectId: string;
  readonly supplierInvoiceNumber: string;
  readonly currentVersion: number;
  readonly newVersion: number;
  readonly currentStatus: string;
  readonly newStatus: string;
}

/** Paise: `net + adjustment = total`. */
export interface Amounts {
  readonly net: Paise;
  readonly adjustment: Paise;
  readonly total: Paise;
}

export interface Split {
  readonly name: string;
  readonly value: Paise;
  readonly refNo: string;
}

export interface BankAccount {
  readonly maskedAccountNumber: string;
  readonly ifsc: string;
  readonly beneficiaryName: string;
  readonly businessVPA: string;
}

/** What a payment settles of one invoice. `invoiceDue` and `invoiceTotal` are what the payer's books say, in paise. */
export interface PaymentLineContent extends InvoiceRef, Amounts {
  readonly invoiceDue: Paise;
  readonly invoiceTotal: Paise;
  readonly splits: readonly Split[];
  readonly account: BankAccount;
}

export interface AdditionalInfo {
  readonly name: string;
  readonly value: string;
}

export interface PaymentContent extends Amounts {
  readonly objectId: string;
  readonly paidAt: Date;
  readonly type: PaymentType;
  readonly mode: PaymentMode;
  readonly utr: string;
  readonly lines: readonly PaymentLineContent[];
}

export interface ReqPayMessage extends Parties {
  /** `latitude,longitude`, or whatever the sender wrote there. */
  readonly geocode: string;
  readonly payment: PaymentContent;
  readonly additionalInfos: readonly AdditionalInfo[];
}

/** The outcome of a request: on SUCCESS the error texts are empty as a rule. */
export interface Outcome {
  readonly reqMsgId: string;
  readonly result: Result;
  readonly errorCd: string;
  readonly errorDtl: string;
  readonly errorField: string;
}

/** resp-pay's payment: its texts are plain strings on the wire (seed 002), so they are here too. */
export interface EchoedPayment extends Amounts {
  readonly objectId: string;
  readonly ts: string;
  readonly type: string;
  readonly mode: string;
  readonly utr: string;
  readonly lines: readonly PaymentLineContent[];
}

export interface RespPayMessage extends Parties {
  readonly resp: Outcome;
  readonly payment: EchoedPayment;
  readonly additionalInfos: readonly AdditionalInfo[];
}

export interface ConfirmationContent {
  readonly objectId: string;
  readonly respondedAt: Date;
  readonly type: PaymentType;
  readonly supplierResponse: SupplierResponse;
  readonly supplierRemarks: string;
  readonly invoices: readonly InvoiceRef[];
}

export interface ReqPayConfirmationMessage extends Parties {
  readonly geocode: string;
  readonly confirmation: ConfirmationContent;
}

export interface RespPayConfirmationMessage extends Parties {
  readonly resp: Outcome;
  readonly confirmation: ConfirmationContent;
  readonly additionalInfos: readonly AdditionalInfo[];
}
