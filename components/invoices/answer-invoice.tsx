"use client";

import { Undo2, X } from "lucide-react";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { AnswerInvoiceForm } from "@/components/invoices/answer-invoice-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { focusMain } from "@/components/ui/focus-main";
import type { Invoice } from "@/features/invoices/api";
import type { InvoiceResponse } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";

interface Asked {
  response: InvoiceResponse;
  /** As it was looked at when the window opened: what has changed behind it since is not answered with it. */
  version: number;
}

function meaningOf(response: InvoiceResponse, { counterparty, side }: Invoice): string {
  const { one: what } = SIDE_WORDS[side];
  return response === "RETURN"
    ? `${counterparty.name} reads what is wrong and can correct it. Until then this ${what} can't be paid.`
    : `For one that isn't yours: ${counterparty.name} reads why, and can only cancel it. It can't be paid. If something in it is wrong, return it instead.`;
}

/**
 * Returns or rejects what the other party wrote, after asking for remarks. It stays while its window closes, when there is nothing to
 * answer any more.
 */
export function AnswerInvoice({ business, invoice }: { business: string; invoice: Invoice }) {
  const [asked, setAsked] = useState<Asked>({ response: "RETURN", version: invoice.version });
  const [open, setOpen] = useState(false);
  const [isSending, setSending] = useState(false);
  const hasAnswered = useRef(false);
  const isReturn = asked.response === "RETURN";
  const { one: what } = SIDE_WORDS[invoice.side];

  function ask(response: InvoiceResponse) {
    hasAnswered.current = false;
    setAsked({ response, version: invoice.version });
    setOpen(true);
  }
  function end() {
    hasAnswered.current = true;
    setOpen(false);
    toast.success(`${invoice.supplierInvoiceNumber} is ${isReturn ? "returned" : "rejected"}.`);
  }
  return (
    <>
      {invoice.answerable && (
        <>
          <Button variant="danger-quiet" onClick={() => ask("REJECT")}>
            <X aria-hidden /> Reject…
          </Button>
          <Button variant="secondary" onClick={() => ask("RETURN")}>
            <Undo2 aria-hidden /> Return…
          </Button>
        </>
      )}
      <Dialog open={open} onOpenChange={(next) => !isSending && setOpen(next)}>
        <DialogContent
          role="alertdialog"
          title={`${isReturn ? "Return" : "Reject"} ${invoice.supplierInvoiceNumber} of ${invoice.counterparty.name}?`}
          description={meaningOf(asked.response, invoice)}
          onCloseAutoFocus={(event) => {
            // The button that opened it is gone with the answer, ours or someone else's.
            if (!hasAnswered.current && invoice.answerable) return;
            event.preventDefault();
            focusMain();
          }}
        >
          <AnswerInvoiceForm
            business={business}
            invoice={invoice}
            {...asked}
            confirmLabel={`${isReturn ? "Return" : "Reject"} ${what}`}
            onSending={setSending}
            onAnswered={end}
          />
        </DialogContent>
      </Dialog>
    </>
  );
}
