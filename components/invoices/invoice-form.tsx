"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { FormProvider, type UseFormReturn, useForm, useFormContext, useWatch } from "react-hook-form";
import { toast } from "sonner";
import { CameBack } from "@/components/invoices/invoice-answer";
import { PartyFields } from "@/components/invoices/party-fields";
import { useCreateOnce } from "@/components/invoices/use-create-once";
import { useToday } from "@/components/today";
import { BegunBefore } from "@/components/ui/begun-before";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { DateInput, dayInWords } from "@/components/ui/date-input";
import { Field } from "@/components/ui/field";
import { FormProblems } from "@/components/ui/form-problems";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { MoneyInput } from "@/components/ui/money-input";
import { OthersChanges } from "@/components/ui/others-changes";
import { TextLink } from "@/components/ui/text-link";
import { useFormDraft } from "@/components/ui/use-form-draft";
import type { Invoice } from "@/features/invoices/api";
import { useEditInvoice, useLatestInvoice } from "@/features/invoices/client";
import {
  changedInvoiceSchema,
  emptyInvoiceValues,
  type InvoiceValues,
  invoiceValuesOf,
  newInvoiceSchema,
} from "@/features/invoices/form";
import type { CreateInvoiceInput, EditInvoiceInput, InvoiceSideName } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";
import { ProblemError, problemOfChange, showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";
import { mintInvoiceObjectId } from "@/lib/ids";
import { formatDay } from "@/lib/time";

const FIELDS = {
  supplierInvoiceNumber: { label: "Invoice number" },
  totalPaise: { label: "Amount, with GST", show: (text: string) => `₹${text}` },
  issueDate: { label: "Invoice date", show: formatDay },
  dueDate: { label: "Due date", show: formatDay },
  description: { label: "What it is for" },
};

/** Those that the server may find something wrong with. */
const CHECKED = ["counterparty", ...Object.keys(FIELDS)];

/** The invoice that is in the way of one that was refused. */
const inTheWay = (error: unknown): string | null =>
  (error instanceof ProblemError && error.fields.find(({ invoiceId }) => invoiceId)?.invoiceId) || null;

/** Whether somebody has typed more of a new one than days, which stand there from the first. */
function isBegun({ counterparty, supplierInvoiceNumber, description, totalPaise }: InvoiceValues): boolean {
  const texts = [supplierInvoiceNumber, description, totalPaise, ...Object.values(counterparty)];
  return texts.some((text) => text?.trim());
}

/** A bill that came on paper, or an invoice to raise. The id is minted once, so that a second press makes no second one. */
export function NewInvoiceForm({ business, side }: { business: string; side: InvoiceSideName }) {
  const today = useToday();
  const router = useRouter();
  const [objectId] = useState(mintInvoiceObjectId);
  const [empty] = useState(() => emptyInvoiceValues(today));
  const [duplicateOf, setDuplicateOf] = useState<string | null>(null);
  const sendOnce = useCreateOnce(business);
  const form = useForm<InvoiceValues, unknown, CreateInvoiceInput>({
    resolver: zodResolver(newInvoiceSchema(side, objectId), { error: issueWords }),
    defaultValues: empty,
    shouldFocusError: false,
  });
  const { isDirty, defaultValues } = form.formState;
  // Opened yesterday, and nothing typed since: it begins with today.
  useEffect(() => {
    if (!isDirty && defaultValues?.issueDate !== today) form.reset(emptyInvoiceValues(today));
  }, [form, isDirty, defaultValues, today]);
  const draft = useFormDraft(form, `new:${business}:${side}`, isBegun);
  const submit = form.handleSubmit(async (input) => {
    try {
      const { invoice, isEarlier } = await sendOnce(input);
      draft.forget();
      const what = side === "payable" ? "bill" : "invoice";
      if (isEarlier)
        toast.info(`This ${what} had been saved already. What you changed since was not.`, { duration: 15_000 });
      else toast.success(side === "payable" ? "The bill is in your list." : "The invoice is raised.");
      router.push(`/b/${business}/${SIDE_WORDS[side].many}/${invoice.id}`);
      // Else the way back leads to pages that don't know of it yet.
      router.refresh();
    } catch (error) {
      setDuplicateOf(inTheWay(error));
      showProblem(error, form.setError, CHECKED);
    }
  });
  return (
    <>
      {draft.isFilledIn && <BegunBefore what={SIDE_WORDS[side].one} onBeginAnew={draft.beginAnew} />}
      <InvoiceForm
        form={form}
        business={business}
        side={side}
        onSubmit={submit}
        backHref={`/b/${business}/${SIDE_WORDS[side].many}`}
        saveLabel={side === "payable" ? "Add bill" : "Raise invoice"}
        duplicateOf={duplicateOf}
        hasParty
      />
    </>
  );
}

interface EditInvoiceFormProps {
  business: string;
  /** As it was when the form opened. */
  invoice: Invoice;
}

/** A change, while no money has touched it. */
export function EditInvoiceForm({ business, invoice: opened }: EditInvoiceFormProps) {
  const router = useRouter();
  const [invoice, setInvoice] = useState(opened);
  const [duplicateOf, setDuplicateOf] = useState<string | null>(null);
  const edit = useEditInvoice(business, invoice.id);
  const readLatest = useLatestInvoice(business, invoice.id);
  const form = useForm<InvoiceValues, unknown, EditInvoiceInput>({
    resolver: zodResolver(changedInvoiceSchema(invoice.version), { error: issueWords }),
    defaultValues: invoiceValuesOf(invoice),
    shouldFocusError: false,
  });
  const draft = useFormDraft(form, `edit:${business}:${invoice.id}`);
  const backHref = `/b/${business}/${SIDE_WORDS[invoice.side].many}/${invoice.id}`;
  const isReturned = invoice.status === "RETURNED";
  function carryOn(latest: Invoice) {
    setInvoice(latest);
    draft.carryOn(invoiceValuesOf(latest));
  }
  const submit = form.handleSubmit(async (input) => {
    try {
      await edit.mutateAsync(input);
      draft.forget();
      toast.success(isReturned ? `Saved, and sent to ${invoice.counterparty.name} again.` : "Saved.");
      router.push(backHref);
      // Else the way back leads to the form as it was before, with a version that is no longer taken.
      router.refresh();
    } catch (error) {
      setDuplicateOf(inTheWay(error));
      showProblem(await problemOfChange(error, readLatest, carryOn), form.setError, CHECKED);
    }
  });
  return (
    <>
      {draft.isFilledIn && <BegunBefore what="change" onBeginAnew={draft.beginAnew} />}
      <OthersChanges changes={draft.othersChanges} fields={FIELDS} />
      {isReturned && (
        <div className="mb-4 max-w-3xl">
          <CameBack invoice={invoice} />
        </div>
      )}
      <InvoiceForm
        form={form}
        business={business}
        side={invoice.side}
        onSubmit={submit}
        backHref={backHref}
        saveLabel={isReturned ? "Save and send again" : "Save changes"}
        duplicateOf={duplicateOf}
      />
    </>
  );
}

interface InvoiceFormProps<Output> {
  form: UseFormReturn<InvoiceValues, unknown, Output>;
  business: string;
  side: InvoiceSideName;
  onSubmit: () => void;
  backHref: string;
  saveLabel: string;
  /** The invoice that has this number already, once the server said so. */
  duplicateOf: string | null;
  /** The other party can be chosen: only for a new one. */
  hasParty?: boolean;
}

function InvoiceForm<Output>({
  form,
  business,
  side,
  onSubmit,
  backHref,
  saveLabel,
  duplicateOf,
  hasParty,
}: InvoiceFormProps<Output>) {
  const { register, formState } = form;
  // Also once it is saved, until its page is there: whoever presses again would be told that somebody else was faster.
  const { errors, isSubmitting, isSubmitSuccessful } = formState;
  const wrongNumber = errors.supplierInvoiceNumber;
  const numberError =
    wrongNumber?.type === "server" && duplicateOf ? (
      <>
        {wrongNumber.message}{" "}
        <TextLink href={`/b/${business}/${SIDE_WORDS[side].many}/${duplicateOf}`} className="inline-block py-0.5">
          Look at it
        </TextLink>
      </>
    ) : (
      wrongNumber?.message
    );
  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Card className="max-w-3xl">
          <CardBody className="grid items-start gap-4 sm:grid-cols-2">
            <FormProblems formState={formState} className="sm:col-span-2" />
            {hasParty && <PartyFields business={business} side={side} />}
            <Field label={FIELDS.supplierInvoiceNumber.label} error={numberError} required>
              <Input autoComplete="off" spellCheck={false} {...register("supplierInvoiceNumber")} />
            </Field>
            <Field label={FIELDS.totalPaise.label} error={errors.totalPaise?.message} required>
              <MoneyInput {...register("totalPaise")} />
            </Field>
            <DayField name="issueDate" />
            <DayField name="dueDate" />
            <Field
              label={FIELDS.description.label}
              error={errors.description?.message}
              optional
              className="sm:col-span-2"
            >
              <Input autoComplete="off" {...register("description")} />
            </Field>
          </CardBody>
          <CardFooter>
            <LinkButton href={backHref}>Back</LinkButton>
            <Button type="submit" variant="primary" loading={isSubmitting || isSubmitSuccessful}>
              {saveLabel}
            </Button>
          </CardFooter>
        </Card>
      </form>
    </FormProvider>
  );
}

/** A day, said in words too: the browser may write 5 December as 12/05. */
function DayField({ name }: { name: "issueDate" | "dueDate" }) {
  const { register, control, formState } = useFormContext<InvoiceValues>();
  const day = useWatch({ control, name });
  return (
    <Field label={FIELDS[name].label} hint={dayInWords(day)} error={formState.errors[name]?.message} required>
      <DateInput {...register(name)} />
    </Field>
  );
}
