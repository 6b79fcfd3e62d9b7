import { z } from "zod";
import { amountField } from "@/features/payments/form";
import { formatRupees, MAX_PAISE, paise, parseRupees, toFieldText, ZERO } from "@/lib/money";

const RULES = ["never", "every", "from"] as const;

/** The form of the rule whose payments a second person approves, as people fill it in; it yields the setting, in paise. */
export const approvalRuleForm = z
  .object({ rule: z.enum(RULES), amount: z.string() })
  .superRefine(({ rule, amount }, context) => {
    if (rule !== "from") return;
    const problem = amountField.safeParse(amount).error?.issues[0]?.message ?? boundWords(parseRupees(amount) ?? ZERO);
    if (problem) context.addIssue({ code: "custom", path: ["amount"], message: problem });
  })
  .transform(({ rule, amount }) => {
    if (rule === "never") return { approvalFromPaise: null };
    return { approvalFromPaise: rule === "every" ? ZERO : (parseRupees(amount) ?? ZERO) };
  });

export type ApprovalRuleValues = z.input<typeof approvalRuleForm>;

function boundWords(amount: number): string | null {
  if (amount === 0) return "Enter an amount above zero, or choose every payment.";
  return amount > MAX_PAISE ? "An amount can't be above ₹9,999 crore." : null;
}

/** The rule as the form begins with it. */
export function approvalRuleValues(from: number | null): ApprovalRuleValues {
  if (from === null) return { rule: "never", amount: "" };
  return from === 0 ? { rule: "every", amount: "" } : { rule: "from", amount: toFieldText(paise(from)) };
}

/** The rule in a few words; null where there is none. */
export function approvalRuleWords(from: number | null): string | null {
  if (from === null) return null;
  return from === 0 ? "Every payment" : `From ${formatRupees(paise(from))}`;
}
