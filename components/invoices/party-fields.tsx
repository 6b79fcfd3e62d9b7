"use client";

import { useFormContext, useWatch } from "react-hook-form";
import { PartyMatches } from "@/components/invoices/party-matches";
import { useFoundName, useParty } from "@/components/invoices/use-party";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { typedB2bIdHint } from "@/features/counterparties/rules";
import type { InvoiceValues } from "@/features/invoices/form";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { IFSC, inCapitals, isGstin } from "@/features/protocol/identifiers";

interface PartyFieldsProps {
  business: string;
  side: InvoiceSideName;
}

/** Who the other party is: chosen from those one trades with, found by B2B ID or name, or entered with account details. */
export function PartyFields({ business, side }: PartyFieldsProps) {
  const { register, control, setValue, setFocus, formState } = useFormContext<InvoiceValues>();
  const errors = formState.errors.counterparty;
  const party = useWatch({ control, name: "counterparty" });
  const { items, hasMore, mine, here, name, meant, matches } = useParty(business, side);
  useFoundName(name);
  const isKnown = name !== undefined;
  const who = side === "payable" ? "supplier" : "buyer";
  const gstinWarning =
    party.gstin && !isGstin(inCapitals(party.gstin)) ? "This GSTIN does not look right: please check it." : undefined;
  const ifscWarning = party.bankIfsc && !IFSC.pattern.test(inCapitals(party.bankIfsc)) ? IFSC.words : undefined;
  // Once it is typed to its end: half of one looks odd as well.
  const isTyped = formState.touchedFields.counterparty?.b2bId === true && !isKnown && !errors?.b2bId;
  const b2bIdWarning = isTyped ? typedB2bIdHint(party.b2bId) : undefined;
  const choose = (b2bId: string) =>
    setValue("counterparty.b2bId", b2bId, { shouldValidate: formState.isSubmitted, shouldDirty: true });
  const isUnlisted = mine && !items.some((one) => one.b2bId === mine.b2bId);
  return (
    <>
      {items.length > 0 && (
        <Field
          label={side === "payable" ? "Supplier" : "Buyer"}
          hint={
            mine
              ? !here && mine.b2bId
              : hasMore && `The first ${items.length} by name. Any other is found below, by name or B2B ID.`
          }
          className="sm:col-span-2"
        >
          <Select value={mine?.b2bId ?? ""} onChange={(event) => choose(event.target.value)}>
            <option value="">Someone else: by B2B ID, below</option>
            {(isUnlisted ? [mine, ...items] : items).map((one) => (
              <option key={one.b2bId} value={one.b2bId}>
                {one.name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div className="flex min-w-0 flex-col gap-1.5">
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
          warning={matches.length > 0 || meant ? undefined : b2bIdWarning}
          required
        >
          <Input
            list={hasMore ? undefined : "known-parties"}
            autoComplete="off"
            spellCheck={false}
            {...register("counterparty.b2bId")}
          />
        </Field>
        <PartyMatches
          parties={matches}
          onChoose={({ b2bId }) => {
            choose(b2bId);
            setFocus("counterparty.b2bId");
          }}
        />
        {meant && (
          <Alert
            tone="warning"
            live
            title={`${meant.name} is ${meant.b2bId}`}
            actions={
              <Button
                size="sm"
                variant="secondary"
                onClick={() => {
                  choose(meant.b2bId);
                  setFocus("counterparty.b2bId");
                }}
              >
                Use that
              </Button>
            }
          >
            Written otherwise it is somebody else's, who would get the{" "}
            {side === "payable" ? "payment's message" : "invoice"}.
          </Alert>
        )}
        <datalist id="known-parties">
          {items.map((one) => (
            <option key={one.b2bId} value={one.b2bId}>
              {one.name}
            </option>
          ))}
        </datalist>
      </div>
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
