import { Card, CardBody } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { Money } from "@/components/ui/money";
import { Mono } from "@/components/ui/mono";
import type { PaymentDetail } from "@/features/payments/api";
import { referenceWords } from "@/features/payments/reference";
import { isVoid, settlesWords } from "@/features/payments/words";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { paise } from "@/lib/money";
import { formatDateTime } from "@/lib/time";

/** What its money and its day are called: of a payment that did not stand they are what was claimed. */
function paidTerms(payment: PaymentDetail): { amount: string; day: string } {
  if (payment.side === "outgoing")
    return isVoid(payment)
      ? { amount: "Entered as paid", day: "Entered as paid on" }
      : { amount: "Paid", day: "Paid on" };
  return isVoid(payment)
    ? { amount: "Said to be paid", day: "Said to be paid on" }
    : { amount: "Paid to your account", day: "Paid on" };
}

/** Amounts, mode, UTR and dates of a payment. */
export function PaymentFacts({ payment }: { payment: PaymentDetail }) {
  const terms = paidTerms(payment);
  const reference = referenceWords(payment.mode);
  return (
    <Card aria-label="Details">
      <CardBody>
        <DescriptionList layout="grid">
          <DescriptionItem term={terms.amount}>
            <Money paise={paise(payment.netPaise)} className="font-semibold" />
          </DescriptionItem>
          <DescriptionItem term="Adjusted">
            <Money paise={paise(payment.adjustmentPaise)} />
          </DescriptionItem>
          <DescriptionItem term={`${settlesWords(payment)} in all`}>
            <Money paise={paise(payment.totalPaise)} className="font-semibold" />
          </DescriptionItem>
          <DescriptionItem term={reference.label} wide>
            <Mono copy={{ label: reference.word, value: payment.utr }}>{payment.utr}</Mono>
          </DescriptionItem>
          <DescriptionItem term="Mode">{MODE_LABELS[payment.mode]}</DescriptionItem>
          <DescriptionItem term={terms.day} wide>
            {formatDateTime(new Date(payment.paidAt))}
          </DescriptionItem>
          <DescriptionItem term="Where">
            {payment.type === "ONPLATFORM" ? "On the platform" : "Off the platform"}
          </DescriptionItem>
          <DescriptionItem term={payment.side === "outgoing" ? "Entered by" : "Buyer"}>
            {payment.side === "outgoing" ? payment.createdBy : payment.counterparty.name}
          </DescriptionItem>
          <DescriptionItem term="Reference for support" wide>
            <Mono copy={{ label: "reference", value: payment.objectId }}>
              <span className="text-muted">{payment.objectId}</span>
            </Mono>
          </DescriptionItem>
        </DescriptionList>
      </CardBody>
    </Card>
  );
}
