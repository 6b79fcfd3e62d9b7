"use client";

import { useFormContext, useWatch } from "react-hook-form";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { Mono } from "@/components/ui/mono";
import type { Counterparty } from "@/features/counterparties/api";
import { type PayBill, type PayValues, payAmounts } from "@/features/payments/form";
import { upiLink } from "@/features/payments/upi-link";

interface PayToProps {
  supplier: Counterparty;
  bills: readonly PayBill[];
  /** The payment's own id: a UPI app hands it on, so that the bank statement shows it. */
  reference: string;
}

/** The supplier's account, to pay to: each part copied with one press. */
export function PayTo({ supplier, bills, reference }: PayToProps) {
  const { control } = useFormContext<PayValues>();
  const lines = useWatch({ control, name: "lines" });
  const { number, ifsc, beneficiaryName, vpa } = supplier.account;
  const { net } = payAmounts(lines, bills);
  if (!number && !vpa)
    return (
      <Card>
        <CardHeader
          title="Pay to"
          description={`You have no account details of ${supplier.name}. Ask them before you pay.`}
        />
        <CardBody className="pt-0" />
      </Card>
    );
  const upi = vpa && net > 0 ? upiLink({ vpa, name: supplier.name, net, reference, note: noteOf(bills) }) : null;
  return (
    <Card>
      <CardHeader title="Pay to" />
      <CardBody className="pt-2">
        <DescriptionList>
          {beneficiaryName && <DescriptionItem term="Name">{beneficiaryName}</DescriptionItem>}
          {number && (
            <DescriptionItem term="Account">
              <Mono copy={{ label: "account number", value: number }}>{number}</Mono>
            </DescriptionItem>
          )}
          {ifsc && (
            <DescriptionItem term="IFSC">
              <Mono copy={{ label: "IFSC", value: ifsc }}>{ifsc}</Mono>
            </DescriptionItem>
          )}
          {vpa && (
            <DescriptionItem term="UPI">
              <Mono copy={{ label: "UPI address", value: vpa }}>{vpa}</Mono>
            </DescriptionItem>
          )}
        </DescriptionList>
        {upi && (
          <a
            href={upi}
            className="mt-2 inline-flex min-h-6 items-center text-accent-ink text-[0.8125rem] underline underline-offset-4 sm:hidden"
          >
            Open in a UPI app
          </a>
        )}
      </CardBody>
    </Card>
  );
}

const noteOf = (bills: readonly PayBill[]) => bills.map((bill) => bill.supplierInvoiceNumber).join(" ");
