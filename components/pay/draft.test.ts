import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { draftKey, dropDraftOf, loadDraft, newDraft, saveDraft } from "@/components/pay/draft";
import { emptyPayValues } from "@/features/payments/form";

/** As a browser's, as far as drafts need it. */
class Storage {
  private readonly items = new Map<string, string>();
  get length() {
    return this.items.size;
  }
  key = (index: number) => [...this.items.keys()][index] ?? null;
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
}

const NOW = new Date("2026-11-20T14:05:00+05:30");

beforeEach(() => vi.stubGlobal("sessionStorage", new Storage()));
afterEach(() => vi.unstubAllGlobals());

test("a payment that is given up takes its draft along, and no other", () => {
  sessionStorage.setItem("chukta:pay:anvaya:broken", "{");
  sessionStorage.setItem("somebody else's", "x");
  const drafts = ["anvaya", "anvaya", "other"].map((business, index) => {
    const key = draftKey(business, [], index === 1 ? "PMT-BEFORE" : undefined);
    const draft = newDraft(emptyPayValues([], NOW), NOW);
    saveDraft(key, draft);
    return { key, draft };
  });
  const [first, second, others] = drafts;
  dropDraftOf("anvaya", others?.draft.objectId ?? "");
  dropDraftOf("anvaya", second?.draft.objectId ?? "");
  expect(loadDraft(second?.key ?? "", [])).toBeNull();
  expect(loadDraft(first?.key ?? "", [])).toEqual(first?.draft);
  expect(loadDraft(others?.key ?? "", [])).toEqual(others?.draft);
});
