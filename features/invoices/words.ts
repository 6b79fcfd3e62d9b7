import type { InvoiceDetail } from "@/features/invoices/api";
import type { InvoiceSideName } from "@/features/invoices/schema";

/** How a side speaks of what it has. */
export interface SideWords {
  one: string;
  /** Also where they are in addresses, and what their files are called. */
  many: string;
  /** The other party. */
  party: string;
}

export const SIDE_WORDS: Record<InvoiceSideName, SideWords> = {
  payable: { one: "bill", many: "bills", party: "Supplier" },
  receivable: { one: "invoice", many: "invoices", party: "Buyer" },
};

/** Whether all that is pending on an invoice waits for a second person's approval, by its payments. */
export function isToApprove({ pendingPaise, payments }: Pick<InvoiceDetail, "pendingPaise" | "payments">): boolean {
  const held = payments.filter(({ status }) => status === "AWAITING_APPROVAL");
  return pendingPaise > 0 && held.reduce((sum, { totalPaise }) => sum + totalPaise, 0) === pendingPaise;
}
