"use client";

import { RotateCw } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Approval } from "@/components/payments/approval";
import { GiveUp, giveUpLabel } from "@/components/payments/give-up";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { focusMain } from "@/components/ui/focus-main";
import { LinkButton } from "@/components/ui/link-button";
import type { Delivery, PaymentDetail } from "@/features/payments/api";
import { useSendAgain } from "@/features/payments/client";
import { GIVEN_UP, LONG_WAIT_DAYS } from "@/features/payments/rules";
import { ARRIVED_ALL_THE_SAME } from "@/features/payments/timeline";
import {
  answerRefusedWords,
  failureWords,
  heldBackWords,
  holdUpWords,
  reasonWords,
  silenceWords,
  waitedWords,
} from "@/features/payments/words";

interface PaymentNextProps {
  business: string;
  payment: PaymentDetail;
  mayAct: boolean;
}

/** Who can't be heard: nobody has our message yet, or it got through and nothing came back; STOPPED may be either. */
const STUCK_TITLES: Record<Delivery["state"], string> = {
  QUEUED: "This has not gone out yet",
  DELIVERED: "No answer has come back yet",
  REFUSED: "This could not be delivered",
  STOPPED: "Bharat Connect refused this",
  GAVE_UP: "This could not be delivered",
};

/** What is wrong with a payment, if anything, and what to do about it. */
export function PaymentNext(props: PaymentNextProps) {
  const [isGivingUp, setGivingUp] = useState(false);
  return (
    <>
      <Next {...props} onGiveUp={() => setGivingUp(true)} />
      <Approval {...props} />
      {/* Outside of the alert, which goes when the payment moves on: what was asked must not vanish with it, unanswered. */}
      <GiveUp {...props} open={isGivingUp} onOpenChange={setGivingUp} />
    </>
  );
}

interface NextProps extends PaymentNextProps {
  onGiveUp: () => void;
}

function Next({ business, payment, mayAct, onGiveUp }: NextProps) {
  if (payment.side === "outgoing" && payment.status === "REJECTED")
    return (
      <Alert
        tone="danger"
        title={`${payment.counterparty.name} rejected this payment`}
        actions={mayAct && <PayAgain business={business} payment={payment} />}
      >
        {payment.supplierRemarks && <p>“{payment.supplierRemarks}”</p>}
        <p>The amount is due again. Find out what became of the money, then correct the details or pay again.</p>
      </Alert>
    );
  const heldBack = heldBackWords(payment.failure);
  if (payment.status === "FAILED" && heldBack)
    return (
      <Alert tone="danger" title={heldBack} actions={mayAct && <PayAgain business={business} payment={payment} />}>
        {payment.failure?.detail && <p>“{payment.failure.detail}”</p>}
        <p>{payment.counterparty.name} was never told of it, and the amount is due again.</p>
      </Alert>
    );
  if (payment.side === "outgoing" && payment.status === "FAILED")
    return (
      <Alert
        tone="danger"
        title={failureWords(payment)}
        actions={mayAct && <PayAgain business={business} payment={payment} />}
      >
        <p>{reasonWords(payment.failure)}</p>
        <p>The amount is due again. If the money has left your account, agree with the supplier how it is counted.</p>
        {payment.timeline.some(({ key }) => key === ARRIVED_ALL_THE_SAME) && (
          <p>The supplier's platform has it all the same: ask the supplier before you pay again.</p>
        )}
        {payment.failure?.code === GIVEN_UP && (
          <p>Should it have arrived after all, the supplier's answer still counts.</p>
        )}
      </Alert>
    );
  if (payment.delivery?.canSendAgain)
    return <SendAgain business={business} payment={payment} mayAct={mayAct} onGiveUp={onGiveUp} />;
  if (payment.side === "incoming" && payment.status === "AWAITING_CONFIRMATION" && payment.failure)
    return (
      <Alert tone="warning" title="Your answer was not taken: please answer again">
        {answerRefusedWords(payment.failure)}
      </Alert>
    );
  const silence = silenceWords(payment);
  if (payment.side === "outgoing" && payment.status === "AWAITING_CONFIRMATION" && silence)
    return (
      <Alert
        tone={(payment.daysWaiting ?? 0) < LONG_WAIT_DAYS ? "info" : "warning"}
        title={`Waiting ${waitedWords(payment)} for ${payment.counterparty.name}`}
      >
        <Sentences of={silence} />
      </Alert>
    );
  return null;
}

const Sentences = ({ of }: { of: readonly string[] | null }) => of?.map((sentence) => <p key={sentence}>{sentence}</p>);

function PayAgain({ business, payment }: { business: string; payment: PaymentDetail }) {
  return (
    <LinkButton variant="primary" size="sm" href={`/b/${business}/pay?again=${payment.objectId}`}>
      Correct or pay again
    </LinkButton>
  );
}

function SendAgain({ business, payment, mayAct, onGiveUp }: NextProps) {
  const sendAgain = useSendAgain(business, payment.objectId);
  const { delivery } = payment;
  const isStuck = delivery?.canGiveUp && delivery.state !== "DELIVERED";
  return (
    <Alert
      tone={isStuck ? "danger" : "warning"}
      title={STUCK_TITLES[delivery?.state ?? "DELIVERED"]}
      live={sendAgain.isError}
      actions={
        mayAct && (
          <>
            <Button
              size="sm"
              variant={isStuck ? "primary" : "secondary"}
              loading={sendAgain.isPending}
              onClick={() =>
                sendAgain.mutate(undefined, {
                  onSuccess: () => {
                    toast.success("It is on its way again.");
                    // This button goes with what was wrong.
                    focusMain();
                  },
                })
              }
            >
              <RotateCw aria-hidden /> Send again
            </Button>
            {delivery?.canGiveUp && (
              <Button size="sm" variant="secondary" onClick={onGiveUp}>
                {giveUpLabel(payment.side)}
              </Button>
            )}
          </>
        )
      }
    >
      <p>{sendAgain.error?.message ?? holdUpWords(delivery) ?? "The other side's platform has not answered."}</p>
      <p>Sending it again is safe: it counts once, also when it had arrived.</p>
      {delivery?.state === "DELIVERED" && <Sentences of={silenceWords(payment)} />}
    </Alert>
  );
}
