"use client";

import type { Import } from "@/components/invoices/import/use-import";
import { countWords } from "@/components/lists/count-words";
import { Button } from "@/components/ui/button";
import { CardFooter } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { Money } from "@/components/ui/money";
import { Spinner } from "@/components/ui/spinner";
import { type ImportLine, type RowState, totalOf } from "@/features/invoices/import/progress";
import type { SideWords } from "@/features/invoices/words";

const focus = (element: HTMLElement | null) => element?.focus();

interface ImportFooterProps {
  desk: Import;
  /** The rows of those states. */
  of: (...states: RowState[]) => readonly ImportLine[];
  business: string;
  words: SideWords;
}

/** What would be written and the button that does it; once it is, what has come of it. */
export function ImportFooter({ desk, of, business, words }: ImportFooterProps) {
  const { lines, isChecking, isAdding } = desk;
  const countOf = (some: readonly ImportLine[]) => countWords(some.length, words.one, words.many);
  const isChosen = ({ objectId }: ImportLine) => desk.chosen.has(objectId);
  const [different, cancelled] = [of("different"), of("cancelled")];
  const anew = cancelled.filter(isChosen);
  const [waiting, fresh] = [
    [...of("unseen", "new"), ...anew],
    [...of("new"), ...anew],
  ];
  const [added, changed] = [of("added"), of("changed")];
  const toChange = different.filter(isChosen);
  const stays = different.length - toChange.length;
  const written = added.length + changed.length;
  if (written > 0 && fresh.length + toChange.length === 0 && !isChecking && !isAdding && !desk.failure)
    return (
      // The button that was pressed is gone: what has come of it takes its place.
      <CardFooter tabIndex={-1} ref={focus} className="justify-between outline-none">
        <p role="status" className="min-w-0">
          <span className="font-semibold">
            {added.length > 0 && (
              <>
                {countOf(added)} added, <Money paise={totalOf(added)} />
              </>
            )}
            {added.length > 0 && changed.length > 0 && "; "}
            {changed.length > 0 && `${countOf(changed)} changed`}
          </span>
          {of("wrong").length > 0 && (
            <span className="block text-[0.8125rem] text-muted">
              Mend what was left out in its file, and import it again.
            </span>
          )}
        </p>
        <LinkButton variant="primary" href={`/b/${business}/${words.many}`}>
          Show {words.many}
        </LinkButton>
      </CardFooter>
    );
  const deeds = [
    ...(fresh.length > 0 || toChange.length === 0 ? [`Add ${countOf(fresh)}`] : []),
    ...(toChange.length > 0 ? [`${fresh.length > 0 ? "change" : "Change"} ${countOf(toChange)}`] : []),
  ];
  return (
    <CardFooter className="justify-between">
      <div aria-live="polite">
        {isChecking && (
          <Spinner
            label="Looking into your books"
            progress={`${lines.length - waiting.length + fresh.length} of ${lines.length}`}
          />
        )}
        {isAdding && (
          <Spinner label="Saving" progress={`${written} of ${written + waiting.length + toChange.length}`} />
        )}
        {!isChecking && !isAdding && (
          <>
            {waiting.length > 0 && (
              <p>
                {countOf(waiting)} to add, <Money paise={totalOf(waiting)} />
              </p>
            )}
            {waiting.length + written === 0 && <p>There is nothing to add.</p>}
            {cancelled.length > anew.length && (
              <p className="text-[0.8125rem] text-muted">
                {cancelled.length - anew.length === 1
                  ? "1 that was cancelled stays so."
                  : `${cancelled.length - anew.length} that were cancelled stay so.`}
              </p>
            )}
            {different.length > 0 && (
              <p className="text-[0.8125rem] text-muted">
                {toChange.length > 0 && `${countOf(toChange)} to change. `}
                {stays > 0 &&
                  (stays === 1 ? "1 that differs stays as it is." : `${stays} that differ stay as they are.`)}
              </p>
            )}
          </>
        )}
      </div>
      <Button
        variant="primary"
        onClick={desk.add}
        loading={isAdding}
        disabled={isChecking || waiting.length > fresh.length || fresh.length + toChange.length === 0}
      >
        {deeds.join(" and ")}
      </Button>
    </CardFooter>
  );
}
