import { Card, CardBody } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { Money } from "@/components/ui/money";
import { Mono } from "@/components/ui/mono";
import type { PaymentDetail } from "@/features/payments/api";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { paise } from "@/lib/money";
import { formatDateTime } from "@/lib/time";

/** Amounts, mode, UTR and dates of a payment. */
export function PaymentFacts({ payment }: { payment: PaymentDetail }) {
  return (
    <Card aria-label="Details">
      <CardBody>
        <DescriptionList layout="grid">
          <DescriptionItem term={payment.side === "outgoing" ? "Paid" : "Paid to your account"}>
            <Money paise={paise(payment.netPaise)} className="font-semibold" />
          </DescriptionItem>
          <DescriptionItem term="Adjusted">
            <Money paise={paise(payment.adjustmentPaise)} />
          </DescriptionItem>
          <DescriptionItem term="Settled in all">
            <Money paise={paise(payment.totalPaise)} className="font-semibold" />
          </DescriptionItem>
          <DescriptionItem term="UTR or reference" wide>
            <Mono copy={{ label: "UTR", value: payment.utr }}>{payment.utr}</Mono>
          </DescriptionItem>
          <DescriptionItem term="Mode">{MODE_LABELS[payment.mode]}</DescriptionItem>
          <DescriptionItem term="Paid on" wide>
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
