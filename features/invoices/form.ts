import { z } from "zod";
import type { Invoice } from "@/features/invoices/api";
import { createInvoiceSchema, editInvoiceSchema, type InvoiceSideName } from "@/features/invoices/schema";
import { paise, parseRupees, toFieldText } from "@/lib/money";
import { addDays } from "@/lib/time";

// The form for a bill or an invoice: the amount as people type it, everything else as the server takes it.

// Checked beside the other fields, not before them: all that is wrong is shown at once.
const amountField = z
  .string()
  .transform((text, context): number => {
    const amount = parseRupees(text);
    if (amount !== null) return amount;
    const message =
      text.trim() === ""
        ? "Enter the invoice's amount."
        : "Write an amount like 1,23,456.50, with two decimals at most.";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  })
  .pipe(createInvoiceSchema.shape.totalPaise);

/** The form's schema for a new one; `objectId` is minted once when the form opens. */
export function newInvoiceSchema(side: InvoiceSideName, objectId: string) {
  const { objectId: _id, side: _side, ...fields } = createInvoiceSchema.shape;
  return z
    .object({ ...fields, totalPaise: amountField })
    .transform((values): z.input<typeof createInvoiceSchema> => ({ ...values, side, objectId }))
    .pipe(createInvoiceSchema);
}

/** What the form holds: texts as people type them. */
export type InvoiceValues = z.input<ReturnType<typeof newInvoiceSchema>>;

/** The form's schema for a change; `version` is the one that was read. */
export function changedInvoiceSchema(version: number) {
  const { version: _version, ...fields } = editInvoiceSchema.shape;
  return z
    .object({ ...fields, totalPaise: amountField, counterparty: z.custom<InvoiceValues["counterparty"]>() })
    .transform(({ counterparty: _fixed, ...values }): z.input<typeof editInvoiceSchema> => ({ ...values, version }))
    .pipe(editInvoiceSchema);
}

/** The form as it opens for a new one: today, due in 30 days. */
export function emptyInvoiceValues(today: string): InvoiceValues {
  const counterparty = {
    b2bId: "",
    name: "",
    gstin: "",
    bankAccountNumber: "",
    bankIfsc: "",
    bankBeneficiaryName: "",
    vpa: "",
  };
  return {
    counterparty,
    supplierInvoiceNumber: "",
    description: "",
    issueDate: today,
    dueDate: addDays(today, 30),
    totalPaise: "",
  };
}

/** The form as it opens for a change. */
export function invoiceValuesOf(invoice: Invoice): InvoiceValues {
  const { supplierInvoiceNumber, description, issueDate, dueDate, totalPaise, counterparty } = invoice;
  return {
    ...emptyInvoiceValues(issueDate),
    counterparty: { ...emptyInvoiceValues(issueDate).counterparty, ...counterparty },
    supplierInvoiceNumber,
    description,
    issueDate,
    dueDate,
    totalPaise: toFieldText(paise(totalPaise)),
  };
}
