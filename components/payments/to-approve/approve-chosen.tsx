"use client";

import { useState } from "react";
import { countWords } from "@/components/lists/count-words";
import type { useOneByOne } from "@/components/payments/use-one-by-one";
import { Alert } from "@/components/ui/alert";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { CardFooter } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { PassingButton } from "@/components/ui/passing-button";
import { Spinner } from "@/components/ui/spinner";
import type { Payment } from "@/features/payments/api";
import { amountInBank } from "@/features/payments/words";
import { add, paise, ZERO } from "@/lib/money";

interface ApproveChosenProps {
  approving: ReturnType<typeof useOneByOne<null>>;
  toApprove: readonly Payment[];
  /** About how many of them there is something to ask. */
  doubtful: number;
  /** Whether it is known about which. */
  isLookedThrough: boolean;
  lookingFailed: boolean;
  onLookAgain: () => void;
}

const inWords = (count: number) => countWords(count, "payment", "payments");
const sumOf = (payments: readonly Payment[]) => add(ZERO, ...payments.map((each) => paise(amountInBank(each))));

/** How many are chosen and what they come to, and the question before they are approved; then what has come of it. */
export function ApproveChosen({ approving, toApprove, doubtful, isLookedThrough, ...looking }: ApproveChosenProps) {
  const { outcomes, isRunning, failure } = approving;
  const [asking, setAsking] = useState(false);
  const done = [...outcomes.values()].filter(({ state }) => state === "done").length;
  const suppliers = new Set(toApprove.map(({ counterparty }) => counterparty.b2bId)).size;
  const approve = () => {
    setAsking(false);
    approving.run(toApprove, null);
  };
  return (
    <>
      {failure && (
        <Alert
          tone="warning"
          live
          className="m-4"
          title={`${inWords(done)} approved, then it stopped`}
          {...(toApprove.length > 0 && { actions: <PassingButton onClick={approve}>Go on</PassingButton> })}
        >
          {failure} Going on is safe: each is approved once.
        </Alert>
      )}
      {looking.lookingFailed && (
        <Alert
          tone="warning"
          live
          className="m-4"
          actions={<PassingButton onClick={looking.onLookAgain}>Try again</PassingButton>}
        >
          It couldn't be looked up whether something of these is paid already.
        </Alert>
      )}
      <CardFooter className="sticky low:static z-20 bottom-[calc(3.75rem+env(safe-area-inset-bottom))] justify-between rounded-b-lg bg-surface lg:bottom-0">
        <p aria-live="polite" className="min-w-0">
          {isRunning ? (
            <Spinner label="Approving" progress={`${outcomes.size} of ${outcomes.size + toApprove.length}`} />
          ) : (
            <>
              {done > 0 && <span className="block font-semibold">{inWords(done)} approved</span>}
              {toApprove.length === 0 ? (
                "None chosen"
              ) : (
                <>
                  {inWords(toApprove.length)} chosen, <Money paise={sumOf(toApprove)} />
                </>
              )}
            </>
          )}
        </p>
        <Button
          variant="primary"
          loading={isRunning}
          disabled={toApprove.length === 0 || !isLookedThrough}
          onClick={() => setAsking(true)}
        >
          {toApprove.length === 0 ? "Approve" : `Approve ${inWords(toApprove.length)}`}
        </Button>
      </CardFooter>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Approve ${inWords(toApprove.length)}?`}
        description={
          <>
            <Money paise={sumOf(toApprove)} /> in all, to {countWords(suppliers, "supplier", "suppliers")}.{" "}
            {suppliers === 1 ? "It is" : "They are"} told at once, and that can't be taken back.
          </>
        }
        confirmLabel="Approve"
        onConfirm={approve}
      >
        {doubtful > 0 && (
          <Alert tone="warning">
            Something may be paid twice by {doubtful === 1 ? "one of them" : `${doubtful} of them`}: see beside{" "}
            {doubtful === 1 ? "it" : "them"} what.
          </Alert>
        )}
      </AlertDialog>
    </>
  );
}
