import type { InvoiceSideName } from "@/features/invoices/schema";
import { SIDE_WORDS } from "@/features/invoices/words";

/** Where bills or invoices are shown by party and age. */
export const ageingHref = (business: string, side: InvoiceSideName): string =>
  `/b/${business}/${SIDE_WORDS[side].many}/by-age`;
