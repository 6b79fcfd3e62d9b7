"use client";

import { toast } from "sonner";
import { dropDraftOf } from "@/components/pay/draft";
import { Alert } from "@/components/ui/alert";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { useTabStorage } from "@/components/ui/tab-storage";
import type { PaymentDetail } from "@/features/payments/api";
import { useGiveUp } from "@/features/payments/client";

const WORDS = {
  outgoing: {
    button: "Give up",
    title: "Give this payment up?",
    description:
      "It is marked as failed, and what it was for is due again. Should it have arrived after all, the supplier's answer still counts: ask the supplier before you pay again.",
    ofSilence:
      "Bharat Connect took it, and nothing came of it: ask the supplier first whether it has reached them. Given up, it is marked as failed, and what it was for is due again. Should it have arrived after all, the supplier's answer still counts.",
    confirm: "Give it up",
    done: "Given up. What it was for is due again.",
  },
  incoming: {
    button: "Take answer back",
    title: "Take your answer back?",
    description:
      "The payment waits for an answer again, the same or another. Should this one have arrived after all, it still counts, whatever you answer next.",
    ofSilence:
      "Bharat Connect took it, and nothing came of it: ask the buyer first whether it has reached them. Taken back, the payment waits for an answer again, the same or another. Should this one have arrived after all, it still counts, whatever you answer next.",
    confirm: "Take it back",
    done: "Taken back. The payment waits for your answer again.",
  },
} as const;

export const giveUpLabel = (side: PaymentDetail["side"]) => WORDS[side].button;

interface GiveUpProps {
  business: string;
  payment: PaymentDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The way out when a payment, or the answer to one, can't be delivered at all. Asks first: it may have arrived all the same. */
export function GiveUp({ business, payment, open, onOpenChange }: GiveUpProps) {
  const tab = useTabStorage();
  const giveUp = useGiveUp(business, payment.objectId);
  const words = WORDS[payment.side];
  function onGivenUp() {
    onOpenChange(false);
    dropDraftOf(tab, business, payment.objectId);
    toast.success(words.done);
  }
  return (
    <AlertDialog
      open={open}
      onOpenChange={(next) => {
        if (!next) giveUp.reset();
        onOpenChange(next);
      }}
      title={words.title}
      description={payment.delivery?.state === "DELIVERED" ? words.ofSilence : words.description}
      confirmLabel={words.confirm}
      cancelLabel="Keep it"
      tone="danger"
      loading={giveUp.isPending}
      done={giveUp.isSuccess}
      onConfirm={() => giveUp.mutate(undefined, { onSuccess: onGivenUp })}
    >
      {giveUp.error && (
        <Alert tone="danger" live>
          {giveUp.error.message}
        </Alert>
      )}
    </AlertDialog>
  );
}
