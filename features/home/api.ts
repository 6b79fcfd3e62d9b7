import { z } from "zod";
import { paiseSum } from "@/features/invoices/api";
import { defineOperation } from "@/lib/http/operation";

const bills = z.object({ count: z.int(), duePaise: paiseSum("Paise still due on them") });
const payments = z.object({ count: z.int(), totalPaise: paiseSum("Paise that they settle") });
const oldestDays = z.int().meta({ description: "Days that the oldest of them has waited; 0 where there is none." });

const cameBack = z
  .object({ count: z.int(), totalPaise: paiseSum("Paise that they come to") })
  .meta({ description: "Written here, and returned or rejected by the other party: to be corrected or cancelled." });
const overdue = bills.meta({ description: "Past their due date." });
const dueThisWeek = bills.meta({ description: "Due today or in the next 7 days." });

/** What needs doing now, on both sides. */
export const homeSchema = z
  .object({
    pay: z.object({
      overdue,
      dueThisWeek,
      cameBack,
      toApprove: payments.extend({ oldestDays }).meta({
        description: "Payments that wait for a second person's approval; their suppliers don't know of them yet.",
      }),
      waiting: payments
        .extend({ oldestDays })
        .meta({ description: "Payments that the supplier has not answered yet." }),
      failed: payments.meta({
        description: "Payments of the last 30 days that failed, and how much of what they were for is still due.",
      }),
      rejected: payments.meta({ description: "As `failed`, for payments that the supplier rejected." }),
      undelivered: payments.meta({
        description: "Payments whose message can't be delivered: a person must send it again.",
      }),
    }),
    getPaid: z.object({
      toConfirm: payments
        .extend({ netPaise: paiseSum("Paise of it that were paid in money"), oldestDays })
        .meta({ description: "Payments that wait for an answer." }),
      overdue,
      dueThisWeek,
      cameBack,
      confirming: payments.meta({ description: "Answered, and on the way to the buyer." }),
      problems: payments.meta({
        description: "Answers that the other side refused, or that can't be delivered: a person must act.",
      }),
    }),
  })
  .meta({ id: "Home" });
export type Home = z.output<typeof homeSchema>;

export const getHomeOperation = defineOperation({
  id: "getHome",
  method: "GET",
  path: "/api/v1/businesses/{business}/home",
  tag: "Home",
  summary: "What needs doing now, with amounts",
  role: "VIEWER",
  response: homeSchema,
});
