"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type UseFormReturn, useForm, useWatch } from "react-hook-form";
import { toast } from "sonner";
import { BegunBefore } from "@/components/ui/begun-before";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormProblems } from "@/components/ui/form-problems";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { OthersChanges } from "@/components/ui/others-changes";
import { useFormDraft } from "@/components/ui/use-form-draft";
import type { CounterpartyDetail } from "@/features/counterparties/api";
import { useChangeCounterparty, useLatestCounterparty } from "@/features/counterparties/client";
import { changedPartySchema, isNewNumber, type PartyValues, partyValuesOf } from "@/features/counterparties/form";
import { isSameAccount } from "@/features/counterparties/rules";
import type { ChangeCounterpartyInput } from "@/features/counterparties/schema";
import { inCapitals, isGstin } from "@/features/protocol/identifiers";
import { problemOfChange, showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";

const FIELDS = {
  name: { label: "Name" },
  gstin: { label: "GSTIN" },
  bankAccountNumber: { label: "Account number" },
  bankIfsc: { label: "IFSC" },
  bankBeneficiaryName: { label: "Account holder" },
  vpa: { label: "UPI address" },
};

interface PartyFormProps {
  business: string;
  /** As it was when the form opened. */
  party: CounterpartyDetail;
  /** Where one came from, and goes back to. */
  backHref: string;
}

/** Corrects a party. A new account number is typed twice: money follows it. */
export function PartyForm({ business, party: opened, backHref }: PartyFormProps) {
  const router = useRouter();
  const [party, setParty] = useState(opened);
  const change = useChangeCounterparty(business, party.b2bId);
  const readLatest = useLatestCounterparty(business, party.b2bId);
  const form = useForm<PartyValues, unknown, ChangeCounterpartyInput>({
    resolver: zodResolver(changedPartySchema(party), { error: issueWords }),
    defaultValues: partyValuesOf(party),
    shouldFocusError: false,
  });
  const draft = useFormDraft(form, `edit:${business}:${party.b2bId}`);
  const { isSubmitting, isSubmitSuccessful } = form.formState;
  function carryOn(latest: CounterpartyDetail) {
    setParty(latest);
    draft.carryOn(partyValuesOf(latest));
  }
  const submit = form.handleSubmit(async (input) => {
    try {
      const saved = await change.mutateAsync(input);
      draft.forget();
      const isMoved = !isSameAccount(saved.account, party.account);
      toast.success(isMoved ? "Saved. Whoever pays them is told of the change for 7 days." : "Saved.");
      router.push(backHref);
      // Else the way back leads to the form as it was before, with a version that is no longer taken.
      router.refresh();
    } catch (error) {
      const problem = await problemOfChange(error, readLatest, carryOn);
      showProblem(problem, form.setError, Object.keys(FIELDS));
    }
  });
  return (
    <>
      {draft.isFilledIn && <BegunBefore what="correction" onBeginAnew={draft.beginAnew} />}
      <OthersChanges changes={draft.othersChanges} fields={FIELDS} />
      <form noValidate onSubmit={submit}>
        <Card className="max-w-3xl">
          <CardBody className="grid items-start gap-4 sm:grid-cols-2">
            <FormProblems formState={form.formState} className="sm:col-span-2" />
            <PartyFields form={form} known={party.account.number} />
          </CardBody>
          <CardFooter>
            <LinkButton href={backHref}>Back</LinkButton>
            <Button type="submit" variant="primary" loading={isSubmitting || isSubmitSuccessful}>
              Save
            </Button>
          </CardFooter>
        </Card>
      </form>
    </>
  );
}

interface PartyFieldsProps {
  form: UseFormReturn<PartyValues, unknown, ChangeCounterpartyInput>;
  /** The account number as it was read. */
  known: string | null;
}

function PartyFields({ form: { register, control, formState }, known }: PartyFieldsProps) {
  const { errors } = formState;
  const [gstin, number] = useWatch({ control, name: ["gstin", "bankAccountNumber"] });
  const odd = gstin.trim() !== "" && !isGstin(inCapitals(gstin));
  const text = { autoComplete: "off", spellCheck: false };
  return (
    <>
      <Field label={FIELDS.name.label} error={errors.name?.message} required>
        <Input autoComplete="off" {...register("name")} />
      </Field>
      <Field
        label={FIELDS.gstin.label}
        error={errors.gstin?.message}
        warning={odd ? "This GSTIN does not look right: please check it." : undefined}
        optional
      >
        <Input {...text} {...register("gstin")} />
      </Field>
      <Field
        label={FIELDS.bankAccountNumber.label}
        hint="From a cancelled cheque, not from a message."
        error={errors.bankAccountNumber?.message}
        optional
      >
        <Input {...text} {...register("bankAccountNumber")} />
      </Field>
      {isNewNumber(number, known) ? (
        <Field label="Account number again" error={errors.again?.message} required>
          <Input {...text} {...register("again")} />
        </Field>
      ) : (
        <div className="hidden sm:block" />
      )}
      <Field label={FIELDS.bankIfsc.label} error={errors.bankIfsc?.message} optional>
        <Input {...text} {...register("bankIfsc")} />
      </Field>
      <Field label={FIELDS.bankBeneficiaryName.label} error={errors.bankBeneficiaryName?.message} optional>
        <Input autoComplete="off" {...register("bankBeneficiaryName")} />
      </Field>
      <Field label={FIELDS.vpa.label} error={errors.vpa?.message} optional>
        <Input {...text} {...register("vpa")} />
      </Field>
    </>
  );
}
