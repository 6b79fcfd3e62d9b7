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
