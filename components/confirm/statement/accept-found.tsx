"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { Statement } from "@/components/confirm/statement/use-statement";
import { countWords } from "@/components/lists/count-words";
import { Alert } from "@/components/ui/alert";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { CardFooter } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Money } from "@/components/ui/money";
import { PassingButton } from "@/components/ui/passing-button";
import { Spinner } from "@/components/ui/spinner";
import { Textarea } from "@/components/ui/textarea";
import { type Answer, answerSchema } from "@/features/confirmations/schema";
import type { Match } from "@/features/confirmations/statement/match";
import { issueWords } from "@/lib/http/issues";
import { add, paise } from "@/lib/money";

interface AcceptFoundProps {
  statement: Statement;
  business: string;
  toAccept: readonly Match[];
}

const REMARK = "Received in our bank account. Thank you.";
const one = "payment";
const many = "payments";
const sumOf = (matches: readonly Match[]) => add(...matches.map(({ payment }) => paise(payment.netPaise)));
const focus = (element: HTMLElement | null) => element?.focus();

/** Accepts what the statement has beyond doubt, after one question; then says what has come of it. */
export function AcceptFound({ statement, business, toAccept }: AcceptFoundProps) {
  const { outcomes, isLookedThrough, isAccepting, acceptingFailure } = statement;
  const [asking, setAsking] = useState(false);
  const form = useForm<Answer>({
    resolver: zodResolver(answerSchema, { error: issueWords }),
    defaultValues: { response: "ACCEPT", remarks: REMARK },
  });
  const remarks = form.watch("remarks");
  const states = [...outcomes.values()].map(({ state }) => state);
  const accepted = states.filter((state) => state === "done").length;
  const refused = states.length - accepted;
  const accept = form.handleSubmit((given) => {
    setAsking(false);
    statement.accept(
      toAccept.map(({ payment }) => payment),
      given.remarks,
    );
  });
  const isDone = outcomes.size > 0 && toAccept.length === 0 && !isAccepting;
  return (
    <>
      {acceptingFailure && (
        <Alert
          tone="warning"
          live
          className="m-4"
          title={`${countWords(accepted, one, many)} accepted, then it stopped`}
          actions={<PassingButton onClick={() => void accept()}>Go on</PassingButton>}
        >
          {acceptingFailure} Sending it again is safe: each answer counts once.
        </Alert>
      )}
      {isDone ? (
        // The button that was pressed is gone: what has come of it takes its place.
        <CardFooter tabIndex={-1} ref={focus} className="justify-between outline-none">
          <p role="status" className="min-w-0">
            <span className="font-semibold">{countWords(accepted, one, many)} accepted</span>
            {refused > 0 && (
              <span className="block text-[0.8125rem] text-muted">
                {countWords(refused, one, many)} couldn't be: see above why.
              </span>
            )}
          </p>
          <LinkButton variant="primary" href={`/b/${business}/to-confirm`}>
            Back to what waits
          </LinkButton>
        </CardFooter>
      ) : (
        <CardFooter className="justify-between">
          <p aria-live="polite">
            {isAccepting ? (
              <Spinner label="Accepting" progress={`${outcomes.size} of ${outcomes.size + toAccept.length}`} />
            ) : (
              <>
                {countWords(toAccept.length, one, many)} chosen, <Money paise={sumOf(toAccept)} />
              </>
            )}
          </p>
          <Button
            variant="primary"
            loading={isAccepting}
            disabled={!isLookedThrough || toAccept.length === 0}
            onClick={() => setAsking(true)}
          >
            Accept {countWords(toAccept.length, one, many)}
          </Button>
        </CardFooter>
      )}
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Accept ${countWords(toAccept.length, one, many)}?`}
        description={
          <>
            You tell each buyer that their money, <Money paise={sumOf(toAccept)} /> in all, is in your account. That
            can't be taken back.
          </>
        }
        confirmLabel="Accept"
        onConfirm={() => void accept()}
      >
        <Field
          label="Remark"
          hint="Each of the buyers reads this."
          error={form.formState.errors.remarks?.message}
          required
        >
          <Textarea rows={2} limit={100} length={remarks.length} {...form.register("remarks")} />
        </Field>
      </AlertDialog>
    </>
  );
}
