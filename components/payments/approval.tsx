"use client";

import { Check, X } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { DoubtsOf, useDoubts } from "@/components/payments/approval-doubts";
import { DeclineDialog } from "@/components/payments/decline-dialog";
import { Alert } from "@/components/ui/alert";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import type { PaymentDetail } from "@/features/payments/api";
import { useApprove } from "@/features/payments/client";
import { referenceWords } from "@/features/payments/reference";
import { amountInBank } from "@/features/payments/words";
import { formatRupees, paise } from "@/lib/money";

interface ApprovalProps {
  business: string;
  payment: PaymentDetail;
  mayAct: boolean;
}

/** What waits for a second person: their yes or no, or a way back for who made it. Its windows outlive what they ask about. */
export function Approval({ business, payment, mayAct }: ApprovalProps) {
  const [asked, setAsked] = useState<"approve" | "decline" | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      {payment.approval && (
        <Waiting
          business={business}
          payment={payment}
          mayAct={mayAct}
          isMadeByYou={payment.approval.madeByYou}
          onAsk={setAsked}
        />
      )}
      <ApproveDialog business={business} payment={payment} open={asked === "approve"} onClose={close} />
      <DeclineDialog business={business} payment={payment} open={asked === "decline"} onClose={close} />
    </>
  );
}

interface WaitingProps extends ApprovalProps {
  isMadeByYou: boolean;
  onAsk: (asked: "approve" | "decline") => void;
}

function Waiting({ business, payment, mayAct, isMadeByYou, onAsk }: WaitingProps) {
  const { name } = payment.counterparty;
  const doubts = useDoubts(business, [payment]);
  if (isMadeByYou)
    return (
      <Alert
        tone="warning"
        title="Somebody else approves this first"
        actions={
          mayAct && (
            <Button size="sm" variant="secondary" onClick={() => onAsk("decline")}>
              <X aria-hidden /> Take it back…
            </Button>
          )
        }
      >
        <p>Anyone else here with the finance or owner role can. {name} doesn't know of it yet.</p>
        <p>What it is for stays held meanwhile, and can't be paid twice.</p>
      </Alert>
    );
  return (
    <Alert
      tone="warning"
      title={`${payment.createdBy} asks for approval`}
      actions={
        mayAct && (
          <>
            <Button size="sm" variant="primary" onClick={() => onAsk("approve")}>
              <Check aria-hidden /> Approve…
            </Button>
            <Button size="sm" variant="secondary" onClick={() => onAsk("decline")}>
              <X aria-hidden /> Don't approve…
            </Button>
          </>
        )
      }
    >
      <p>
        Look for the money in the bank's statement, and at each bill below. {name} is told once it is approved; after
        that it can't be changed here.
      </p>
      <DoubtsOf business={business} payment={payment} doubts={doubts.data?.get(payment.objectId)} />
    </Alert>
  );
}

interface ApproveDialogProps {
  business: string;
  payment: PaymentDetail;
  open: boolean;
  onClose: () => void;
}

function ApproveDialog({ business, payment, open, onClose }: ApproveDialogProps) {
  const approve = useApprove(business, payment.objectId);
  const { name } = payment.counterparty;
  const amount = formatRupees(paise(amountInBank(payment)));
  function close() {
    approve.reset();
    onClose();
  }
  return (
    <AlertDialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={`Approve ${amount} to ${name}?`}
      description={`${name} is told at once: ${referenceWords(payment.mode).word} ${payment.utr}, which settles ${formatRupees(paise(payment.totalPaise))}.`}
      confirmLabel="Approve"
      loading={approve.isPending}
      done={approve.isSuccess}
      onConfirm={() =>
        approve.mutate(undefined, {
          onSuccess: () => {
            onClose();
            toast.success(`Approved. ${name} is being told.`);
          },
        })
      }
    >
      {approve.error && (
        <Alert tone="danger" live>
          {approve.error.message}
        </Alert>
      )}
    </AlertDialog>
  );
}
