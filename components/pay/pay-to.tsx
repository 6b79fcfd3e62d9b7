"use client";

import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { AccountChangeNotice } from "@/components/parties/account-change-notice";
import { partyEditHref } from "@/components/parties/party-query";
import { StepTitle } from "@/components/pay/step-title";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { LinkButton } from "@/components/ui/link-button";
import { Money } from "@/components/ui/money";
import { Mono } from "@/components/ui/mono";
import type { Counterparty } from "@/features/counterparties/api";
import { type PayBill, type PayValues, payAmounts } from "@/features/payments/form";
import { upiLink } from "@/features/payments/upi-link";
import { type Paise, toFieldText, toInputText } from "@/lib/money";

/** Where this step stands on the page. */
export const PAY_TO = "pay-to";

interface PayToProps {
  business: string;
  supplier: Counterparty;
  bills: readonly PayBill[];
  /** The payment's own id: a UPI app hands it on, so that the bank statement shows it. */
  reference: string;
}

/** The step that happens outside of the portal: the amount and the supplier's account, each part copied with one press. */
export function PayTo({ business, supplier, bills, reference }: PayToProps) {
  const { control } = useFormContext<PayValues>();
  const here = `${usePathname()}?${useSearchParams()}`;
  const [lines, money] = useWatch({ control, name: ["lines", "money"] });
  const { number, vpa } = supplier.account;
  const { net } = payAmounts(lines, bills);
  if (money === "") return <Step title="Pay, or not" description="Say above whether it is the same money." />;
  if (money === "same")
    return (
      <Step title="Pay nothing more" description="You said that it is the same money: it has left your account." />
    );
  if (net === 0)
    return <Step title="Nothing to pay" description="The adjustments settle all of it, so no money has to move." />;
  const title = (
    <>
      Pay <Money paise={net} /> from your bank
    </>
  );
  if (!number && !vpa)
    return (
      <Step title={title} description={`You have no account details of ${supplier.name}. Ask them before you pay.`}>
        <LinkButton size="sm" href={partyEditHref(business, supplier.b2bId, here)}>
          Enter their account
        </LinkButton>
      </Step>
    );
  return (
    <Step title={title} description={`To ${supplier.name}. Skip this if you have paid already.`}>
      <AccountChangeNotice change={supplier.accountChange} className="mb-3" />
      <Account supplier={supplier} net={net} reference={reference} note={noteOf(bills)} />
    </Step>
  );
}

function Step({ title, description, children }: { title: ReactNode; description: string; children?: ReactNode }) {
  return (
    <Card id={PAY_TO} tabIndex={-1} className="outline-none">
      <CardHeader title={<StepTitle number={2}>{title}</StepTitle>} description={description} />
      <CardBody className="pt-2">{children}</CardBody>
    </Card>
  );
}

interface AccountProps {
  supplier: Counterparty;
  net: Paise;
  reference: string;
  note: string;
}

function Account({ supplier, net, reference, note }: AccountProps) {
  const { number, ifsc, beneficiaryName, vpa } = supplier.account;
  return (
    <>
      <DescriptionList className="max-w-md">
        <DescriptionItem term="Amount">
          <Mono copy={{ label: "amount", value: toInputText(net) }}>{toFieldText(net)}</Mono>
        </DescriptionItem>
        {beneficiaryName && (
          <DescriptionItem term="Account holder">
            <Copyable label="account holder" value={beneficiaryName} />
          </DescriptionItem>
        )}
        {number && (
          <DescriptionItem term="Account number">
            <Mono copy={{ label: "account number", value: number }}>{number}</Mono>
          </DescriptionItem>
        )}
        {ifsc && (
          <DescriptionItem term="IFSC">
            <Mono copy={{ label: "IFSC", value: ifsc }}>{ifsc}</Mono>
          </DescriptionItem>
        )}
        {vpa && (
          <DescriptionItem term="UPI address">
            <Mono copy={{ label: "UPI address", value: vpa }}>{vpa}</Mono>
          </DescriptionItem>
        )}
      </DescriptionList>
      {vpa && (
        <a
          href={upiLink({ vpa, name: supplier.name, net, reference, note })}
          className="mt-3 inline-flex min-h-6 items-center text-accent-ink text-[0.8125rem] underline underline-offset-4 sm:hidden"
        >
          Open in a UPI app
        </a>
      )}
    </>
  );
}

const noteOf = (bills: readonly PayBill[]) => bills.map((bill) => bill.supplierInvoiceNumber).join(" ");
