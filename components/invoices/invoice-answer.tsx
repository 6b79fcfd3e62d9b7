"use client";

import { toast } from "sonner";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { focusMain } from "@/components/ui/focus-main";
import type { Invoice } from "@/features/invoices/api";
import { usePutBackInvoice } from "@/features/invoices/client";
import { SIDE_WORDS } from "@/features/invoices/words";

interface InvoiceAnswerProps {
  business: string;
  invoice: Invoice;
  mayAct: boolean;
}

/** On an invoice that was returned or rejected: what was said, and what comes next for the one that looks at it. */
export function InvoiceAnswer({ business, invoice, mayAct }: InvoiceAnswerProps) {
  if (invoice.remarks === null) return null;
  return invoice.origin === "OWN" ? (
    <CameBack invoice={invoice} />
  ) : (
    <Answered business={business} invoice={invoice} mayAct={mayAct} />
  );
}

/** Told to whoever wrote it; its buttons stand above, with the others. */
export function CameBack({ invoice }: { invoice: Invoice }) {
  const { counterparty, remarks, status } = invoice;
  const isReturned = status === "RETURNED";
  return (
    <Alert
      tone={isReturned ? "warning" : "danger"}
      title={`${counterparty.name} ${isReturned ? "returned" : "rejected"} this ${SIDE_WORDS[invoice.side].one}`}
    >
      <Remarks text={remarks} />
      <p className="mt-1">
        {isReturned
          ? "Correct it, and it goes to them again as you save it; or cancel it. Until then it can't be paid."
          : "To them it isn't theirs, so it can't be paid. Cancel it; or, if they are mistaken, ask them to put it back."}
      </p>
    </Alert>
  );
}

/** Told to whoever returned or rejected it, with the way back. */
function Answered({ business, invoice, mayAct }: InvoiceAnswerProps) {
  const { counterparty, remarks, status, version, supplierInvoiceNumber } = invoice;
  const isReturned = status === "RETURNED";
  const putBack = usePutBackInvoice(business, invoice.id);
  return (
    <Alert
      tone="info"
      title={isReturned ? `Returned to ${counterparty.name}` : "Rejected"}
      actions={
        mayAct && (
          <Button
            variant="secondary"
            size="sm"
            loading={putBack.isPending}
            onClick={() =>
              putBack.mutate(version, {
                onSuccess: () => {
                  toast.success(`${supplierInvoiceNumber} is back among your ${SIDE_WORDS[invoice.side].many}.`);
                  focusMain();
                },
                onError: (error) => void toast.error(error.message),
              })
            }
          >
            Put it back
          </Button>
        )
      }
    >
      <Remarks text={remarks} />
      <p className="mt-1">
        {isReturned
          ? `Once ${counterparty.name} has corrected it, it is open here again.`
          : `${counterparty.name} sees this, and can only cancel it.`}
      </p>
    </Alert>
  );
}

function Remarks({ text }: { text: string | null }) {
  return <p className="whitespace-pre-line [overflow-wrap:anywhere]">“{text}”</p>;
}
