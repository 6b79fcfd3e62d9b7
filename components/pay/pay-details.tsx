"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormContext, useWatch } from "react-hook-form";
import { PlatformChoice } from "@/components/pay/platform-choice";
import { StepTitle } from "@/components/pay/step-title";
import { TakenLinks } from "@/components/pay/taken-links";
import { WarningList } from "@/components/pay/warning-list";
import { useToday } from "@/components/today";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DateInput, dayInWords } from "@/components/ui/date-input";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useSettled } from "@/components/ui/use-settled";
import type { Counterparty } from "@/features/counterparties/api";
import { cashBefore, cashQuery, toOthers, utrOfAllQuery, utrQuery } from "@/features/payments/client";
import { isFilledInBefore } from "@/features/payments/details";
import { isPaymentMode, type PayBill, type PayValues, payAmounts } from "@/features/payments/form";
import { referenceWords } from "@/features/payments/reference";
import { cashWarning, dayWarning } from "@/features/payments/warnings";
import { MODE_LABELS, PAYMENT_MODES } from "@/features/protocol/status-words";
import { utrWarning } from "@/features/protocol/utr";
import { parseDay } from "@/lib/time";

interface PayDetailsProps {
  business: string;
  supplier: Counterparty;
  bills: readonly PayBill[];
  /** The payment's own id, and that of the one whose place it takes: neither is another use of its UTR. */
  own: readonly string[];
  /** When the form was opened, which is what day and time began with. */
  openedAt: string;
}

/** How, when and under which reference it was paid: what the supplier is told. */
export function PayDetails({ business, supplier, bills, own, openedAt }: PayDetailsProps) {
  const { register, control, formState } = useFormContext<PayValues>();
  const { errors } = formState;
  const [mode, paidDay, paidTime, lines] = useWatch({ control, name: ["mode", "paidDay", "paidTime", "lines"] });
  const today = useToday();
  const { net, adjustment } = payAmounts(lines, bills);
  const isAdjusted = net === 0 && adjustment > 0;
  const ofDay = useQuery(cashQuery(business, { supplier: supplier.b2bId, mode, day: paidDay }));
  const old = parseDay(paidDay) && paidDay <= today ? dayWarning(paidDay, bills, today) : null;
  const overnight = isFilledInBefore({ paidDay, paidTime }, new Date(openedAt), today)
    ? "This form was opened on that day. Is it also the day you paid?"
    : undefined;
  return (
    <Card>
      <CardHeader
        title={<StepTitle number={3}>Tell the supplier</StepTitle>}
        description={isAdjusted ? undefined : "How you paid, and the reference that they will look for."}
      />
      <CardBody className="flex flex-col gap-4">
        {isAdjusted && (
          <Alert tone="info" title="No money moves, but the network asks for a mode and a reference">
            Choose the mode that you usually pay by, and write what explains it: the credit note’s number, or your own
            voucher’s.
          </Alert>
        )}
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label="Mode" error={errors.mode?.message} required>
            <Select {...register("mode")}>
              <option value="">Choose</option>
              {PAYMENT_MODES.map((one) => (
                <option key={one} value={one}>
                  {MODE_LABELS[one]}
                </option>
              ))}
            </Select>
          </Field>
          <UtrField business={business} supplier={supplier} own={own} isAdjusted={isAdjusted} />
          <Field
            label="Day paid"
            hint={dayInWords(paidDay)}
            error={errors.paidDay?.message}
            warning={old ?? overnight}
            required
          >
            <DateInput max={today} {...register("paidDay")} />
          </Field>
          <Field label="Time, in India" error={errors.paidTime?.message} required>
            <Input type="time" {...register("paidTime")} />
          </Field>
        </div>
        <WarningList warnings={[cashWarning(mode, net, paidDay, cashBefore(ofDay.data?.items ?? [], own))]} />
        <PlatformChoice supplier={supplier.name} />
      </CardBody>
    </Card>
  );
}

interface UtrFieldProps extends Omit<PayDetailsProps, "bills" | "openedAt"> {
  /** Nothing is paid in money. */
  isAdjusted: boolean;
}

function UtrField({ business, supplier, own, isAdjusted }: UtrFieldProps) {
  const { register, control, formState } = useFormContext<PayValues>();
  const [mode, typed] = useWatch({ control, name: ["mode", "utr"] });
  const utr = useSettled(typed.trim());
  const used = useQuery(utrQuery(business, utr, supplier.b2bId));
  const before = used.data?.usedBy.filter(({ objectId }) => !own.includes(objectId)) ?? [];
  const ofAll = useQuery(utrOfAllQuery(business, utr));
  const others = isAdjusted ? [] : toOthers(ofAll.data?.usedBy, supplier.b2bId);
  const shape = isPaymentMode(mode) && !isAdjusted ? utrWarning(mode, typed) : null;
  const repeated = before.length > 0 && (
    <>
      You used this one before: <TakenLinks business={business} payments={before} />. Is this another payment?
    </>
  );
  const elsewhere = others[0] && (
    <>
      You used this one for {others[0].counterparty.name}: <TakenLinks business={business} payments={others} />. Is it
      the right one?
    </>
  );
  return (
    <Field
      label={isAdjusted ? "Reference" : referenceWords(mode).label}
      error={formState.errors.utr?.message}
      warning={repeated || elsewhere || shape || undefined}
      required
    >
      <Input autoComplete="off" spellCheck={false} className="font-mono" {...register("utr")} />
    </Field>
  );
}
