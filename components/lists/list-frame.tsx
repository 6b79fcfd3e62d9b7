"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { type ReactNode, useEffect, useRef } from "react";
import { rememberLeftBy, useFocusLeftBy } from "@/components/lists/left-by";
import { useKeptPlace } from "@/components/lists/list-place";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Pagination } from "@/components/ui/pagination";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ProblemError } from "@/lib/http/client";

/** The rows' element, for the pages below them; a page has one list. */
const ROWS_ID = "list-rows";

/** Puts the focus on the list's rows, when what had it goes: a keyboard goes on from there. */
export function focusRows(): void {
  document.getElementById(ROWS_ID)?.focus({ preventScroll: true });
}

/** A page of a list, as the API gives it. */
interface Page {
  items: readonly unknown[];
  nextCursor: string | null;
  previousCursor: string | null;
}

interface ListFrameProps<Data extends Page> {
  /** What is listed: "Bills". */
  label: string;
  filters: ReactNode;
  /** What was asked for; while it changes, the rows of the question before are shown. */
  found: Pick<UseQueryResult<Data>, "data" | "isPlaceholderData" | "error" | "refetch">;
  /** Stands beside the steps to other pages: how many there are on all. */
  summary: (data: Data) => ReactNode;
  onCursor: (cursor: string) => void;
  /** In the place of rows when there are none. */
  empty: ReactNode;
  /** The rows. */
  children: (data: Data) => ReactNode;
}

/** The card around a list: filters above, rows, pages below; loading, failure and emptiness in the rows' place. */
export function ListFrame<Data extends Page>({
  label,
  filters,
  found,
  empty,
  children,
  ...paging
}: ListFrameProps<Data>) {
  useKeptPlace();
  const { data, isPlaceholderData: isStale, error, refetch } = found;
  const isEmpty = data?.items.length === 0;
  const isBeyond = useFirstPage((isEmpty && !isStale) || isRefused(error));
  const rows = useRef<HTMLDivElement>(null);
  useFocusLeftBy(rows, data !== undefined);
  return (
    <Card aria-label={label}>
      {filters}
      {error && !isBeyond && (
        <Alert
          tone="danger"
          live
          className="m-4"
          title={`${label} can't be shown just now`}
          actions={
            <Button
              variant="secondary"
              size="sm"
              onClick={() => {
                void refetch();
                // This button goes while the answer comes.
                focusRows();
              }}
            >
              Try again
            </Button>
          }
        >
          {error.message}
        </Alert>
      )}
      {((!data && !error) || isBeyond) && (
        <div className="p-4">
          <SkeletonRows rows={8} label={`Loading ${label.toLowerCase()}`} />
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls */}
      <div
        ref={rows}
        id={ROWS_ID}
        role="group"
        aria-label={label}
        tabIndex={-1}
        onClickCapture={rememberLeftBy}
        aria-busy={isStale}
        className={cn("scroll-mt-(--sticky-top,0px) outline-none", isStale && "opacity-60 transition-opacity")}
      >
        {isEmpty ? !isBeyond && empty : data && children(data)}
      </div>
      {data && !isEmpty && <Pages label={label} data={data} {...paging} />}
      {/* In place from the first, and said once, whether there are rows or none. */}
      <p role="status" className="sr-only">
        {data && !isStale && !isBeyond && foundWords(label, data, paging.summary)}
      </p>
    </Card>
  );
}

/** What a search or a filter has found, to who can't see it: how many stand on this page, and what is known of all. */
function foundWords<Data extends Page>(label: string, data: Data, summary: (data: Data) => ReactNode): ReactNode {
  const { length } = data.items;
  if (length === 0) return `${label}: none found`;
  return (
    <>
      {label}: {length.toLocaleString("en-IN")} shown. {summary(data)}
    </>
  );
}

/** The question makes no sense to the server: its page is one of another list, say. */
const isRefused = (error: Error | null) => error instanceof ProblemError && error.status === 422;

/**
 * Leads back to the first page where there is no later one: it has emptied since, as its last bill was paid, or the address has none of
 * this list.
 * @returns whether it is on its way there
 */
function useFirstPage(isNone: boolean): boolean {
  const [cursor, setCursor] = useQueryState("cursor", { history: "replace", scroll: false });
  const isBeyond = isNone && cursor !== null;
  useEffect(() => {
    if (isBeyond) void setCursor(null);
  }, [isBeyond, setCursor]);
  return isBeyond;
}

type PagesProps<Data extends Page> = Pick<ListFrameProps<Data>, "label" | "summary" | "onCursor"> & { data: Data };

function Pages<Data extends Page>({ label, data, summary, onCursor }: PagesProps<Data>) {
  const stepTo = (cursor: string | null) => (cursor === null ? null : () => onCursor(cursor));
  return (
    <Pagination
      label={label}
      summary={summary(data)}
      controls={ROWS_ID}
      previous={stepTo(data.previousCursor)}
      next={stepTo(data.nextCursor)}
    />
  );
}
