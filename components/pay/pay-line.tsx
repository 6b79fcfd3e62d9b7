"use client";

import { Plus } from "lucide-react";
import { memo, useRef } from "react";
import { useFieldArray, useFormState, useWatch } from "react-hook-form";
import { SplitFields } from "@/components/pay/split-fields";
import { TakenLinks } from "@/components/pay/taken-links";
import type { PayFormOf } from "@/components/pay/use-pay-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FieldNotes } from "@/components/ui/field-notes";
import { Money } from "@/components/ui/money";
import { MoneyInput } from "@/components/ui/money-input";
import { Segmented } from "@/components/ui/segmented";
import { lineAmounts, newSplit, type PayBill, type PayLineValues } from "@/features/payments/form";
import { paise } from "@/lib/money";
import { formatDay } from "@/lib/time";

interface PayLineProps {
  /** The whole form's, the same at each of its renders. */
  form: PayFormOf;
  business: string;
  bill: PayBill;
  /** Its place in the form's lines. */
  index: number;
}

/** What a line may be told of besides its own fields: of its bill, and of all its adjustments. */
type LineErrors = Partial<Record<"netPaise" | "adjustmentPaise" | "invoiceId", { message?: string }>> | undefined;

/**
 * One bill of the payment: in full or in part, and its adjustments. It hears of its own values and errors alone, not of the form's
 * (`useFormContext`): beside a hundred others each key would wait for all of them.
 */
export const PayLine = memo(function PayLine({ form, business, bill, index }: PayLineProps) {
  const { register, control } = form;
  const { fields, append, remove } = useFieldArray({ control, name: `lines.${index}.splits` });
  const line = useWatch({ control, name: `lines.${index}` });
  const formErrors = useFormState({ control, name: `lines.${index}` }).errors.lines?.[index];
  const errors: LineErrors = formErrors;
  const number = bill.supplierInvoiceNumber;
  const addButton = useRef<HTMLButtonElement>(null);
  const at = (field: keyof NonNullable<LineErrors>) => ({
    name: `lines.${index}.${field}`,
    error: errors?.[field]?.message,
  });
  return (
    <fieldset className="min-w-0 py-4 first:pt-0 last:pb-0">
      <legend className="sr-only">Bill {number}</legend>
      {/* Out of sight it isn't laid out. Room at its edges for the ring of what has the focus, which would be cut off there. */}
      <div className="-m-1.5 flex flex-col gap-3 p-1.5 [contain-intrinsic-size:auto_10.5rem] [content-visibility:auto] sm:[contain-intrinsic-size:auto_8.25rem]">
        <BillHead business={business} bill={bill} />
        <LineNote {...at("invoiceId")} />
        <Segmented
          label={`Pay ${number}`}
          options={[
            { value: "full", label: "In full" },
            { value: "part", label: "In part" },
          ]}
          {...register(`lines.${index}.extent`)}
        />
        {line.extent === "part" ? (
          <Field label={`Amount paid for ${number}`} error={errors?.netPaise?.message} className="w-full sm:w-56">
            <MoneyInput {...register(`lines.${index}.netPaise`)} />
          </Field>
        ) : (
          <LineNote {...at("netPaise")} />
        )}
        {fields.map((field, place) => (
          <SplitFields
            key={field.id}
            form={form}
            problems={formErrors?.splits?.[place]}
            line={index}
            at={place}
            bill={bill}
            onRemove={() => {
              remove(place);
              addButton.current?.focus();
            }}
          />
        ))}
        <LineNote {...at("adjustmentPaise")} />
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="flex flex-wrap gap-1">
            <Button
              variant="ghost"
              size="sm"
              aria-label={`Deduct TDS from ${number}`}
              // What it is has been said: the amount comes next.
              onClick={() =>
                append(newSplit("TDS"), { focusName: `lines.${index}.splits.${fields.length}.valuePaise` })
              }
            >
              <Plus aria-hidden /> TDS
            </Button>
            <Button
              ref={addButton}
              variant="ghost"
              size="sm"
              // Begins with what is written on it: by voice one presses it with those words.
              aria-label={`Other adjustment to ${number}`}
              onClick={() => append(newSplit("DISCOUNT"))}
            >
              <Plus aria-hidden /> Other adjustment
            </Button>
          </span>
          <LineSum line={line} bill={bill} />
        </div>
      </div>
    </fieldset>
  );
});

/** What no field of the line explains; its id is the error's name, by which the list of all that is wrong leads here. */
function LineNote({ name, error }: { name: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <div id={name} tabIndex={-1} className="rounded-sm">
      <FieldNotes id={name} error={error} />
    </div>
  );
}

function BillHead({ business, bill }: { business: string; bill: PayBill }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4">
      <div className="min-w-0 break-words">
        <span className="font-semibold">{bill.supplierInvoiceNumber}</span>{" "}
        <span className="whitespace-nowrap text-[0.8125rem] text-muted">due {formatDay(bill.dueDate)}</span>
        {bill.description && <p className="truncate text-[0.8125rem] text-muted">{bill.description}</p>}
        {bill.taken.length > 0 && (
          <p className="text-[0.8125rem] text-muted">
            Paid or on its way: <TakenLinks business={business} payments={bill.taken} />
          </p>
        )}
      </div>
      <p className="text-right">
        <Money paise={paise(bill.duePaise)} className="font-semibold" />
        <span className="block text-[0.8125rem] text-muted">still due</span>
      </p>
    </div>
  );
}

function LineSum({ line, bill }: { line: PayLineValues; bill: PayBill }) {
  const { net, adjustment, total } = lineAmounts(line, bill);
  return (
    <p className="text-[0.8125rem] text-muted" aria-live="polite">
      <Money paise={net} className="font-medium text-ink" /> in money
      {adjustment > 0 && (
        <>
          {" + "}
          <Money paise={adjustment} className="font-medium text-ink" /> adjusted
        </>
      )}
      {" = "}
      <Money paise={total} className="font-medium text-ink" /> settled
    </p>
  );
}
