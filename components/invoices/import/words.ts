import type { InvoiceSideName } from "@/features/invoices/schema";

/** How the two sides speak of what they import. */
export interface ImportWords {
  one: string;
  many: string;
  party: string;
  folder: "bills" | "invoices";
}

export const IMPORT_WORDS: Record<InvoiceSideName, ImportWords> = {
  payable: { one: "bill", many: "bills", party: "Supplier", folder: "bills" },
  receivable: { one: "invoice", many: "invoices", party: "Buyer", folder: "invoices" },
};

/** "1 bill", "1,200 bills". */
export const countOf = (count: number, { one, many }: ImportWords): string =>
  `${count.toLocaleString("en-IN")} ${count === 1 ? one : many}`;
