import { z } from "zod";
import { isTakenDay, TAKEN_YEARS } from "@/lib/time";

// What the queries of every list have in common (/api/v1): filters given once or several times, days, pages.

/** A filter that may be given several times, `most` at most: `status=PAID&status=CREATED`. */
export const oneOrMany = <T extends z.ZodType>(item: T, most = 20) =>
  z.union([item.transform((value) => [value]), z.array(item).max(most)]) as unknown as z.ZodType<
    z.output<T>[],
    z.input<T> | z.input<T>[]
  >;

/** A calendar day, 2026-11-20, that there is. */
export const daySchema = z.iso
  .date({ error: "Write a date as 2026-11-20.", abort: true })
  .refine(isTakenDay, `Write a date ${TAKEN_YEARS}.`);

/** Words to look for: each must be found, wherever it stands. */
export const searchSchema = z.string().trim().max(100);

/** A party's B2B ID in an address; zero bytes can't be looked up. */
export const b2bIdFilterSchema = z
  .string()
  .max(100)
  .regex(/^[^\0]*$/);

/** What one thing must be called to the letter, in an address. */
export const exactFilterSchema = b2bIdFilterSchema.min(1);

/**
 * Where a page begins: text from an earlier page's `nextCursor` or `previousCursor`, only good for the same sort. As long as the longest:
 * 400 characters of up to six bytes of JSON each, with the id and the rest, in base64 (lib/keyset.ts).
 */
export const cursorSchema = z.string().max(3_500).meta({
  description:
    "Where the page begins: an earlier page's `nextCursor` or `previousCursor`, with the same filters and sort.",
});

export const limitSchema = z.coerce
  .number<number | string>()
  .int()
  .min(1)
  .max(100)
  .default(25)
  .meta({ description: "As many rows a page." });

/** The file that a list is saved as. */
export const tableFormatSchema = z.enum(["csv", "xlsx"]).default("csv").meta({
  description:
    "`xlsx`: a workbook, in which amounts and days are numbers that add up and sort, and everything else, such as a UTR with zeros in front, is text.",
});
export type TableFormat = z.output<typeof tableFormatSchema>;

/** What the reference says of every list's `sort`. */
export const SORT_MEANING = "With `-` in front: the other way round, the latest or largest first.";

/** One page of a list, by keyset: rows that are added or removed meanwhile neither repeat nor hide others. */
export const pageOf = <T extends z.ZodType, Totals extends z.ZodType>(item: T, totals: Totals) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    previousCursor: z.string().nullable(),
    totals,
  });

/** What asks for a list's changes: an earlier reply's `next`, and how many. */
export const changesQuerySchema = z.strictObject({
  since: z
    .string()
    .max(500)
    .optional()
    .meta({ description: "The `next` of the last reply. Left out to begin: all of them come first." }),
  limit: limitSchema.meta({
    description: "As many a page; more only where one payment changes more invoices at once.",
  }),
});

/** A page of what has changed. */
export const changesOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item).meta({ description: "As they are now, in no particular order." }),
    next: z.string().meta({ description: "Keep it, and send it as `since` the next time. It doesn't grow old." }),
    more: z.boolean().meta({ description: "Ask again at once; else it is all that there is for now." }),
  });

/** What the reference says of asking for changes. */
export const CHANGES_MEANING =
  "Without `since` all of them, page by page; then, with the `next` of the reply before, those that have changed since that. Put each item in the place of what you have of it, keep `next` once that is done, and go on at once while `more` is true. No change is left out, whatever happens at the same moment; the same item may come again, and a page may be empty. A change is listed once no change that began before it is still being written, which is a matter of moments. What falls due, grows old or can't be delivered changes nothing:";

/** Lists longer than this are not counted to the end. */
export const COUNT_LIMIT = 10_000;

/** Lists no longer than this may be sorted where no index has their order. */
export const SORT_LIMIT = 5_000;

export const countSchema = {
  count: z.int().meta({ description: `How many match all the filters; at most ${COUNT_LIMIT}.` }),
  countIsMinimum: z.boolean().meta({ description: "True when there are more than `count` says." }),
};
