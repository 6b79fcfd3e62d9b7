"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useAskBeforeLeaving } from "@/components/ui/use-ask-before-leaving";
import { businessKey } from "@/features/businesses/refresh";
import type { Payment } from "@/features/payments/api";
import { ProblemError, problemWords } from "@/lib/http/client";
import { unhurried } from "@/lib/http/unhurried";

/** What came of it for a payment. */
export type Outcome = { payment: Payment } & ({ state: "done" } | { state: "refused"; words: string });

export type Came = Record<Outcome["state"], number>;

const NOTHING: ReadonlyMap<string, Outcome> = new Map();

/** Does it, or says why it can't be done. @throws what says nothing of this payment: no answer, or nobody is signed in any more */
async function outcomeOf(payment: Payment, act: () => Promise<unknown>): Promise<Outcome> {
  try {
    await unhurried(act);
    return { payment, state: "done" };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.mayPass || error.status === 401) throw error;
    return { payment, state: "refused", words: error.message };
  }
}

interface OneByOne<Given> {
  /** For one payment; what it is refused with is told of that one. */
  act: (payment: Payment, given: Given) => Promise<unknown>;
  /** Tells whoever went to another page of the portal meanwhile, where it goes on, what has come of it. */
  tellElsewhere: (came: Came, asked: number) => void;
}

/**
 * The same for several payments, one after the other, so that what has come of each is seen as it comes. What is unclear stops it, and it
 * can be begun again: what was done isn't done twice.
 */
export function useOneByOne<Given>(business: string, { act, tellElsewhere }: OneByOne<Given>) {
  const client = useQueryClient();
  const [outcomes, setOutcomes] = useState(NOTHING);
  const hasLeft = useRef(false);
  useEffect(() => {
    hasLeft.current = false;
    return () => {
      hasLeft.current = true;
    };
  }, []);
  const running = useMutation({
    networkMode: "always",
    mutationFn: async ({ payments, given }: { payments: readonly Payment[]; given: Given }) => {
      const came: Came = { done: 0, refused: 0 };
      try {
        for (const payment of payments) {
          const outcome = await outcomeOf(payment, () => act(payment, given));
          came[outcome.state]++;
          setOutcomes((before) => new Map([...before, [payment.objectId, outcome]]));
        }
      } finally {
        if (hasLeft.current) tellElsewhere(came, payments.length);
      }
    },
    onSettled: () => void client.invalidateQueries({ queryKey: businessKey(business) }),
  });
  useAskBeforeLeaving(running.isPending);
  return {
    outcomes,
    isRunning: running.isPending,
    /** Why it stopped, in words. */
    failure: running.error && problemWords(running.error),
    run: (payments: readonly Payment[], given: Given) => running.mutate({ payments, given }),
    reset: () => {
      setOutcomes(NOTHING);
      running.reset();
    },
  };
}
