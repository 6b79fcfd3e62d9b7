"use client";

import { RotateCw } from "lucide-react";
import { toast } from "sonner";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import type { PaymentDetail } from "@/features/payments/api";
import { useSendAgain } from "@/features/payments/client";

interface PaymentNextProps {
  business: string;
  payment: PaymentDetail;
  mayAct: boolean;
}

/** What is wrong with a payment, if anything, and what to do about it. */
export function PaymentNext({ business, payment, mayAct }: PaymentNextProps) {
  if (payment.side === "outgoing" && payment.status === "REJECTED")
    return (
      <Alert
        tone="danger"
        title={`${payment.counterparty.name} rejected this payment`}
        actions={mayAct && <PayAgain business={business} payment={payment} />}
      >
        {payment.supplierRemarks && <p>“{payment.supplierRemarks}”</p>}
        <p>The amount is due again. Find out what became of the money, then pay again.</p>
      </Alert>
    );
  if (payment.side === "outgoing" && payment.status === "FAILED")
    return (
      <Alert
        tone="danger"
        title="This payment did not reach the supplier"
        actions={mayAct && <PayAgain business={business} payment={payment} />}
      >
        <p>{payment.failure?.detail}</p>
        <p>The amount is due again. If the money has left your account, agree with the supplier how it is counted.</p>
      </Alert>
    );
  if (payment.delivery?.canSendAgain) return <SendAgain business={business} payment={payment} mayAct={mayAct} />;
  if (payment.side === "incoming" && payment.status === "AWAITING_CONFIRMATION" && payment.failure)
    return (
      <Alert tone="warning" title="Your answer was not taken: please answer again">
        {payment.failure.detail}
      </Alert>
    );
  return null;
}

function PayAgain({ business, payment }: { business: string; payment: PaymentDetail }) {
  return (
    <LinkButton variant="primary" size="sm" href={`/b/${business}/pay?again=${payment.objectId}`}>
      Pay again
    </LinkButton>
  );
}

function SendAgain({ business, payment, mayAct }: PaymentNextProps) {
  const sendAgain = useSendAgain(business, payment.objectId);
  const stuck = payment.delivery?.state === "STOPPED" || payment.delivery?.state === "GAVE_UP";
  return (
    <Alert
      tone={stuck ? "danger" : "warning"}
      title={stuck ? "This could not be delivered" : "No answer has come back yet"}
      live={sendAgain.isError}
      actions={
        mayAct && (
          <Button
            size="sm"
            variant={stuck ? "primary" : "secondary"}
            loading={sendAgain.isPending}
            onClick={() => sendAgain.mutate(undefined, { onSuccess: () => toast.success("It is on its way again.") })}
          >
            <RotateCw aria-hidden /> Send again
          </Button>
        )
      }
    >
      <p>{sendAgain.error?.message ?? payment.delivery?.lastError ?? "The other side's platform has not answered."}</p>
      <p>Sending it again is safe: it counts once, also when it had arrived.</p>
    </Alert>
  );
}
