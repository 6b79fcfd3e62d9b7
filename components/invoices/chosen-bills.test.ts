import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetChosen, keepChosen, readChosen } from "@/components/invoices/chosen-bills";
import { tabStorageOf } from "@/components/ui/tab-storage";
import { SessionStorage } from "@/tests/session-storage";

const tab = tabStorageOf("asha");

beforeEach(() => vi.stubGlobal("sessionStorage", new SessionStorage()));
afterEach(() => vi.unstubAllGlobals());

const bill = (id: string) => ({ id, duePaise: 100, counterparty: { b2bId: "Kaveri", name: "Kaveri" } });

test("bills that are paid or cancelled are not chosen any more, and the others stay so, in this business and in others", () => {
  keepChosen(tab, "anvaya", [bill("a"), bill("b"), bill("c")]);
  keepChosen(tab, "other", [bill("a")]);
  forgetChosen(tab, "anvaya", ["a", "c", "never chosen"]);
  expect(readChosen(tab, "anvaya")).toEqual([bill("b")]);
  expect(readChosen(tab, "other")).toEqual([bill("a")]);
});

test("where nothing can be kept, nothing is chosen", () => {
  vi.stubGlobal("sessionStorage", undefined);
  keepChosen(tab, "anvaya", [bill("a")]);
  forgetChosen(tab, "anvaya", ["a"]);
  expect(readChosen(tab, "anvaya")).toEqual([]);
});

test("whoever signs in next in the same tab has chosen nothing", () => {
  keepChosen(tab, "anvaya", [bill("a")]);
  expect(readChosen(tabStorageOf("ravi"), "anvaya")).toEqual([]);
});
