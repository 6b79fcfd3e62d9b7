"use client";

import { keepPreviousData, queryOptions, useMutation } from "@tanstack/react-query";
import type { z } from "zod";
import { businessKey, useRefreshOnSettle } from "@/features/businesses/refresh";
import {
  checkUtrOperation,
  exportPaymentsOperation,
  exportSettledInvoicesOperation,
  getPaymentOperation,
  listPaymentsOperation,
  type Payment,
  type PaymentDetail,
  type PaymentQueryInput,
  type PaymentSideName,
} from "@/features/payments/api";
import type { Decline, paymentRequestSchema } from "@/features/payments/schema";
import { isCash } from "@/features/payments/warnings";
import { isVoid } from "@/features/payments/words";
import {
  approveOperation,
  createPaymentOperation,
  declineOperation,
  giveUpOperation,
  sendAgainOperation,
} from "@/features/payments/write-api";
import { callApi, operationUrl } from "@/lib/http/client";
import type { TableFormat } from "@/lib/http/list-query";
import { add, type Paise, paise, ZERO } from "@/lib/money";
import { portalNow } from "@/lib/portal-clock";
import { parseDay } from "@/lib/time";

export const paymentKeys = {
  all: (business: string) => [...businessKey(business), "payments"] as const,
  list: (business: string, query: PaymentQueryInput) => [...paymentKeys.all(business), "list", query] as const,
  detail: (business: string, objectId: string) => [...paymentKeys.all(business), "detail", objectId] as const,
  utr: (business: string, asked: { utr: string; counterparty?: string; side?: PaymentSideName }) =>
    [...paymentKeys.all(business), "utr", asked] as const,
};

export const paymentsQuery = (business: string, query: PaymentQueryInput) =>
  queryOptions({
    queryKey: paymentKeys.list(business, query),
    queryFn: ({ signal }) => callApi(listPaymentsOperation, { params: { business }, query, signal }),
    placeholderData: keepPreviousData,
  });

const ENDED = ["ACCEPTED", "REJECTED", "FAILED"];

/** How long a payment that is followed is likely to change at any moment, and how often it is asked for then and later; in milliseconds. */
const LIVELY_MS = 15 * 60_000;
const SOON_MS = 2_000;
const NOW_AND_THEN_MS = 15_000;

/** When a payment is asked for again, in milliseconds: never once it has ended; seldom while it waits for days for a supplier's answer. */
export function askAgainMs(
  payment: Pick<PaymentDetail, "status" | "timeline"> | undefined,
  now: number,
): number | false {
  if (!payment) return SOON_MS;
  if (ENDED.includes(payment.status)) return false;
  const changedAt = Math.max(...payment.timeline.map(({ at }) => (at === null ? 0 : Date.parse(at))));
  return now - changedAt < LIVELY_MS ? SOON_MS : NOW_AND_THEN_MS;
}

/** One payment; asked for again until it has ended. */
export const paymentQuery = (business: string, objectId: string) =>
  queryOptions({
    queryKey: paymentKeys.detail(business, objectId),
    queryFn: ({ signal }) => callApi(getPaymentOperation, { params: { business, objectId }, signal }),
    refetchInterval: ({ state }) => askAgainMs(state.data, portalNow().getTime()),
  });

/** Shorter ones ("1", "NA") are no reference to one transfer. */
const SHORTEST_UTR = 4;

/** Payments that name the same UTR: those made to a supplier, as a warning beside the field. */
export const utrQuery = (business: string, utr: string, counterparty: string) =>
  sameUtr(business, { utr, counterparty });

/** Shorter references (a cheque's number, a voucher's) are the same for two suppliers by chance. */
const SURE_UTR = 9;

/** Payments made to anybody that name the same UTR: for those to other suppliers, by `toOthers`. */
export const utrOfAllQuery = (business: string, utr: string) => ({
  ...sameUtr(business, { utr }),
  enabled: utr.trim().length >= SURE_UTR,
});

/** Those of them that were made to somebody else: one transfer reaches one supplier. */
export const toOthers = <Made extends { counterparty: { b2bId: string } }>(
  made: readonly Made[] | undefined,
  supplier: string,
): Made[] => (made ?? []).filter(({ counterparty }) => counterparty.b2bId !== supplier);

/** Payments received that name the same UTR, whoever sent them: a warning to whoever answers one of them. */
export const receivedUtrQuery = (business: string, utr: string) => sameUtr(business, { utr, side: "incoming" });

const sameUtr = (business: string, asked: { utr: string; counterparty?: string; side?: PaymentSideName }) =>
  queryOptions({
    queryKey: paymentKeys.utr(business, asked),
    queryFn: ({ signal }) => callApi(checkUtrOperation, { params: { business }, query: asked, signal }),
    enabled: asked.utr.trim().length >= SHORTEST_UTR,
    staleTime: 30_000,
  });

/** The most payments to one supplier of one day that are looked through for cash. */
const OF_A_DAY = 100;

/** Payments to a supplier that were paid on a day (2026-11-20): for what was paid in cash then, by `cashBefore`. */
export const cashQuery = (
  business: string,
  { supplier, mode, day }: { supplier: string; mode: string; day: string },
) => ({
  ...paymentsQuery(business, { side: "outgoing", counterparty: supplier, from: day, to: day, limit: OF_A_DAY }),
  enabled: isCash(mode) && parseDay(day) !== null,
  placeholderData: undefined,
});

/** What was paid in cash by these payments, in paise, as far as it wasn't refused; `own` are those that don't count. */
export function cashBefore(payments: readonly Payment[], own: readonly string[]): Paise {
  const counts = (payment: Payment) => isCash(payment.mode) && !isVoid(payment) && !own.includes(payment.objectId);
  return add(ZERO, ...payments.filter(counts).map(({ netPaise }) => paise(netPaise)));
}

/** Where the filtered list is downloaded from, a row for each payment or for each of their invoices, by the kind of file: for links. */
export function paymentExportUrls(business: string, { cursor: _c, limit: _l, ...filters }: PaymentQueryInput) {
  const urlOf =
    (operation: typeof exportPaymentsOperation) =>
    (format: TableFormat): string =>
      operationUrl(operation, { business }, { ...filters, format });
  return { payments: urlOf(exportPaymentsOperation), invoices: urlOf(exportSettledInvoicesOperation) };
}

/** Repeating it with the same `objectId` is safe: it pays once. Where no answer comes in time it may have been made. */
export function useCreatePayment(business: string) {
  return useMutation({
    mutationFn: (body: z.input<typeof paymentRequestSchema>) =>
      callApi(createPaymentOperation, { params: { business }, body }),
    ...useRefreshOnSettle(business),
  });
}

export function useSendAgain(business: string, objectId: string) {
  return useMutation({
    mutationFn: () => callApi(sendAgainOperation, { params: { business, objectId } }),
    ...useRefreshOnSettle(business),
  });
}

/** @throws ProblemError: 403 for who made it, 409 once it doesn't wait any more */
export const sendApproval = (business: string, objectId: string) =>
  callApi(approveOperation, { params: { business, objectId } });

export function useApprove(business: string, objectId: string) {
  return useMutation({
    mutationFn: () => sendApproval(business, objectId),
    ...useRefreshOnSettle(business),
  });
}

export function useDecline(business: string, objectId: string) {
  return useMutation({
    mutationFn: (body: Decline) => callApi(declineOperation, { params: { business, objectId }, body }),
    ...useRefreshOnSettle(business),
  });
}

export function useGiveUp(business: string, objectId: string) {
  return useMutation({
    mutationFn: () => callApi(giveUpOperation, { params: { business, objectId } }),
    ...useRefreshOnSettle(business),
  });
}
