"use client";

import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { MoneyInput } from "@/components/ui/money-input";
import { Select } from "@/components/ui/select";
import { type PayBill, type PayValues, TDS_SECTIONS, taxOn } from "@/features/payments/form";
import { paise, parseRupees, toInputText } from "@/lib/money";

/** Works out TDS from a section's rate and the taxable value; what it fills in can be changed. */
export function TdsHelper({ line, split, bill }: { line: number; split: number; bill: PayBill }) {
  const { setValue } = useFormContext<PayValues>();
  const [choice, setChoice] = useState(0);
  const [base, setBase] = useState(toInputText(paise(bill.totalPaise)));
  const taxable = parseRupees(base);
  const section = TDS_SECTIONS[choice];
  function fill() {
    if (!section || taxable === null) return;
    const at = `lines.${line}.splits.${split}` as const;
    const options = { shouldDirty: true, shouldTouch: true };
    setValue(`${at}.valuePaise`, toInputText(taxOn(taxable, section.rate)), options);
    setValue(`${at}.refNo`, section.section, options);
  }
  return (
    <details className="mt-2 text-[0.8125rem]">
      <summary className="min-h-6 w-fit cursor-pointer text-accent-ink">Work it out</summary>
      <div className="mt-2 flex flex-wrap items-end gap-3">
        <Field label="Section" className="w-full sm:w-64">
          <Select value={choice} onChange={(event) => setChoice(Number(event.target.value))}>
            {TDS_SECTIONS.map(({ words }, index) => (
              <option key={words} value={index}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Taxable value, without GST" className="w-full sm:w-48">
          <MoneyInput value={base} onChange={(event) => setBase(event.target.value)} />
        </Field>
        <Button variant="secondary" disabled={taxable === null} onClick={fill}>
          Fill in
        </Button>
      </div>
    </details>
  );
}
