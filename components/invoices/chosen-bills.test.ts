import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetChosen, keepChosen, readChosen } from "@/components/invoices/chosen-bills";

beforeEach(() => {
  const items = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

const bill = (id: string) => ({ id, duePaise: 100, counterparty: { b2bId: "Kaveri", name: "Kaveri" } });

test("bills that are paid or cancelled are not chosen any more, and the others stay so, in this business and in others", () => {
  keepChosen("anvaya", [bill("a"), bill("b"), bill("c")]);
  keepChosen("other", [bill("a")]);
  forgetChosen("anvaya", ["a", "c", "never chosen"]);
  expect(readChosen("anvaya")).toEqual([bill("b")]);
  expect(readChosen("other")).toEqual([bill("a")]);
});

test("where nothing can be kept, nothing is chosen", () => {
  vi.stubGlobal("sessionStorage", undefined);
  keepChosen("anvaya", [bill("a")]);
  forgetChosen("anvaya", ["a"]);
  expect(readChosen("anvaya")).toEqual([]);
});
