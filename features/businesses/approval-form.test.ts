import { describe, expect, test } from "vitest";
import { approvalRuleForm, approvalRuleValues, approvalRuleWords } from "@/features/businesses/approval-form";
import { MAX_PAISE } from "@/lib/money";

const read = (rule: string, amount = "") => approvalRuleForm.safeParse({ rule, amount });

describe("the rule of approvals as it is filled in", () => {
  test.each([
    ["never", "", null],
    ["never", "nonsense that is not shown", null],
    ["every", "", 0],
    ["from", "5,00,000", 50_000_000],
    ["from", "0.01", 1],
  ])("%s %s", (rule, amount, from) => {
    expect(read(rule, amount).data).toEqual({ approvalFromPaise: from });
  });

  test.each([
    ["", "Enter an amount."],
    ["five lakh", "Write an amount like 1,23,456.50, with two decimals at most."],
    ["0", "Enter an amount above zero, or choose every payment."],
  ])("from “%s” is refused at its field", (amount, message) => {
    expect(read("from", amount).error?.issues).toMatchObject([{ path: ["amount"], message }]);
  });

  test("what is kept comes back as it was, and reads as it is", () => {
    for (const from of [null, 0, 1, 50_000_000, MAX_PAISE])
      expect(approvalRuleForm.parse(approvalRuleValues(from))).toEqual({ approvalFromPaise: from });
    expect([null, 0, 50_000_000].map(approvalRuleWords)).toEqual([null, "Every payment", "From ₹5,00,000.00"]);
  });
});
