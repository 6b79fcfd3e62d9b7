import { z } from "zod";

/*
 * A backup is a folder:
 *
 *   manifest.json     what it holds (below)
 *   <table>.csv.gz    one file a table, CSV with a header as PostgreSQL writes it; `.csv` in a business's own backup
 *   jobs.csv.gz       the queue's jobs, by their meaning and not as the queue keeps them
 *   SHA256SUMS        of all of these, as `sha256sum -c SHA256SUMS` takes it
 *
 * All files show one moment. NULL is an empty field, an empty text is "". The format's number goes up when an older `restore`
 * could misread a newer backup.
 */

export const MANIFEST_FILE = "manifest.json";
export const SUMS_FILE = "SHA256SUMS";

const fileSchema = z.object({
  name: z.string().regex(/^[a-z_]+$/),
  file: z.string().regex(/^[a-z_]+\.csv(\.gz)?$/),
  columns: z.array(z.string().regex(/^[a-z0-9_]+$/)),
  rows: z.int().nonnegative(),
});

export const manifestSchema = z.object({
  format: z.literal("chukta-backup"),
  version: z.literal(1),
  kind: z.enum(["database", "business"]),
  /** Whose it is, when it is one business's. */
  business: z.object({ id: z.uuid(), b2bId: z.string(), legalName: z.string() }).nullable(),
  takenAt: z.iso.datetime(),
  release: z.string(),
  postgres: z.string(),
  /** The migrations of the database it was taken from, oldest first, with the SHA-256 of each one's SQL. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  /** What was taken off every transaction id (backup/transaction-ids.ts). */
  transactionIdsLoweredBy: z.string().regex(/^\d+$/),
  tables: z.array(fileSchema),
  jobs: fileSchema,
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string().regex(/^-?\d+$/), isCalled: z.boolean() })),
});

/** What a backup holds. */
export type Manifest = z.infer<typeof manifestSchema>;
export type BackedUpFile = Manifest["tables"][number];
