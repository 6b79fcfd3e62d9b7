import { expect, test } from "vitest";
import { searchHistory } from "./search-history";

test("a search is one step back, however slowly it is typed", () => {
  expect(searchHistory("", "K").history).toBe("push");
  expect(searchHistory("K", "KM").history).toBe("replace");
  expect(searchHistory("KM", "").history).toBe("push");
});
