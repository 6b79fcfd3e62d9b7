"use client";

import { Trash2 } from "lucide-react";
import { type FieldErrors, useWatch } from "react-hook-form";
import { TdsHelper } from "@/components/pay/tds-helper";
import type { PayFormOf } from "@/components/pay/use-pay-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MoneyInput } from "@/components/ui/money-input";
import { Select } from "@/components/ui/select";
import type { PayBill, PaySplitValues } from "@/features/payments/form";
import { SPLIT_NAMES } from "@/features/payments/schema";
import { tdsWarning } from "@/features/payments/tds";
import { paise, parseRupees, ZERO } from "@/lib/money";

interface SplitWords {
  label: string;
  reference: string;
}

const SPLIT_WORDS: Record<(typeof SPLIT_NAMES)[number], SplitWords> = {
  TDS: { label: "TDS", reference: "Its section" },
  DISCOUNT: { label: "Discount", reference: "What for" },
  "CREDIT NOTE": { label: "Credit note", reference: "Its number" },
  ADVANCE: { label: "Advance paid", reference: "Its UTR" },
  OTHER: { label: "Other", reference: "What for" },
};

interface SplitFieldsProps {
  form: PayFormOf;
  /** What is wrong with it. */
  problems: FieldErrors<PaySplitValues> | undefined;
  line: number;
  at: number;
  bill: PayBill;
  onRemove: () => void;
}

/** One adjustment of a bill: what it is, how much, and its reference. */
export function SplitFields({ form, problems, line, at, bill, onRemove }: SplitFieldsProps) {
  const { register, control } = form;
  const path = `lines.${line}.splits.${at}` as const;
  const [name, value, refNo] = useWatch({ control, name: [`${path}.name`, `${path}.valuePaise`, `${path}.refNo`] });
  const words: SplitWords = SPLIT_WORDS[SPLIT_NAMES.find((one) => one === name) ?? "OTHER"];
  const warning = name === "TDS" && tdsWarning(parseRupees(value ?? "") ?? ZERO, refNo ?? "", paise(bill.totalPaise));
  return (
    <div className="rounded-md bg-sunken p-3">
      <div className="grid items-start gap-3 sm:grid-cols-[9rem_minmax(0,1fr)_minmax(0,1fr)_auto]">
        <Field label="Adjustment" error={problems?.name?.message}>
          <Select {...register(`${path}.name`)}>
            {SPLIT_NAMES.map((one) => (
              <option key={one} value={one}>
                {SPLIT_WORDS[one].label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={`${words.label} amount`} error={problems?.valuePaise?.message} warning={warning || undefined}>
          <MoneyInput {...register(`${path}.valuePaise`)} />
        </Field>
        <Field label={<ReferenceLabel of={words.label} />} error={problems?.refNo?.message} optional>
          <Input placeholder={words.reference} {...register(`${path}.refNo`)} />
        </Field>
        <Button
          variant="ghost"
          size="icon"
          className="sm:mt-7"
          aria-label={`Remove ${words.label.toLowerCase()} from ${bill.supplierInvoiceNumber}`}
          onClick={onRemove}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
      {name === "TDS" && <TdsHelper form={form} line={line} split={at} bill={bill} />}
    </div>
  );
}

/** Of which adjustment it is, whoever sees its row needn't read: so that it stays on one line, as high as the labels beside it. */
function ReferenceLabel({ of }: { of: string }) {
  return (
    <>
      <span className="sr-only">{of} </span>
      <span className="inline-block first-letter:uppercase">reference</span>
    </>
  );
}
