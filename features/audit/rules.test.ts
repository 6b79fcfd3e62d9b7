import { expect, test } from "vitest";
import { actorWords } from "@/features/audit/rules";

test("a key isn't taken for a person", () => {
  expect(actorWords({ kind: "API_KEY", name: "Ravi" })).toBe("API key “Ravi”");
  expect(actorWords({ kind: "USER", name: "Ravi" })).toBe("Ravi");
});
