"use client";

import { SearchX } from "lucide-react";
import { type KeyboardEvent, useId } from "react";
import { type FoundIn, type Hit, useFind } from "@/components/find/use-find";
import { Alert } from "@/components/ui/alert";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { IntentLink } from "@/components/ui/intent-link";
import { Money } from "@/components/ui/money";
import { Mono } from "@/components/ui/mono";
import { PassingButton } from "@/components/ui/passing-button";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { paise } from "@/lib/money";

interface FindWindowProps {
  business: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What is looked for: kept while the window is closed, for the next of what was found. */
  words: string;
  onWords: (words: string) => void;
}

/** Finds a bill, an invoice or a payment by what somebody on the telephone says of it. */
export function FindWindow({ business, open, onOpenChange, words, onWords }: FindWindowProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Find"
        description="A number, a UTR, a party or an amount paid."
        // At the top, where it stays as results come, and above a telephone's keyboard.
        className="top-0 bottom-auto h-fit rounded-t-none rounded-b-xl sm:top-[8dvh] sm:bottom-auto sm:my-0 sm:max-h-[84dvh] sm:max-w-xl"
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          const input = (event.currentTarget as Element).querySelector("input");
          input?.focus();
          input?.select();
        }}
      >
        <Finder business={business} words={words} onWords={onWords} onTaken={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

interface FinderProps extends Pick<FindWindowProps, "business" | "words" | "onWords"> {
  /** Something that was found is gone to. */
  onTaken: () => void;
}

function Finder({ business, words, onWords, onTaken }: FinderProps) {
  const { isAsked, isLooking, problem, tryAgain, found } = useFind(business, words);
  const isNothing = isAsked && !isLooking && !problem && found.length === 0;
  const said = found.map(({ title, count }) => `${title}: ${count.toLocaleString("en-IN")}`).join(". ");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the field and the links within
    <div onKeyDown={(event) => goThrough(event, isLooking ? null : words)} className="flex flex-col gap-4">
      {/* In sight however far one goes through what was found; as wide as what passes beneath. */}
      <div className="sticky top-0 z-10 -mx-2 bg-raised px-2 pb-1">
        <SearchInput label="Find a bill, an invoice or a payment" value={words} onValueChange={onWords} />
      </div>
      {problem && (
        <Alert
          tone="danger"
          live
          title="Not everything could be looked through"
          actions={<PassingButton onClick={tryAgain}>Try again</PassingButton>}
        >
          {problem.message}
        </Alert>
      )}
      {isLooking && found.length === 0 && <SkeletonRows rows={3} label="Looking" />}
      <div
        aria-busy={isLooking}
        className={cn("flex flex-col gap-4", isLooking && "opacity-60 transition-opacity", !found.length && "hidden")}
      >
        {found.map((each) => (
          <Found key={each.title} found={each} onTaken={onTaken} />
        ))}
      </div>
      {isNothing && (
        <EmptyState icon={<SearchX />} title={`Nothing has “${words.trim()}” in it`}>
          Look for part of a number, a UTR or a name, or for the whole amount of a payment.
        </EmptyState>
      )}
      {/* In place from the first, and said once, whether there is something or nothing. */}
      <p role="status" className="sr-only">
        {isAsked && !isLooking && !problem && (isNothing ? "Nothing found" : said)}
      </p>
    </div>
  );
}

function Found({ found: { title, hits, all }, onTaken }: { found: FoundIn; onTaken: () => void }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="flex items-baseline justify-between gap-4 pb-1">
        <h3 id={id} className="font-medium text-[0.8125rem] text-muted">
          {title}
        </h3>
        {all && (
          <IntentLink
            href={all.href}
            aria-label={`${all.words}: ${title}`}
            onClick={onTaken}
            className="rounded-sm text-[0.8125rem] text-accent-ink underline-offset-4 hover:underline"
          >
            {all.words}
          </IntentLink>
        )}
      </div>
      <ul className="-mx-2">
        {hits.map((hit) => (
          <li key={hit.href}>
            <HitLink hit={hit} onTaken={onTaken} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function HitLink({ hit, onTaken }: { hit: Hit; onTaken: () => void }) {
  return (
    <IntentLink
      data-hit
      href={hit.href}
      onClick={onTaken}
      className="flex items-start justify-between gap-4 rounded-md px-2 py-2 hover:bg-hover focus-visible:bg-hover"
    >
      <span className="min-w-0">
        <span className="block font-medium [overflow-wrap:anywhere]">
          {hit.isUtr ? <Mono>{hit.name}</Mono> : hit.name}
        </span>
        <span className="block text-[0.8125rem] text-muted [overflow-wrap:anywhere]">
          {hit.party}, {hit.day}
        </span>
      </span>
      <span className="flex shrink-0 flex-col items-end gap-0.5">
        <Money paise={paise(hit.amount)} className="font-semibold" />
        {hit.badge}
      </span>
    </IntentLink>
  );
}

/**
 * The arrows go through what was found, from the field and back to it; Enter in the field takes the first.
 * @param words what the links are of; null while they are of something else
 */
function goThrough(event: KeyboardEvent<HTMLElement>, words: string | null): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-hit]")];
  const field = event.target instanceof HTMLInputElement ? event.target : null;
  const at = links.indexOf(event.target as HTMLElement);
  if (!field && at < 0) return;
  if (event.key === "Enter" && field && field.value === words) links[0]?.click();
  else if (event.key === "ArrowDown") links[at + 1]?.focus();
  else if (event.key === "ArrowUp" && at >= 0)
    (at > 0 ? links[at - 1] : event.currentTarget.querySelector("input"))?.focus();
  else return;
  event.preventDefault();
}
