"use client";

import { ArrowDown } from "lucide-react";
import { FormProvider, useFormContext, useWatch } from "react-hook-form";
import type { Draft } from "@/components/pay/draft";
import { PayAgain } from "@/components/pay/pay-again";
import { PayDetails } from "@/components/pay/pay-details";
import { PayLine } from "@/components/pay/pay-line";
import { PayReview } from "@/components/pay/pay-review";
import { PaySummary } from "@/components/pay/pay-summary";
import { PAY_TO, PayTo } from "@/components/pay/pay-to";
import { StepTitle } from "@/components/pay/step-title";
import { TdsOfAll } from "@/components/pay/tds-of-all";
import { type PayFormEvents, type PayFormOf, usePayForm } from "@/components/pay/use-pay-form";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { FormProblems } from "@/components/ui/form-problems";
import { useFocusOnChange } from "@/components/ui/use-focus-on-change";
import type { Counterparty } from "@/features/counterparties/api";
import type { PaymentDetail } from "@/features/payments/api";
import type { PayBill, PayValues } from "@/features/payments/form";

interface PayFormProps extends PayFormEvents {
  business: string;
  approvalFrom: number | null;
  supplier: Counterparty;
  bills: readonly PayBill[];
  draft: Draft;
  /** The failed or rejected payment that this one takes the place of. */
  again?: PaymentDetail | null | undefined;
}

/** Amounts and details, then a review in words, then it is sent. */
export function PayForm({ business, approvalFrom, supplier, bills, draft, again, ...events }: PayFormProps) {
  const pay = usePayForm({ business, supplierB2BId: supplier.b2bId, bills, draft, ...events });
  const { form, review } = pay;
  const place = useFocusOnChange<HTMLFormElement>(review ? "review" : "form");
  if (review)
    return (
      <PayReview
        business={business}
        approvalFrom={approvalFrom}
        request={review}
        supplier={supplier}
        bills={bills}
        again={again}
        isSameMoney={form.getValues("money") === "same"}
        error={pay.error}
        isSending={pay.isSending}
        onBack={pay.back}
        onSend={() => pay.send(review)}
      />
    );
  return (
    <FormProvider {...form}>
      <form
        ref={place}
        tabIndex={-1}
        noValidate
        onSubmit={pay.toReview}
        className="grid items-start gap-4 outline-none xl:grid-cols-[minmax(0,1fr)_20rem]"
      >
        <div className="flex min-w-0 flex-col gap-4">
          <Problems bills={bills} />
          {again && <PayAgain business={business} payment={again} openedAt={draft.openedAt} />}
          <Lines form={form} business={business} bills={bills} />
          <PayTo business={business} supplier={supplier} bills={bills} reference={draft.objectId} />
          <PayDetails
            business={business}
            supplier={supplier}
            bills={bills}
            own={[draft.objectId, again?.objectId ?? draft.objectId]}
            openedAt={draft.openedAt}
          />
        </div>
        <div className="xl:sticky xl:top-4">
          <PaySummary bills={bills}>
            <Button type="submit" variant="primary" size="lg" className="w-full">
              Review payment
            </Button>
          </PaySummary>
        </div>
      </form>
    </FormProvider>
  );
}

/** The form's fields as they stand on the page. */
const FIELDS = ["money", "lines", "mode", "utr", "paidDay", "paidTime", "type", "root"] as const;

function Problems({ bills }: { bills: readonly PayBill[] }) {
  const { formState, getValues } = useFormContext<PayValues>();
  const { errors, submitCount } = formState;
  const inOrder: typeof errors = Object.fromEntries(FIELDS.map((field) => [field, errors[field]]));
  const about = (name: string) => {
    const index = /^lines\.(\d+)\./.exec(name)?.[1];
    const line = index === undefined || bills.length === 1 ? undefined : getValues("lines")[Number(index)];
    return bills.find(({ id }) => id === line?.invoiceId)?.supplierInvoiceNumber;
  };
  return <FormProblems formState={{ errors: inOrder, submitCount }} about={about} />;
}

/** More bills than these are several screens of a phone: sixty are twenty. Whoever pays them in full goes past them. */
const MANY_LINES = 5;

interface LinesProps {
  form: PayFormOf;
  business: string;
  bills: readonly PayBill[];
}

function Lines({ form, business, bills }: LinesProps) {
  // Which bills they are for, and no more of them: this is drawn anew when one goes, not at each key.
  const invoiceIds = useWatch({
    control: form.control,
    name: "lines",
    compute: (lines: PayValues["lines"]) => lines.map(({ invoiceId }) => invoiceId),
  });
  return (
    <Card>
      <CardHeader
        title={<StepTitle number={1}>How much</StepTitle>}
        description="In full or in part, and what is deducted."
        actions={
          invoiceIds.length > 1 && (
            <>
              <TdsOfAll bills={bills} />
              {invoiceIds.length > MANY_LINES && (
                <Button variant="ghost" size="sm" onClick={() => document.getElementById(PAY_TO)?.focus()}>
                  <ArrowDown aria-hidden /> To step 2
                </Button>
              )}
            </>
          )
        }
      />
      {/* What is wrong with all of them together leads here. */}
      <CardBody id="lines" tabIndex={-1} className="flex flex-col divide-y divide-line">
        {invoiceIds.map((id, index) => {
          const bill = bills.find((one) => one.id === id);
          // Opened anew when a bill goes: the others move up.
          const key = `${id} ${invoiceIds.length}`;
          return bill && <PayLine key={key} form={form} business={business} bill={bill} index={index} />;
        })}
      </CardBody>
    </Card>
  );
}
