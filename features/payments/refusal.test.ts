import { expect, test } from "vitest";
import { toAppError } from "@/features/payments/refusal";

test("an id that was used with other content is told to software as an invoice's is: by its field and a code", () => {
  const { code, message, fields } = toAppError({ code: "DUPLICATE_CONFLICT" });
  expect([code, fields]).toEqual(["CONFLICT", [{ path: "objectId", message, code: "DUPLICATE_CONFLICT" }]]);
});
