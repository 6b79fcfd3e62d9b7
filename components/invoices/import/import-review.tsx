"use client";

import { useState } from "react";
import { DueDays } from "@/components/invoices/import/due-days";
import { ImportLines } from "@/components/invoices/import/import-lines";
import type { Import } from "@/components/invoices/import/use-import";
import { WhoIsIt } from "@/components/invoices/import/who-is-it";
import { countWords } from "@/components/lists/count-words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { Money } from "@/components/ui/money";
import { saveText } from "@/components/ui/save-text";
import { Segmented } from "@/components/ui/segmented";
import { Spinner } from "@/components/ui/spinner";
import { type ImportLine, leftOutCsv, type RowState, totalOf } from "@/features/invoices/import/progress";
import { unusedHeadings } from "@/features/invoices/import/table";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";

interface ImportReviewProps {
  desk: Import;
  source: NonNullable<Import["source"]>;
  business: string;
  side: InvoiceSideName;
}

const focus = (element: HTMLElement | null) => element?.focus();

/** What stands in a file and what would come of it; then the adding, and what has come of it. */
export function ImportReview({ desk, source, business, side }: ImportReviewProps) {
  const words = SIDE_WORDS[side];
  const { lines, isChecking, isAdding, failure } = desk;
  const countOf = (some: readonly ImportLine[]) => countWords(some.length, words.one, words.many);
  const isBusy = isChecking || isAdding;
  const of = (...states: RowState[]) => lines.filter(({ state }) => states.includes(state));
  const [waiting, added, present, wrong] = [of("unseen", "new"), of("added"), of("present"), of("wrong")];
  const fresh = of("new");
  const isUnseen = waiting.length > fresh.length;
  const isDone = added.length > 0 && fresh.length === 0 && !isBusy && !failure;
  const tabs = [
    { value: "waiting", label: `To add ${waiting.length}`, lines: waiting },
    { value: "added", label: `Added ${added.length}`, lines: added },
    { value: "present", label: `In your books already ${present.length}`, lines: present },
    { value: "wrong", label: `Left out ${wrong.length}`, lines: wrong },
  ].filter((tab) => tab.lines.length > 0);
  const [chosen, setChosen] = useState("");
  const tab = tabs.find(({ value }) => value === chosen) ?? tabs[0];
  return (
    <Card>
      <CardHeader
        title={source.name}
        description={<FileWords source={source} />}
        actions={
          <Button variant="secondary" onClick={desk.close} disabled={isAdding}>
            Choose another file
          </Button>
        }
      />
      <CardBody className="flex flex-col gap-4">
        {!desk.hasBegun && <DueDays lines={lines} days={desk.dueDays} onUse={(dueDays) => desk.say({ dueDays })} />}
        {!isAdding && (
          <WhoIsIt lines={lines} business={business} side={side} onSay={(parties) => desk.say({ parties })} />
        )}
        {tab && (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <Segmented
              label="Rows"
              options={tabs.map(({ value, label }) => ({ value, label }))}
              value={tab.value}
              onChange={(event) => setChosen(event.target.value)}
            />
            {wrong.length > 0 && !isChecking && (
              <Button
                variant="ghost"
                size="sm"
                onClick={() => saveText(`${words.many}-left-out.csv`, leftOutCsv(source.table, wrong))}
              >
                Save the rows left out
              </Button>
            )}
          </div>
        )}
      </CardBody>
      {tab && <ImportLines key={tab.value} label={tab.label} lines={tab.lines} business={business} words={words} />}
      {failure && (
        <Alert
          tone="danger"
          live
          className="m-4"
          title={added.length > 0 ? `${countOf(added)} added, then it stopped` : "It stopped"}
          actions={
            <Button variant="secondary" size="sm" onClick={isUnseen ? desk.check : desk.add}>
              Go on
            </Button>
          }
        >
          {failure} Nothing is added twice.
        </Alert>
      )}
      {isDone ? (
        // The button that was pressed is gone: what has come of it takes its place.
        <CardFooter tabIndex={-1} ref={focus} className="justify-between outline-none">
          <p role="status" className="min-w-0">
            <span className="font-semibold">
              {countOf(added)} added, <Money paise={totalOf(added)} />
            </span>
            {wrong.length > 0 && (
              <span className="block text-[0.8125rem] text-muted">
                Mend what was left out in its file, and import it again.
              </span>
            )}
          </p>
          <LinkButton variant="primary" href={`/b/${business}/${words.many}`}>
            Show {words.many}
          </LinkButton>
        </CardFooter>
      ) : (
        <CardFooter className="justify-between">
          <p aria-live="polite">
            {isChecking && (
              <Spinner
                label={`Looking into your books: ${lines.length - waiting.length + fresh.length} of ${lines.length}`}
              />
            )}
            {isAdding && <Spinner label={`Adding: ${added.length} of ${added.length + waiting.length}`} />}
            {!isBusy && waiting.length > 0 && (
              <>
                {countOf(waiting)}, <Money paise={totalOf(waiting)} />
              </>
            )}
            {!isBusy && waiting.length === 0 && added.length === 0 && `There is nothing to add.`}
          </p>
          <Button
            variant="primary"
            onClick={desk.add}
            loading={isAdding}
            disabled={isChecking || isUnseen || fresh.length === 0}
          >
            Add {countOf(fresh)}
          </Button>
        </CardFooter>
      )}
    </Card>
  );
}

function FileWords({ source: { table } }: Pick<ImportReviewProps, "source">) {
  const unused = unusedHeadings(table);
  return (
    <>
      {countWords(table.rows.length, "row", "rows")}.
      {unused.length > 0 && (
        <>
          {" "}
          Not used: {unused.slice(0, 8).join(", ")}
          {unused.length > 8 && " …"}.
        </>
      )}
    </>
  );
}
