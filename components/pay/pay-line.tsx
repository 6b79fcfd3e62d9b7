"use client";

import { Plus, Trash2 } from "lucide-react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { TdsHelper } from "@/components/pay/tds-helper";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FieldNotes } from "@/components/ui/field-notes";
import { Input } from "@/components/ui/input";
import { Money } from "@/components/ui/money";
import { MoneyInput } from "@/components/ui/money-input";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { lineAmounts, newSplit, type PayBill, type PayValues } from "@/features/payments/form";
import { SPLIT_NAMES } from "@/features/payments/schema";
import { paise } from "@/lib/money";
import { formatDay } from "@/lib/time";

const SPLIT_WORDS: Record<(typeof SPLIT_NAMES)[number], { label: string; reference: string }> = {
  TDS: { label: "TDS", reference: "Section, like 194Q" },
  DISCOUNT: { label: "Discount", reference: "What for" },
  "CREDIT NOTE": { label: "Credit note", reference: "Its number" },
  ADVANCE: { label: "Advance paid", reference: "Its UTR" },
  OTHER: { label: "Other", reference: "What for" },
};

/** One bill of the payment: in full or in part, and its adjustments. */
export function PayLine({ bill, index }: { bill: PayBill; index: number }) {
  const { register, control, formState } = useFormContext<PayValues>();
  const { fields, append, remove } = useFieldArray({ control, name: `lines.${index}.splits` });
  const line = useWatch({ control, name: `lines.${index}` });
  const errors = formState.errors.lines?.[index] as
    | (Partial<Record<"netPaise" | "adjustmentPaise" | "invoiceId", { message?: string }>> & {
        splits?: { name?: { message?: string }; valuePaise?: { message?: string }; refNo?: { message?: string } }[];
      })
    | undefined;
  const number = bill.supplierInvoiceNumber;
  const amounts = lineAmounts(line, bill);
  return (
    <fieldset className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
      <legend className="sr-only">Bill {number}</legend>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4">
        <p className="min-w-0 break-words">
          <span className="font-semibold">{number}</span>{" "}
          <span className="whitespace-nowrap text-[0.8125rem] text-muted">due {formatDay(bill.dueDate)}</span>
          {bill.description && <span className="block truncate text-[0.8125rem] text-muted">{bill.description}</span>}
        </p>
        <p className="text-right">
          <Money paise={paise(bill.duePaise)} className="font-semibold" />
          <span className="block text-[0.8125rem] text-muted">still due</span>
        </p>
      </div>
      {errors?.invoiceId?.message && <FieldNotes id={`line-${index}-bill`} error={errors.invoiceId.message} />}
      <div className="flex flex-wrap items-end gap-3">
        <Segmented
          label={`Pay ${number}`}
          options={[
            { value: "full", label: "In full" },
            { value: "part", label: "In part" },
          ]}
          {...register(`lines.${index}.extent`)}
        />
        {line.extent === "part" && (
          <Field label={`Amount paid for ${number}`} error={errors?.netPaise?.message} className="w-full sm:w-56">
            <MoneyInput {...register(`lines.${index}.netPaise`)} />
          </Field>
        )}
      </div>
      {line.extent === "full" && errors?.netPaise?.message && (
        <FieldNotes id={`line-${index}-net`} error={errors.netPaise.message} />
      )}
      {fields.map((field, at) => {
        const name = (line.splits[at]?.name ?? "OTHER") as (typeof SPLIT_NAMES)[number];
        const words = SPLIT_WORDS[name] ?? SPLIT_WORDS.OTHER;
        const problems = errors?.splits?.[at];
        return (
          <div key={field.id} className="rounded-md bg-sunken p-3">
            <div className="grid items-start gap-3 sm:grid-cols-[9rem_minmax(0,1fr)_minmax(0,1fr)_auto]">
              <Field label="Adjustment" error={problems?.name?.message}>
                <Select {...register(`lines.${index}.splits.${at}.name`)}>
                  {SPLIT_NAMES.map((one) => (
                    <option key={one} value={one}>
                      {SPLIT_WORDS[one].label}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label={`${words.label} amount`} error={problems?.valuePaise?.message}>
                <MoneyInput {...register(`lines.${index}.splits.${at}.valuePaise`)} />
              </Field>
              <Field label={`${words.label} reference`} error={problems?.refNo?.message} optional>
                <Input placeholder={words.reference} {...register(`lines.${index}.splits.${at}.refNo`)} />
              </Field>
              <Button
                variant="ghost"
                size="icon"
                className="sm:mt-7"
                aria-label={`Remove ${words.label.toLowerCase()} from ${number}`}
                onClick={() => remove(at)}
              >
                <Trash2 aria-hidden />
              </Button>
            </div>
            {name === "TDS" && <TdsHelper line={index} split={at} bill={bill} />}
          </div>
        );
      })}
      {errors?.adjustmentPaise?.message && (
        <FieldNotes id={`line-${index}-adjustment`} error={errors.adjustmentPaise.message} />
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="flex flex-wrap gap-1">
          <Button
            variant="ghost"
            size="sm"
            aria-label={`Deduct TDS from ${number}`}
            onClick={() => append(newSplit("TDS"))}
          >
            <Plus aria-hidden /> TDS
          </Button>
          <Button
            variant="ghost"
            size="sm"
            aria-label={`Add another adjustment to ${number}`}
            onClick={() => append(newSplit("DISCOUNT"))}
          >
            <Plus aria-hidden /> Other adjustment
          </Button>
        </span>
        <p className="text-[0.8125rem] text-muted" aria-live="polite">
          <Money paise={amounts.net} className="font-medium text-ink" /> paid
          {amounts.adjustment > 0 && (
            <>
              {" + "}
              <Money paise={amounts.adjustment} className="font-medium text-ink" /> adjusted
            </>
          )}
          {" = "}
          <Money paise={amounts.total} className="font-medium text-ink" /> settled
        </p>
      </div>
    </fieldset>
  );
}
