"use client";

import { useState } from "react";
import { AcceptFound } from "@/components/confirm/statement/accept-found";
import { MatchLines } from "@/components/confirm/statement/match-lines";
import { MOST_PAYMENTS, type Statement } from "@/components/confirm/statement/use-statement";
import { countWords } from "@/components/lists/count-words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PassingButton } from "@/components/ui/passing-button";
import { Segmented } from "@/components/ui/segmented";
import { Spinner } from "@/components/ui/spinner";
import type { Match } from "@/features/confirmations/statement/match";

interface StatementReviewProps {
  business: string;
  statement: Statement;
  /** The file's. */
  name: string;
}

/** What a statement says of the payments that wait: those that are on it, those to look at, and those that aren't. */
export function StatementReview({ business, statement, name }: StatementReviewProps) {
  const { matches, outcomes, isLooking, isAccepting, lookingFailure } = statement;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tab, setTab] = useState("");
  const of = (verdict: Match["verdict"]) => matches.filter((match) => match.verdict === verdict);
  const found = of("found");
  const tabs = [
    { value: "found", label: `Found ${found.length}`, matches: found },
    { value: "doubtful", label: `To look at ${of("doubtful").length}`, matches: of("doubtful") },
    { value: "absent", label: `Not on it ${of("absent").length}`, matches: of("absent") },
  ].filter((each) => each.matches.length > 0);
  const shown = tabs.find(({ value }) => value === tab) ?? tabs[0];
  const chosen = {
    has: (objectId: string) => !left.has(objectId),
    toggle: (objectId: string) => {
      const next = new Set(left);
      if (!next.delete(objectId)) next.add(objectId);
      setLeft(next);
    },
    isFixed: isAccepting,
  };
  const toAccept = found.filter(({ payment: { objectId } }) => chosen.has(objectId) && !outcomes.has(objectId));
  return (
    <Card>
      <CardHeader
        title={name}
        description={`${countWords(statement.source?.lines.length ?? 0, "line", "lines")}, held against ${countWords(matches.length, "payment that waits", "payments that wait")}.`}
        actions={
          <Button variant="secondary" onClick={statement.close} disabled={isAccepting}>
            Choose another file
          </Button>
        }
      />
      <CardBody className="flex flex-col gap-4">
        {statement.areMore && (
          <Alert tone="info">
            More payments wait than are looked for at once: these are the {MOST_PAYMENTS.toLocaleString("en-IN")}{" "}
            oldest. Answer them, then look again.
          </Alert>
        )}
        {lookingFailure && (
          <Alert
            tone="danger"
            live
            title="It couldn't be looked through"
            actions={<PassingButton onClick={statement.look}>Try again</PassingButton>}
          >
            {lookingFailure}
          </Alert>
        )}
        {isLooking && <Spinner label="Looking for what waits, and for references that were used before" />}
        {tabs.length > 1 && shown && (
          <Segmented
            label="Payments"
            options={tabs.map(({ value, label }) => ({ value, label }))}
            value={shown.value}
            onChange={(event) => setTab(event.target.value)}
          />
        )}
      </CardBody>
      {!isLooking && !lookingFailure && matches.length === 0 && (
        <EmptyState title="Nothing waits for an answer">
          Every payment that buyers told you of has its answer.
        </EmptyState>
      )}
      {shown && (
        <MatchLines
          key={shown.value}
          label={shown.label}
          matches={shown.matches}
          business={business}
          outcomes={outcomes}
          {...(shown.value === "found" && { chosen })}
        />
      )}
      {shown?.value === "found" && <AcceptFound statement={statement} business={business} toAccept={toAccept} />}
    </Card>
  );
}
