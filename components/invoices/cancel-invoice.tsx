"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Alert } from "@/components/ui/alert";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import type { Invoice } from "@/features/invoices/api";
import { useCancelInvoice } from "@/features/invoices/client";
import { SIDE_WORDS } from "@/features/invoices/words";

/**
 * Cancels a bill or an invoice that no money has touched, after asking. It stays where that is over meanwhile, so that what was asked
 * doesn't vanish unanswered.
 */
export function CancelInvoice({ business, invoice }: { business: string; invoice: Invoice }) {
  const [asking, setAsking] = useState(false);
  const cancel = useCancelInvoice(business, invoice.id);
  const { one: what } = SIDE_WORDS[invoice.side];
  return (
    <>
      {invoice.cancellable && (
        <Button variant="danger-quiet" onClick={() => setAsking(true)}>
          Cancel {what}
        </Button>
      )}
      <AlertDialog
        open={asking}
        onOpenChange={(next) => {
          if (!next) cancel.reset();
          setAsking(next);
        }}
        title={`Cancel ${invoice.supplierInvoiceNumber}?`}
        description={`It can't be paid any more, and stays in the list as cancelled. ${invoice.counterparty.name} sees that too when they are on Chukta.`}
        confirmLabel={`Cancel ${what}`}
        cancelLabel="Keep it"
        tone="danger"
        loading={cancel.isPending}
        done={cancel.isSuccess}
        onConfirm={() =>
          cancel.mutate(undefined, {
            onSuccess: () => {
              setAsking(false);
              toast.success(`${invoice.supplierInvoiceNumber} is cancelled.`);
            },
          })
        }
      >
        {cancel.error && (
          <Alert tone="danger" live>
            {cancel.error.message}
          </Alert>
        )}
      </AlertDialog>
    </>
  );
}
