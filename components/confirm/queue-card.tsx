"use client";

import { CircleCheckBig, SearchX } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from "react";
import { focusRow, QueueList } from "@/components/confirm/queue-list";
import type { useQueue } from "@/components/confirm/use-queue";
import { countWords } from "@/components/lists/count-words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Kbd } from "@/components/ui/kbd";
import { PassingButton } from "@/components/ui/passing-button";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Answer } from "@/features/confirmations/schema";
import type { Payment } from "@/features/payments/api";

interface QueueCardProps {
  queue: ReturnType<typeof useQueue>;
  mayAct: boolean;
  onOpen: (objectId: string) => void;
  onAsk: (response: Answer["response"], payment: Payment) => void;
}

/** The list side: search, rows, more of them; and what stands there when there are none. */
export function QueueCard({ queue, mayAct, onOpen, onAsk }: QueueCardProps) {
  const card = useRef<HTMLElement>(null);
  const { q, setQ, setChosen, shown, current, query } = queue;
  const totals = query.data?.pages[0]?.totals;
  const isEmpty = query.isSuccess && shown.length === 0;
  const words = totals && countWords(totals, "payment", "payments");

  function search(words: string) {
    void setQ(words || null);
    // Another search, another first payment: the one worked on before may not even be in it.
    void setChosen(null);
  }
  function showAll() {
    search("");
    // This button goes with what was searched for.
    card.current?.querySelector<HTMLInputElement>("input[type=search]")?.focus();
  }
  const more = useRef<{ button: Element; before: number } | null>(null);
  async function showMore({ currentTarget }: MouseEvent) {
    more.current = { button: currentTarget, before: shown.length };
    if ((await query.fetchNextPage()).isError) more.current = null;
  }
  // The button goes with the last of them: a keyboard goes on from the first that is new, unless it has gone elsewhere.
  useEffect(() => {
    const first = more.current && shown[more.current.before];
    if (!first) return;
    const { activeElement } = document;
    if (activeElement === document.body || activeElement === more.current?.button) focusRow(first.payment.objectId);
    more.current = null;
  }, [shown]);
  function intoTheList(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" || !(event.target instanceof HTMLInputElement)) return;
    const top = shown[0]?.payment.objectId;
    if (top && focusRow(top)) event.preventDefault();
  }
  return (
    <Card ref={card} aria-label="Queue">
      {(q !== "" || !isEmpty) && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the arrow key belongs to the search field within
        <div onKeyDown={intoTheList}>
          <FilterBar
            className="[&>div]:sm:max-w-none"
            search={
              <SearchInput
                label="Search UTR, amount, buyer or invoice"
                value={q}
                onValueChange={search}
                delayMs={150}
              />
            }
          />
        </div>
      )}
      {query.isError && (
        <Alert
          tone={query.data ? "warning" : "danger"}
          live
          className="m-4"
          title={
            query.data
              ? "This list could not be refreshed: it may be older than it looks"
              : "The queue can't be shown just now"
          }
          actions={<PassingButton onClick={() => void query.refetch()}>Try again</PassingButton>}
        >
          {query.error.message}
        </Alert>
      )}
      {query.isPending && <SkeletonRows rows={6} label="Loading payments to confirm" />}
      <div aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? "opacity-60" : undefined}>
        <QueueList
          items={shown}
          currentId={current}
          onOpen={onOpen}
          onStep={(objectId) => {
            if (window.matchMedia("(min-width: 64rem)").matches) void setChosen(objectId);
          }}
          onAsk={onAsk}
        />
      </div>
      {isEmpty && (q ? <NoMatch q={q} onClear={showAll} /> : <NothingToConfirm />)}
      {/* In place from the first, and said once, whether there are rows or none. */}
      <p role="status" className="sr-only">
        {!query.isPlaceholderData && (isEmpty ? "No payments to confirm found" : words && `${words} to confirm`)}
      </p>
      {shown.length > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-2 border-line border-t px-4 py-2.5 text-[0.8125rem] text-muted sm:px-5">
          <span>{words}</span>
          {query.hasNextPage && (
            <Button variant="secondary" size="sm" loading={query.isFetchingNextPage} onClick={showMore}>
              Show more
            </Button>
          )}
          <span className="hidden flex-wrap items-center gap-1 whitespace-nowrap lg:flex">
            In the list: <Kbd>↓</Kbd> <Kbd>↑</Kbd> go through
            {mayAct && (
              <>
                <Kbd>A</Kbd> accept <Kbd>R</Kbd> reject
              </>
            )}
            <Kbd>C</Kbd> copy UTR
          </span>
        </div>
      )}
    </Card>
  );
}

function NothingToConfirm() {
  return (
    <EmptyState icon={<CircleCheckBig />} title="Nothing to confirm">
      Every payment has its answer. New ones appear here by themselves.
    </EmptyState>
  );
}

function NoMatch({ q, onClear }: { q: string; onClear: () => void }) {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No payment matches"
      actions={
        <Button variant="secondary" onClick={onClear}>
          Show all
        </Button>
      }
    >
      Nothing that waits has “{q}” in its UTR, buyer or invoices, or as its amount. Try a part of the UTR, or the whole
      amount.
    </EmptyState>
  );
}
