"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { businessKey } from "@/features/businesses/refresh";
import { answerPaymentOperation } from "@/features/confirmations/api";
import type { Answer } from "@/features/confirmations/schema";
import { paymentKeys } from "@/features/payments/client";
import { callApi } from "@/lib/http/client";

/** Gives an answer; rejects when there is no reply in time (`patience`). */
export const sendAnswer = (business: string, objectId: string, body: Answer) =>
  callApi(answerPaymentOperation, { params: { business, objectId }, body });

/**
 * Answers a payment received. Asking again after a lost reply is safe: the same answer of the same person is taken once. It settles
 * with the reply and doesn't wait for the lists behind it to be read again, which without a connection could take for ever.
 */
export function useAnswer(business: string, objectId: string) {
  const client = useQueryClient();
  return useMutation({
    // A browser that believes to be offline would keep the answer back and send it at a time of its own.
    networkMode: "always",
    mutationFn: (body: Answer) => sendAnswer(business, objectId, body),
    onSuccess: (payment) => client.setQueryData(paymentKeys.detail(business, objectId), payment),
    onSettled: () => void client.invalidateQueries({ queryKey: businessKey(business) }),
  });
}
