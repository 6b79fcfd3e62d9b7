"use client";

import { useState } from "react";
import { CancelledLines } from "@/components/invoices/import/cancelled-lines";
import { DifferentLines } from "@/components/invoices/import/different-lines";
import { DueDays } from "@/components/invoices/import/due-days";
import { ImportFooter } from "@/components/invoices/import/import-footer";
import { ImportLines } from "@/components/invoices/import/import-lines";
import type { Import } from "@/components/invoices/import/use-import";
import { WhoIsIt } from "@/components/invoices/import/who-is-it";
import { countWords } from "@/components/lists/count-words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { PassingButton } from "@/components/ui/passing-button";
import { saveText } from "@/components/ui/save-text";
import { Segmented } from "@/components/ui/segmented";
import { leftOutCsv, type RowState } from "@/features/invoices/import/progress";
import { unusedHeadings } from "@/features/invoices/import/table";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";

interface ImportReviewProps {
  desk: Import;
  source: NonNullable<Import["source"]>;
  business: string;
  side: InvoiceSideName;
}

/** What stands in a file and what would come of it; then the adding and changing, and what has come of it. */
export function ImportReview({ desk, source, business, side }: ImportReviewProps) {
  const words = SIDE_WORDS[side];
  const { lines, isChecking, isAdding, failure } = desk;
  const of = (...states: RowState[]) => lines.filter(({ state }) => states.includes(state));
  const [waiting, added, changed, present, wrong] = [
    of("unseen", "new"),
    of("added"),
    of("changed"),
    of("present"),
    of("wrong"),
  ];
  // What somebody else was faster with stands first: it was asked for.
  const different = of("different").sort((a, b) => Number(b.isMissed) - Number(a.isMissed));
  const cancelled = of("cancelled");
  const missed = different.filter(({ isMissed }) => isMissed).length;
  const tabs = [
    { value: "waiting", label: `To add ${waiting.length}`, lines: waiting },
    { value: "different", label: `Different in your books ${different.length}`, lines: different },
    { value: "cancelled", label: `Cancelled before ${cancelled.length}`, lines: cancelled },
    { value: "added", label: `Added ${added.length}`, lines: added },
    { value: "changed", label: `Changed ${changed.length}`, lines: changed },
    { value: "present", label: `In your books already ${present.length}`, lines: present },
    { value: "wrong", label: `Left out ${wrong.length}`, lines: wrong },
  ].filter((tab) => tab.lines.length > 0);
  const [chosen, setChosen] = useState("");
  const tab = tabs.find(({ value }) => value === chosen) ?? tabs[0];
  const choice = { business, words, chosen: desk.chosen, isFixed: isAdding };
  const done = [
    ...(added.length > 0 ? [`${countWords(added.length, words.one, words.many)} added`] : []),
    ...(changed.length > 0 ? [`${countWords(changed.length, words.one, words.many)} changed`] : []),
  ].join(", ");
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
        {!desk.hasBegun && (
          <DueDays lines={lines} days={desk.said.dueDays} onUse={(dueDays) => desk.say({ dueDays })} />
        )}
        {/* Out of sight only: what is typed there and not looked up yet stays. */}
        <div hidden={isAdding}>
          <WhoIsIt
            lines={lines}
            business={business}
            side={side}
            said={desk.said.parties}
            onSay={(parties) => desk.say({ parties })}
          />
        </div>
        {missed > 0 && !isAdding && (
          <Alert
            tone="warning"
            live
            title={`${countWords(missed, words.one, words.many)} could not be changed`}
            actions={
              <Button variant="secondary" size="sm" onClick={() => setChosen("different")}>
                Show
              </Button>
            }
          >
            Somebody else changed or paid {missed === 1 ? "it" : "them"} since the file was looked through. Nothing of
            theirs is lost.
          </Alert>
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
      {tab?.value === "different" && <DifferentLines {...choice} label={tab.label} lines={different} />}
      {tab?.value === "cancelled" && <CancelledLines {...choice} label={tab.label} lines={cancelled} />}
      {tab && tab.value !== "different" && tab.value !== "cancelled" && (
        <ImportLines key={tab.value} label={tab.label} lines={tab.lines} business={business} words={words} />
      )}
      {failure && (
        <Alert
          tone="danger"
          live
          className="m-4"
          title={done ? `${done}, then it stopped` : "It stopped"}
          actions={
            <PassingButton
              onClick={() => (waiting.some(({ state }) => state === "unseen") ? desk.check() : desk.add())}
            >
              Go on
            </PassingButton>
          }
        >
          {failure} Nothing is added twice.
        </Alert>
      )}
      <ImportFooter desk={desk} of={of} business={business} words={words} />
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
