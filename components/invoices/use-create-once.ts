import { useRef } from "react";
import type { Invoice } from "@/features/invoices/api";
import { useCreateInvoice } from "@/features/invoices/client";
import type { CreateInvoiceInput } from "@/features/invoices/schema";
import { ProblemError } from "@/lib/http/client";

/** Whether the id was used with other content: by this form, whose reply was lost, and then changed. */
const isOtherContent = (error: unknown) =>
  error instanceof ProblemError && error.status === 409 && error.fields.some(({ path }) => path === "objectId");

/**
 * Sends a new invoice, as often as somebody presses "save". When an earlier try did arrive, and something was changed since, what that
 * try made is the answer: it is asked for again as it was, which changes nothing.
 */
export function useCreateOnce(business: string) {
  const create = useCreateInvoice(business);
  const unanswered = useRef<CreateInvoiceInput[]>([]);

  /** @throws ProblemError; of a refusal because of the id only where no earlier try explains it */
  async function send(input: CreateInvoiceInput): Promise<{ invoice: Invoice; isEarlier: boolean }> {
    try {
      return { invoice: await create.mutateAsync(input), isEarlier: false };
    } catch (error) {
      if (isOtherContent(error)) return { invoice: await findEarlier(error), isEarlier: true };
      if (error instanceof ProblemError && error.mayPass) unanswered.current.push(input);
      throw error;
    }
  }

  async function findEarlier(refusal: unknown): Promise<Invoice> {
    for (const input of unanswered.current) {
      try {
        return await create.mutateAsync(input);
      } catch (error) {
        if (!isOtherContent(error)) throw error;
      }
    }
    throw refusal;
  }

  return send;
}
