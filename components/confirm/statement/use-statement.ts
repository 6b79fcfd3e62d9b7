"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { queueInput } from "@/components/confirm/queue-query";
import { countWords } from "@/components/lists/count-words";
import { type Came, useOneByOne } from "@/components/payments/use-one-by-one";
import { sendAnswer } from "@/features/confirmations/client";
import { type Match, matchStatement } from "@/features/confirmations/statement/match";
import { readStatement, type StatementLine } from "@/features/confirmations/statement/read";
import { listPaymentsOperation, type Payment, type PaymentPage, type PaymentQueryInput } from "@/features/payments/api";
import { receivedUtrQuery } from "@/features/payments/client";
import { callApi, problemWords } from "@/lib/http/client";
import { someAtOnce, unhurried } from "@/lib/http/unhurried";
import { formatRupees, paise } from "@/lib/money";
import type { Chosen } from "@/lib/tables/cells";

/** So many payments are looked for at once, the oldest first; and held against them so many that were accepted, the newest first. */
export const MOST_PAYMENTS = 2_000;
const PAGE = 100;

interface Source {
  name: string;
  lines: readonly StatementLine[];
}

/** So many references are looked up together. */
const AT_ONCE = 4;

const inWords = (count: number) => countWords(count, "payment", "payments");

/** Says what has come of the accepting to whoever went to another page of the portal meanwhile, where it went on. */
function tellElsewhere({ done, refused }: Came, asked: number): void {
  const words = `${inWords(done)} accepted`;
  const lasting = { duration: 15_000 };
  if (done + refused < asked)
    toast.warning(`${words}, then it stopped. Look on the same statement again for the others.`, lasting);
  else if (refused > 0) toast.warning(`${words}. ${inWords(refused)} couldn't be.`, lasting);
  else toast.success(`${words}.`);
}

const ACCEPTED: PaymentQueryInput = { side: "incoming", status: ["ACCEPTED", "CONFIRMING"], sort: "-createdAt" };

/** The payments that a list has, up to MOST_PAYMENTS, and whether there are more. */
async function readAll(business: string, list: PaymentQueryInput, signal: AbortSignal) {
  const payments: Payment[] = [];
  let cursor: string | null = null;
  do {
    const query = { ...list, limit: PAGE, ...(cursor && { cursor }) };
    const page: PaymentPage = await unhurried(() =>
      callApi(listPaymentsOperation, { params: { business }, query, signal }),
    );
    payments.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && payments.length < MOST_PAYMENTS);
  return { payments, areMore: cursor !== null };
}

/** What waits, the oldest first, held against the statement; what is found there also against what was accepted before. */
async function lookFor(business: string, lines: readonly StatementLine[], signal: AbortSignal) {
  const { payments, areMore } = await readAll(business, queueInput(""), signal);
  const matches = matchStatement(payments, lines);
  if (!matches.some(({ verdict }) => verdict === "found")) return { matches, areMore };
  const answered = await readAll(business, ACCEPTED, signal);
  const accepted = answered.payments.filter(({ supplierResponse }) => supplierResponse === "ACCEPT");
  return { matches: matchStatement(payments, lines, accepted), areMore };
}

/** A bank statement held against the payments that wait, and the acceptance of those that are on it. Nothing of it is sent anywhere. */
export function useStatement(business: string) {
  const client = useQueryClient();
  const [source, setSource] = useState<Source | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [onStatement, setOnStatement] = useState<{ matches: readonly Match[]; areMore: boolean } | null>(null);
  const [usedBefore, setUsedBefore] = useState<ReadonlyMap<string, string | null>>(new Map());
  const accepting = useOneByOne(business, {
    act: ({ objectId }, remarks: string) => sendAnswer(business, objectId, { response: "ACCEPT", remarks }),
    tellElsewhere,
  });
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const matches = useMemo(
    () =>
      (onStatement?.matches ?? []).map((match): Match => {
        const why = usedBefore.get(match.payment.objectId);
        return match.verdict === "found" && why ? { ...match, verdict: "doubtful", why } : match;
      }),
    [onStatement, usedBefore],
  );

  /** Whether a payment's reference has paid something before: its id, and that in words. */
  async function otherUse({ objectId, utr }: Payment): Promise<[string, string | null]> {
    const query = { ...receivedUtrQuery(business, utr), staleTime: 0 };
    const { usedBy } = await unhurried(() => client.fetchQuery(query));
    const other = usedBy.find((one) => one.objectId !== objectId);
    if (!other) return [objectId, null];
    const { netPaise, counterparty } = other;
    return [
      objectId,
      `This reference was used before, for ${formatRupees(paise(netPaise))} from ${counterparty.name}.`,
    ];
  }

  /** Reads what waits; then, for what was found, whether the same transfer has paid something before. */
  const looking = useMutation({
    mutationFn: async (lines: readonly StatementLine[]) => {
      current.current?.abort();
      current.current = new AbortController();
      const { signal } = current.current;
      const found = await lookFor(business, lines, signal);
      if (signal.aborted) return;
      setOnStatement(found);
      const beyondDoubt = found.matches.filter(({ verdict }) => verdict === "found");
      await someAtOnce(beyondDoubt, AT_ONCE, async ({ payment }) => {
        if (signal.aborted) return;
        const known = await otherUse(payment);
        if (!signal.aborted) setUsedBefore((before) => new Map([...before, known]));
      });
    },
  });

  const isKnown = (match: Match) => match.verdict !== "found" || usedBefore.has(match.payment.objectId);
  return {
    source,
    problem,
    matches,
    outcomes: accepting.outcomes,
    areMore: onStatement?.areMore ?? false,
    isLooking: looking.isPending,
    /** Everything was looked at: what is found may be accepted. */
    isLookedThrough: onStatement !== null && !looking.isPending && matches.every(isKnown),
    isAccepting: accepting.isRunning,
    lookingFailure: looking.error && problemWords(looking.error),
    acceptingFailure: accepting.failure,
    open: (name: string, chosen: Chosen) => {
      const read = "problem" in chosen ? chosen : readStatement(chosen);
      setProblem("problem" in read ? read.problem : null);
      if ("problem" in read) return;
      setSource({ name, lines: read.lines });
      looking.mutate(read.lines);
    },
    look: () => source && looking.mutate(source.lines),
    accept: accepting.run,
    close: () => {
      current.current?.abort();
      setSource(null);
      setOnStatement(null);
      setUsedBefore(new Map());
      looking.reset();
      accepting.reset();
    },
  };
}

export type Statement = ReturnType<typeof useStatement>;
