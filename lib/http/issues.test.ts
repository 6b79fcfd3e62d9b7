import { expect, test } from "vitest";
import { z } from "zod";
import { fieldProblems, issueWords } from "@/lib/http/issues";
import { oneOrMany } from "@/lib/http/list-query";

const schema = z.strictObject({
  side: z.enum(["payable", "receivable"]),
  status: oneOrMany(z.enum(["CREATED", "PAID"])).optional(),
  mode: z.enum(["NEFT", "UPI"], "Choose how it was paid.").optional(),
});

function problemsOf(data: object) {
  const result = schema.safeParse(data, { error: issueWords, reportInput: true });
  return result.success ? [] : fieldProblems(result.error);
}

test("what may come once or several times is told as the one that came", () => {
  const words = { message: "Choose one of: CREATED, PAID.", code: "NOT_ALLOWED" };
  expect(problemsOf({ side: "payable", status: "PAYED" })).toEqual([{ path: "status", ...words }]);
  expect(problemsOf({ side: "payable", status: ["PAID", "PAYED"] })).toEqual([{ path: "status[1]", ...words }]);
  expect(problemsOf({ side: "payable", status: Array(21).fill("PAID") })).toEqual([
    { path: "status", message: "There must be at most 20.", code: "TOO_BIG" },
  ]);
});

test("a value that isn't among those allowed is told them, also where the schema has words for a form", () => {
  expect(problemsOf({ side: "payable", mode: "RTGS" })).toEqual([
    { path: "mode", message: "Choose how it was paid. It is one of: NEFT, UPI.", code: "NOT_ALLOWED" },
  ]);
});

test("a choice that is missing is missing", () => {
  expect(problemsOf({})).toEqual([{ path: "side", message: "Choose one of: payable, receivable.", code: "REQUIRED" }]);
});
