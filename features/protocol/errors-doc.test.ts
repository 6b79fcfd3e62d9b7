import { describe, expect, test } from "vitest";
import { ERRORS, refuse } from "@/features/protocol/errors";
import { errorsDoc } from "@/features/protocol/errors-doc";

describe("the list of error codes", () => {
  test("docs/errors.md is what the list makes", async () => {
    await expect(errorsDoc()).toMatchFileSnapshot("../../docs/errors.md");
  });

  test("every code stands in the page, with words and a remedy", () => {
    const page = errorsDoc().replaceAll(/ +\|/g, " |");
    for (const [code, entry] of Object.entries(ERRORS)) {
      expect(page).toContain(`| \`${code}\` | ${entry.words} | ${entry.remedy} |`);
      expect(entry.words).toMatch(/\.$/);
    }
  });

  test("a refusal has the code's own words unless it is given better ones", () => {
    expect(refuse("EXCEEDS_DUE")).toEqual({ code: "EXCEEDS_DUE", detail: ERRORS.EXCEEDS_DUE.words, field: "" });
    expect(refuse("EXCEEDS_DUE", "payment", "Too much.")).toEqual({
      code: "EXCEEDS_DUE",
      detail: "Too much.",
      field: "payment",
    });
  });
});
