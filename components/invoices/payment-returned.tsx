import { Alert } from "@/components/ui/alert";
import { Money } from "@/components/ui/money";
import { TextLink } from "@/components/ui/text-link";
import type { InvoiceDetail } from "@/features/invoices/api";
import { isVoid } from "@/features/payments/words";
import { paise } from "@/lib/money";

/** On a bill that is still due: its last payment did not stand. Nothing once another one is under way. */
export function PaymentReturned({ business, invoice }: { business: string; invoice: InvoiceDetail }) {
  const [last] = invoice.payments;
  if (invoice.side !== "payable" || invoice.duePaise === 0 || !last || !isVoid(last)) return null;
  const rejected = last.status === "REJECTED";
  return (
    <Alert
      tone="danger"
      title={
        <>
          Payment of <Money paise={paise(last.totalPaise)} />{" "}
          {rejected ? `rejected by ${invoice.counterparty.name}` : "failed"}
        </>
      }
    >
      {rejected ? last.supplierRemarks && <p>“{last.supplierRemarks}”</p> : <p>{last.failureDetail}</p>}
      <p>
        The amount is due again.{" "}
        <TextLink href={`/b/${business}/payments/${last.objectId}`}>See what became of the payment</TextLink>
      </p>
    </Alert>
  );
}
