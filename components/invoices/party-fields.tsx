"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { counterpartiesQuery, directoryQuery } from "@/features/counterparties/client";
import { b2bIdHint } from "@/features/counterparties/rules";
import type { InvoiceValues } from "@/features/invoices/form";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { IFSC, isGstin } from "@/features/protocol/identifiers";

interface PartyFieldsProps {
  business: string;
  side: InvoiceSideName;
}

/** Who the other party is: chosen from those one trades with, found on Chukta by B2B ID, or entered with account details. */
export function PartyFields({ business, side }: PartyFieldsProps) {
  const { register, control, setValue, formState } = useFormContext<InvoiceValues>();
  const errors = formState.errors.counterparty;
  const party = useWatch({ control, name: "counterparty" });
  const b2bId = useDeferredValue(party.b2bId.trim());
  const known = useQuery(counterpartiesQuery(business, { side }));
  const found = useQuery({ ...directoryQuery(business, b2bId), enabled: b2bId.length >= 6 });
  const mine = known.data?.items.find((one) => one.b2bId === b2bId);
  const here = found.data && found.data.b2bId === b2bId ? found.data : null;
  const name = mine?.name ?? here?.name;
  const isKnown = Boolean(name);
  const who = side === "payable" ? "supplier" : "buyer";
  const gstinWarning =
    party.gstin && !isGstin(party.gstin.trim()) ? "This GSTIN does not look right: please check it." : undefined;
  const ifscWarning = party.bankIfsc && !IFSC.pattern.test(party.bankIfsc.trim()) ? IFSC.words : undefined;
  // Once it is typed to its end: half of one looks odd as well.
  const isTyped = formState.touchedFields.counterparty?.b2bId === true && !isKnown && !errors?.b2bId;
  const b2bIdWarning = isTyped ? b2bIdHint(party.b2bId) : undefined;
  const { isSubmitted } = formState;
  // Whenever it is found, be it after the clerk has gone on: the name can't be typed then.
  useEffect(() => {
    if (name) setValue("counterparty.name", name, { shouldValidate: isSubmitted });
  }, [name, isSubmitted, setValue]);
  const choose = (one: { b2bId: string; name: string }) => {
    setValue("counterparty.b2bId", one.b2bId, { shouldValidate: isSubmitted });
    setValue("counterparty.name", one.name, { shouldValidate: isSubmitted });
  };
  return (
    <>
      {known.data && known.data.items.length > 0 && (
        <Field
          label={side === "payable" ? "Supplier" : "Buyer"}
          hint={mine && !here ? mine.b2bId : undefined}
          className="sm:col-span-2"
        >
          <Select
            value={mine?.b2bId ?? ""}
            onChange={(event) =>
              choose(known.data.items.find((one) => one.b2bId === event.target.value) ?? { b2bId: "", name: "" })
            }
          >
            <option value="">Someone else: by B2B ID, below</option>
            {known.data.items.map((one) => (
              <option key={one.b2bId} value={one.b2bId}>
                {one.name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field
        label={`The ${who}'s B2B ID`}
        hint={
          isKnown
            ? `${name}${here ? ", on Chukta: they see it too" : ""}`
            : side === "payable"
              ? "It stands on their invoices, like 27AAPFU0939F1ZV@BCB."
              : "They can tell you, like 27AAPFU0939F1ZV@BCB. Who is on Chukta is found by it."
        }
        error={errors?.b2bId?.message}
        warning={b2bIdWarning}
        required
      >
        <Input list="known-parties" autoComplete="off" spellCheck={false} {...register("counterparty.b2bId")} />
      </Field>
      <datalist id="known-parties">
        {known.data?.items.map((one) => (
          <option key={one.b2bId} value={one.b2bId}>
            {one.name}
          </option>
        ))}
      </datalist>
      <Field label={`The ${who}'s name`} error={errors?.name?.message} required>
        <Input autoComplete="off" readOnly={isKnown} {...register("counterparty.name")} />
      </Field>
      {side === "payable" && !isKnown && (
        <div className="grid items-start gap-4 sm:col-span-2 sm:grid-cols-2">
          <Field
            label="GSTIN"
            error={errors?.gstin?.message}
            warning={errors?.gstin ? undefined : gstinWarning}
            optional
          >
            <Input autoComplete="off" spellCheck={false} {...register("counterparty.gstin")} />
          </Field>
          <Field label="Account holder" error={errors?.bankBeneficiaryName?.message} optional>
            <Input autoComplete="off" {...register("counterparty.bankBeneficiaryName")} />
          </Field>
          <Field label="Account number" error={errors?.bankAccountNumber?.message} optional>
            <Input inputMode="numeric" autoComplete="off" {...register("counterparty.bankAccountNumber")} />
          </Field>
          <Field
            label="IFSC"
            error={errors?.bankIfsc?.message}
            warning={errors?.bankIfsc ? undefined : ifscWarning}
            optional
          >
            <Input autoComplete="off" spellCheck={false} {...register("counterparty.bankIfsc")} />
          </Field>
          <Field label="UPI address" error={errors?.vpa?.message} optional>
            <Input autoComplete="off" spellCheck={false} {...register("counterparty.vpa")} />
          </Field>
        </div>
      )}
    </>
  );
}
