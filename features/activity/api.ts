import { z } from "zod";
import { SUBJECT_KINDS } from "@/features/audit/rules";
import { cursorSchema, daySchema, limitSchema, tableFormatSchema } from "@/lib/http/list-query";
import { defineOperation } from "@/lib/http/operation";

const tag = "Activity";
const base = "/api/v1/businesses/{business}/activity";

const filters = {
  by: z
    .union([z.enum(["people", "api-keys"]), z.uuid()])
    .optional()
    .meta({ description: "Done by people, by API keys, or by the one person of this user id." }),
  about: z
    .enum(["access"])
    .optional()
    .meta({ description: "`access`: only who was let in, and with what: people, roles, API keys, two-step sign-in." }),
  from: daySchema.optional().meta({ description: "On this day (in India) or later." }),
  to: daySchema.optional().meta({ description: "On this day (in India) or earlier." }),
};

export const activityQuerySchema = z.strictObject({ ...filters, cursor: cursorSchema.optional(), limit: limitSchema });
export type ActivityQuery = z.output<typeof activityQuerySchema>;
export type ActivityQueryInput = z.input<typeof activityQuerySchema>;

export const activityExportSchema = z.strictObject({ ...filters, format: tableFormatSchema });
export type ActivityFilters = Omit<z.output<typeof activityExportSchema>, "format">;

export const activitySchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime({ offset: true }),
    actor: z.object({ kind: z.enum(["USER", "API_KEY", "NETWORK", "SYSTEM"]), name: z.string() }),
    action: z.string().meta({ description: "`payment.created`, `invoice.edited`, `member.added` and the like." }),
    words: z.string().meta({ description: "What was done, as people say it." }),
    detail: z.string().nullable().meta({ description: "What else was said: remarks, a reason, what changed." }),
    subject: z.object({
      kind: z.enum(SUBJECT_KINDS),
      id: z.string(),
      side: z.enum(["payable", "receivable", "outgoing", "incoming"]).nullable(),
    }),
  })
  .meta({ id: "Activity" });
export type Activity = z.output<typeof activitySchema>;

export const activityPageSchema = z
  .object({ items: z.array(activitySchema), nextCursor: z.string().nullable(), previousCursor: z.string().nullable() })
  .meta({ id: "ActivityPage" });
export type ActivityPage = z.output<typeof activityPageSchema>;

export const listActivityOperation = defineOperation({
  id: "listActivity",
  method: "GET",
  path: base,
  tag,
  summary: "Who did what, newest first",
  description: "The audit trail of the business: each change, by whom, when. Nothing in it can be changed or removed.",
  role: "VIEWER",
  callers: "session",
  query: activityQuerySchema,
  response: activityPageSchema,
});

export const exportActivityOperation = defineOperation({
  id: "exportActivity",
  method: "GET",
  path: `${base}/export`,
  tag,
  summary: "The filtered activity as a file",
  produces: "table",
  role: "VIEWER",
  callers: "session",
  query: activityExportSchema,
});
