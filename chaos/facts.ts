import type { RemotePayment } from "@/sandbox/remote-buyer";

/*
 * What a run left behind, as plain data: the portal's tables, what its clients were told, and what the network promised. The checks
 * read nothing else, so that a test can hand them an inconsistency. Amounts are paise.
 */

export interface InvoiceFact {
  /** The B2B ID of the business whose books these are. */
  business: string;
  id: string;
  side: "PAYABLE" | "RECEIVABLE";
  objectId: string;
  counterparty: string;
  total: number;
  paid: number;
  pending: number;
  status: string;
  baseStatus: string;
}

export interface PaymentFact {
  business: string;
  objectId: string;
  side: "OUTGOING" | "INCOMING";
  counterparty: string;
  type: string;
  mode: string;
  utr: string;
  /** Milliseconds since 1970. */
  paidAt: number;
  net: number;
  adjustment: number;
  total: number;
  status: string;
  response: string | null;
  remarks: string | null;
  failureCode: string | null;
}

export interface LineFact {
  business: string;
  payment: string;
  invoiceId: string;
  /** The id that both sides and the network know that invoice by; null where there is none. */
  invoice: string | null;
  net: number;
  adjustment: number;
  total: number;
  /** It says of its payment, by which searches find it, what the payment says. */
  isTrue: boolean;
}

export interface MessageFact {
  business: string;
  direction: "IN" | "OUT";
  operation: "REQ_PAY" | "RESP_PAY" | "REQ_PAY_CONFIRMATION" | "RESP_PAY_CONFIRMATION";
  side: "BUYER" | "SUPPLIER";
  objectId: string;
  revision: number;
  reqMsgId: string | null;
  contentHash: string;
  state: string;
  /** Milliseconds since 1970. */
  nextAttemptAt: number | null;
  lastError: string | null;
}

/** One line of the audit trail about a payment. */
export interface EventFact {
  business: string;
  action: string;
  payment: string;
}

/** A request that the network took, and how far it brought it. */
export interface TransferFact {
  reqMsgId: string;
  operation: "req-pay" | "req-pay-confirmation";
  objectId: string;
  buyer: string;
  supplier: string;
  /** Of a confirmation: what the supplier said. */
  response: string | null;
  contentHash: string;
  result: "SUCCESS" | "FAILURE" | null;
  settled: boolean;
}

/** A payment that a client asked for, under an id that it repeated with every try. */
export interface AskedPayment {
  objectId: string;
  buyer: string;
  supplier: string;
  type: string;
  mode: string;
  utr: string;
  /** Milliseconds since 1970; null where the other platform said it by itself. */
  paidAt: number | null;
  net: number;
  adjustment: number;
  /** By the ids of their invoices. */
  lines: readonly { objectId: string; net: number; adjustment: number }[];
  way: "v1" | "v0" | "another platform";
  /** The portal has said yes to it at least once. */
  acknowledged: boolean;
  /** What the portal said each time it said yes: v0's reply must be the same, word for word. */
  replies: string[];
}

/** A supplier's answer that a client gave. */
export interface GivenAnswer {
  objectId: string;
  supplier: string;
  response: "ACCEPT" | "REJECT";
  remarks: string;
  acknowledged: boolean;
  replies: string[];
}

/** What a second person said of a payment that waited for them. */
export interface Decision {
  objectId: string;
  buyer: string;
  isYes: boolean;
  acknowledged: boolean;
}

/** An invoice that a client wrote down. */
export interface RaisedInvoice {
  objectId: string;
  writer: string;
  side: "PAYABLE" | "RECEIVABLE";
  counterparty: string;
  total: number;
  acknowledged: boolean;
}

export interface Facts {
  /** B2B IDs of the businesses on the portal. */
  hosted: readonly string[];
  invoices: readonly InvoiceFact[];
  payments: readonly PaymentFact[];
  lines: readonly LineFact[];
  messages: readonly MessageFact[];
  events: readonly EventFact[];
  /** Invoices whose copy for the other party is still to be made; `due`: long enough ago, and nobody is at it. */
  sharing: readonly { objectId: string; due: boolean }[];
  transfers: readonly TransferFact[];
  /** The books of the buyer on another platform. */
  remote: readonly RemotePayment[];
  asked: readonly AskedPayment[];
  answers: readonly GivenAnswer[];
  decisions: readonly Decision[];
  raised: readonly RaisedInvoice[];
  /** What `npm run audit:verify` finds wrong. */
  brokenChains: readonly string[];
  /** Events that no seal covers yet. */
  unsealed: number;
}
