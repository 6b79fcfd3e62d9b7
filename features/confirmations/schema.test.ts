import { expect, test } from "vitest";
import { answerSchema } from "@/features/confirmations/schema";

test.each([
  ["", false],
  [" ", false],
  ["Received", true],
  ["X".repeat(100), true],
  ["X".repeat(101), false],
  ['He said "yes"', false],
  ["back\\slash", false],
  ["hid\u202eden", false],
])("a supplier's remarks %j: %j", (remarks, isTaken) => {
  expect(answerSchema.safeParse({ response: "REJECT", remarks }).success).toBe(isTaken);
});
