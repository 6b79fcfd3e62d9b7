"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DateInput } from "@/components/ui/date-input";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { Input } from "@/components/ui/input";
import { RadioCard } from "@/components/ui/radio-card";
import { Select } from "@/components/ui/select";
import type { Counterparty } from "@/features/counterparties/api";
import { utrQuery } from "@/features/payments/client";
import { type PayBill, type PayValues, payAmounts } from "@/features/payments/form";
import { MODE_LABELS, PAYMENT_MODES } from "@/features/protocol/status-words";
import { utrWarning } from "@/features/protocol/utr";
import { formatRupees, paise } from "@/lib/money";
import { formatDate, toIstDay } from "@/lib/time";

/** ₹10,000 a day: above it an expense paid in cash is disallowed (40A(3)). ₹2,00,000: barred altogether (269ST). In paise. */
const CASH_DISALLOWED = 10_000_00;
const CASH_BARRED = 2_00_000_00;

interface PayDetailsProps {
  business: string;
  supplier: Counterparty;
  bills: readonly PayBill[];
}

/** How, when and under which reference it was paid. */
export function PayDetails({ business, supplier, bills }: PayDetailsProps) {
  const { register, control, formState } = useFormContext<PayValues>();
  const { errors } = formState;
  const values = useWatch({ control }) as PayValues;
  const utr = useDeferredValue(values.utr.trim());
  const used = useQuery(utrQuery(business, utr, supplier.b2bId));
  const before = used.data?.usedBy[0];
  const shape = values.mode ? utrWarning(values.mode, values.utr) : null;
  const repeated =
    before &&
    `You used this one before, for ${formatRupees(paise(before.totalPaise))} on ${formatDate(new Date(before.paidAt))}. Is this another payment?`;
  return (
    <Card>
      <CardHeader title="How it was paid" />
      <CardBody className="flex flex-col gap-4">
        <FieldGroup legend="Where" error={errors.type?.message}>
          <div className="grid gap-2 sm:grid-cols-2">
            <RadioCard
              {...register("type")}
              value="OFFPLATFORM"
              label="Off the platform"
              description="You paid from your bank, by cheque or in cash. The supplier looks for it and confirms or rejects."
            />
            <RadioCard
              {...register("type")}
              value="ONPLATFORM"
              label="On the platform"
              description="The money went through Bharat Connect's operator. The supplier can only confirm."
            />
          </div>
        </FieldGroup>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label="Mode" error={errors.mode?.message} required>
            <Select {...register("mode")}>
              <option value="">Choose</option>
              {PAYMENT_MODES.map((mode) => (
                <option key={mode} value={mode}>
                  {MODE_LABELS[mode]}
                </option>
              ))}
            </Select>
          </Field>
          <Field
            label={values.mode === "CHEQUE" ? "Cheque number" : "UTR or reference"}
            error={errors.utr?.message}
            warning={repeated ?? shape ?? undefined}
            required
          >
            <Input autoComplete="off" spellCheck={false} className="font-mono" {...register("utr")} />
          </Field>
          <Field label="Day paid" error={errors.paidDay?.message} required>
            <DateInput max={toIstDay(new Date())} {...register("paidDay")} />
          </Field>
          <Field label="Time, in India" error={errors.paidTime?.message} required>
            <Input type="time" {...register("paidTime")} />
          </Field>
        </div>
        {values.mode === "CASH" && <CashWarning net={payAmounts(values.lines, bills).net} />}
      </CardBody>
    </Card>
  );
}

function CashWarning({ net }: { net: number }) {
  if (net >= CASH_BARRED)
    return (
      <Alert tone="danger" title="₹2,00,000 or more in cash from one person in a day is barred" live>
        Section 269ST: the penalty is as high as the amount. Pay by bank transfer instead.
      </Alert>
    );
  if (net > CASH_DISALLOWED)
    return (
      <Alert tone="warning" title="More than ₹10,000 in cash in a day is not allowed as an expense" live>
        Section 40A(3). Consider a bank transfer.
      </Alert>
    );
  return null;
}
