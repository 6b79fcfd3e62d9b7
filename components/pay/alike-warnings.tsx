import { Fragment, type ReactNode } from "react";
import type { ShownWarning } from "@/components/pay/warning-list";
import { TextLink } from "@/components/ui/text-link";
import type { AlikeInvoices } from "@/features/invoices/alike-api";
import type { Invoice } from "@/features/invoices/api";
import type { PayBill } from "@/features/payments/form";
import { formatRupees, paise } from "@/lib/money";
import { formatDay } from "@/lib/time";

/** As much of a bill of a payment as is said of it. */
export type AlikeBill = Pick<PayBill, "id" | "supplierInvoiceNumber">;

/** What has become of another bill, where that makes it a matter of money: it was paid, is being paid, or is paid together with this one. */
function standingOf(other: Invoice, together: readonly AlikeBill[]): string | null {
  if (together.some(({ id }) => id === other.id)) return "in this payment too";
  if (other.paidPaise > 0) return other.paidPaise < other.totalPaise ? "paid in part" : "paid";
  return other.pendingPaise > 0 ? "a payment is on its way" : null;
}

/** Bills of a payment that may be the same paper ones as others: each is asked about where the other was paid, or is now. */
export function alikeWarnings(
  business: string,
  bills: readonly AlikeBill[],
  found: readonly AlikeInvoices[],
): ShownWarning[] {
  return found.flatMap(({ invoiceId, alike }): ShownWarning[] => {
    const bill = bills.find(({ id }) => id === invoiceId);
    if (!bill) return [];
    const number = bill.supplierInvoiceNumber;
    const isCostly = alike.some((other) => standingOf(other, bills) !== null);
    const words: ReactNode = (
      <>
        {alike.map((other, index) => {
          const standing = standingOf(other, bills);
          return (
            <Fragment key={other.id}>
              {index > 0 && ", "}
              <TextLink href={`/b/${business}/bills/${other.id}`}>{other.supplierInvoiceNumber}</TextLink> of{" "}
              {formatDay(other.issueDate)}, {formatRupees(paise(other.totalPaise))}
              {standing && `, ${standing}`}
            </Fragment>
          );
        })}
        . The numbers differ only in signs, blanks, capitals or zeros.
      </>
    );
    const title = `${number} may be a bill that you have under another number`;
    return [
      isCostly
        ? { tone: "danger", title, words, tick: `${number} is a different bill` }
        : { tone: "warning", title, words },
    ];
  });
}
