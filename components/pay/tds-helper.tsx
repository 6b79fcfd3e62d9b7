"use client";

import { useState } from "react";
import { GstSelect, SectionOptions } from "@/components/pay/tds-fields";
import type { PayFormOf } from "@/components/pay/use-pay-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { MoneyInput } from "@/components/ui/money-input";
import { Select } from "@/components/ui/select";
import type { PayBill } from "@/features/payments/form";
import { sectionText, TDS_SECTIONS, taxOn } from "@/features/payments/tds";
import { beforeTax, formatRupees, paise, parseRupees, toFieldText } from "@/lib/money";

interface TdsHelperProps {
  form: PayFormOf;
  line: number;
  split: number;
  bill: PayBill;
}

/**
 * Works out TDS from a section's rate and the taxable value; what it fills in can be changed. What it asks is not there before it is
 * opened: with TDS on a hundred bills, most of the page would be lists of sections that nobody sees.
 */
export function TdsHelper(props: TdsHelperProps) {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details className="mt-2 text-[0.8125rem]" onToggle={() => setWasOpened(true)}>
      <summary className="min-h-6 w-fit cursor-pointer text-accent-ink">Work it out</summary>
      {wasOpened && <Helper {...props} />}
    </details>
  );
}

function Helper({ form: { setValue }, line, split, bill }: TdsHelperProps) {
  const [choice, setChoice] = useState(0);
  // Tax is on the value without GST, which only the paper bill says: the whole amount would deduct too much.
  const [base, setBase] = useState("");
  const [gst, setGst] = useState("");
  const taxable = parseRupees(base);
  const section = TDS_SECTIONS[choice];
  const tax = section && taxable !== null ? taxOn(taxable, section.rate) : null;
  function chooseGst(rate: string) {
    setGst(rate);
    if (rate !== "") setBase(toFieldText(beforeTax(paise(bill.totalPaise), Number(rate))));
  }
  function fill() {
    if (!section || tax === null) return;
    const at = `lines.${line}.splits.${split}` as const;
    // Validated, so that what was said of the empty field goes.
    const options = { shouldDirty: true, shouldTouch: true, shouldValidate: true };
    setValue(`${at}.valuePaise`, toFieldText(tax), options);
    setValue(`${at}.refNo`, sectionText(section, bill.issueDate), options);
  }
  return (
    <>
      <div className="mt-2 flex flex-wrap items-start gap-3">
        <Field
          label="What it is for"
          hint={section && `Section ${sectionText(section, bill.issueDate)}`}
          className="w-full sm:w-56"
        >
          <Select value={choice} onChange={(event) => setChoice(Number(event.target.value))}>
            <SectionOptions />
          </Select>
        </Field>
        <GstSelect label="GST in the bill" value={gst} onChange={chooseGst} className="w-full sm:w-28" />
        <Field
          label="Taxable value, without GST"
          hint={`The bill is ${formatRupees(paise(bill.totalPaise))} in all.`}
          className="w-full sm:w-48"
        >
          <MoneyInput value={base} onChange={(event) => setBase(event.target.value)} />
        </Field>
      </div>
      <Button variant="secondary" size="sm" className="mt-3" disabled={tax === null} onClick={fill}>
        {tax === null ? "Fill in" : `Fill in ${formatRupees(tax)}`}
      </Button>
    </>
  );
}
