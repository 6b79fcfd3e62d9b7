"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { useAskBeforeLeaving } from "@/components/ui/use-ask-before-leaving";
import { businessKey } from "@/features/businesses/refresh";
import { importInvoicesOperation } from "@/features/invoices/api";
import { batchesOf, type ImportLine, linesOf, type Outcome, toWrite } from "@/features/invoices/import/progress";
import { type ImportedInvoice, type ImportRow, NOTHING_SAID, rowsOf, type Said } from "@/features/invoices/import/rows";
import { type ImportTable, readTable } from "@/features/invoices/import/table";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { callApi, problemWords } from "@/lib/http/client";
import type { Chosen } from "@/lib/tables/cells";

/** What was chosen: a file, or cells that were pasted. */
interface Source {
  name: string;
  table: ImportTable;
}

export interface Import {
  source: Source | null;
  /** Why what was chosen can't be read. */
  problem: string | null;
  lines: readonly ImportLine[];
  /** `different` bills that are to take the file's values, and `cancelled` ones to be added anew. None is unless somebody chooses it. */
  chosen: { has: (objectId: string) => boolean; set: (objectIds: readonly string[], isChosen: boolean) => void };
  /** What somebody has said beside the file: for rows without a due date, and of parties that nobody knew. */
  said: Said;
  isChecking: boolean;
  isAdding: boolean;
  /** Adding has begun: from now on the rows stay as they were sent, also where nobody heard what came of them. */
  hasBegun: boolean;
  /** Why looking, or adding, stopped before its end. */
  failure: string | null;
  open: (name: string, chosen: Chosen) => void;
  /** Goes back to the choice; what was added stays. */
  close: () => void;
  /** What somebody says beside the file: the rows that it concerns are looked at again. */
  say: (said: Partial<Said>) => void;
  /** Holds those rows against the books that were not yet. */
  check: () => void;
  /** Adds all that are new and changes what is chosen; once more after a failure, it goes on. */
  add: () => void;
}

/** Said to whoever goes to another page of the portal before all is added: no browser asks them then. */
const LEFT = "The import stopped when you left its page. Import the same file again: it goes on where it stopped.";

const NOTHING: ReadonlyMap<string, Outcome> = new Map();
const NONE: ReadonlySet<string> = new Set();

/** A file's way into the books: read here, in the browser, held against the books, then added, some at a time. */
export function useImport(business: string, side: InvoiceSideName): Import {
  const client = useQueryClient();
  const router = useRouter();
  const [source, setSource] = useState<Source | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState(NOTHING_SAID);
  const [rows, setRows] = useState<readonly ImportRow[]>([]);
  const [outcomes, setOutcomes] = useState(NOTHING);
  const [chosen, setChosen] = useState(NONE);
  const [hasBegun, setHasBegun] = useState(false);
  const current = useRef<AbortController | null>(null);
  const lines = useMemo(() => linesOf(rows, outcomes), [rows, outcomes]);

  const choose = (objectIds: readonly string[], isChosen: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      for (const objectId of objectIds) {
        if (isChosen) after.add(objectId);
        else after.delete(objectId);
      }
      return after;
    });

  /** In their order and some at a time, so that what has come of them is seen as it comes. */
  async function send(invoices: readonly ImportedInvoice[], dryRun: boolean): Promise<void> {
    current.current?.abort();
    current.current = new AbortController();
    const { signal } = current.current;
    for (const batch of batchesOf(invoices)) {
      const body = { side, dryRun, invoices: batch };
      const { items } = await callApi(importInvoicesOperation, { params: { business }, body, signal });
      if (signal.aborted) return;
      setOutcomes((before) => new Map([...before, ...items.map((item) => [item.objectId, item] as const)]));
      // What was to change and hasn't is not what was chosen any more: it is looked at again, and chosen anew.
      if (!dryRun)
        choose(
          items.map(({ objectId }) => objectId),
          false,
        );
    }
  }
  const checking = useMutation({ mutationFn: (invoices: ImportedInvoice[]) => send(invoices, true) });
  const isUnfinished = useRef(false);
  const adding = useMutation({
    mutationFn: (invoices: ImportedInvoice[]) => {
      isUnfinished.current = true;
      return send(invoices, false);
    },
    // Else the way back leads to pages that don't know of it yet: to home, that says that the books are empty.
    onSuccess: () => router.refresh(),
    onSettled: () => {
      isUnfinished.current = false;
      void client.invalidateQueries({ queryKey: businessKey(business) });
    },
  });
  const show = (all: readonly ImportRow[], known: ReadonlyMap<string, Outcome>) => {
    setRows(all);
    checkAll(all, known);
  };
  const checkAll = (all: readonly ImportRow[], known: ReadonlyMap<string, Outcome>) => {
    const unseen = all.flatMap(({ invoice }) => (invoice && !known.has(invoice.objectId) ? [invoice] : []));
    if (unseen.length > 0) checking.mutate(unseen);
  };

  useEffect(
    () => () => {
      current.current?.abort();
      if (isUnfinished.current) toast.warning(LEFT, { duration: 15_000 });
    },
    [],
  );
  // What somebody has said beside the file, or chosen of it, stands nowhere else.
  const isAnswered =
    (said !== NOTHING_SAID || chosen.size > 0) && lines.some((line) => toWrite(line, chosen.has(line.objectId)));
  useAskBeforeLeaving(adding.isPending || isAnswered);

  const error = adding.error ?? checking.error;
  return {
    source,
    problem,
    lines,
    chosen: { has: (objectId) => chosen.has(objectId), set: choose },
    said,
    isChecking: checking.isPending,
    isAdding: adding.isPending,
    hasBegun,
    failure: error && problemWords(error),
    open: (name, source) => {
      const read = "problem" in source ? source : readTable(source);
      setProblem("problem" in read ? read.problem : null);
      if ("problem" in read) return;
      setSource({ name, table: read.table });
      show(rowsOf(read.table, NOTHING_SAID), NOTHING);
    },
    close: () => {
      current.current?.abort();
      setSource(null);
      setRows([]);
      setOutcomes(NOTHING);
      setChosen(NONE);
      setSaid(NOTHING_SAID);
      setHasBegun(false);
      checking.reset();
      adding.reset();
    },
    say: (more) => {
      if (!source) return;
      const all = { ...said, ...more };
      // What was refused for its party may be another one's now.
      const known = new Map([...outcomes].filter(([, { outcome }]) => outcome !== "refused"));
      setSaid(all);
      setOutcomes(known);
      adding.reset();
      show(rowsOf(source.table, all), known);
    },
    check: () => checkAll(rows, outcomes),
    add: () => {
      setHasBegun(true);
      adding.mutate(lines.flatMap((line) => toWrite(line, chosen.has(line.objectId)) ?? []));
    },
  };
}
