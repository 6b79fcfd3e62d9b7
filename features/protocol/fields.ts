import { z } from "zod";
import { B2B_ID, PAYMENT_ID } from "@/features/protocol/identifiers";
import { MAX_PAISE, paiseToRupees, rupeesToPaise } from "@/lib/money";
import { parseInstant } from "@/lib/time";

// The seeds write these patterns as ^([^\\\"]){1,100}$. Read by code points ("u"), as the network's Java does.
const upTo = (length: number) => new RegExp(`^[^\\\\"]{1,${length}}$`, "u");

/** Free text of any characters, counted in UTF-16 units. */
export const text = (max: number, min = 0) => z.string().min(min).max(max);

export const b2bId = z.string().regex(B2B_ID.pattern);
export const supplierRemarks = z.string().regex(upTo(100));
export const utr = z.string().regex(upTo(50));
export const paymentObjectId = z.string().regex(PAYMENT_ID.pattern);
export const invoiceObjectId = z.string().regex(upTo(100));
export const wireStatus = z.string().regex(upTo(50));
export const currency = z.literal("INR");
/** Whatever the receiver of a request minted; the seeds set no bound. */
export const reqMsgId = text(500);

/** An ISO 8601 instant with an offset, of the years 2000 to 2100. */
export const timestamp = z
  .string()
  .max(40)
  .refine((value) => parseInstant(value) !== null, { params: { code: "TIMESTAMP_INVALID" } })
  .meta({ format: "date-time", examples: ["2026-11-20T14:05:00+05:30"] });

/**
 * Rupees as a JSON number, at most two decimals, not negative; docs/protocol.md "Amounts". To say so by `multipleOf` would have most
 * validators refuse 19.99: they divide, and that isn't exact.
 */
export const amount = z
  .number()
  .min(0)
  .max(paiseToRupees(MAX_PAISE))
  .refine((value) => rupeesToPaise(value) !== null, { params: { code: "AMOUNT_DECIMALS" } })
  .meta({ description: "Rupees, with at most two decimals.", examples: [1234.5] });

/** Any whole number: some count changes, others write the time there. It is recorded, and blocks no money (docs/protocol.md). */
export const version = z.int().min(0);

// Optional fields may also be null: many serialisers write what is absent that way.
export const additionalInfos = z.array(z.object({ name: text(100).nullish(), value: text(1000).nullish() })).max(50);
