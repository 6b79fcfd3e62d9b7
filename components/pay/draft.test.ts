import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { draftKey, dropDraftOf, loadDraft, newDraft, saveDraft } from "@/components/pay/draft";
import { tabStorageOf } from "@/components/ui/tab-storage";
import { emptyPayValues } from "@/features/payments/form";
import { SessionStorage } from "@/tests/session-storage";

const tab = tabStorageOf("asha");
const NOW = new Date("2026-11-20T14:05:00+05:30");

beforeEach(() => vi.stubGlobal("sessionStorage", new SessionStorage()));
afterEach(() => vi.unstubAllGlobals());

test("a payment that is given up takes its draft along, and no other", () => {
  tab.keep("pay:anvaya:broken", "{");
  sessionStorage.setItem("somebody else's", "x");
  const drafts = ["anvaya", "anvaya", "other"].map((business, index) => {
    const key = draftKey(business, [], index === 1 ? "PMT-BEFORE" : undefined);
    const draft = newDraft(emptyPayValues([], NOW), NOW);
    saveDraft(tab, key, draft);
    return { key, draft };
  });
  const [first, second, others] = drafts;
  dropDraftOf(tab, "anvaya", others?.draft.objectId ?? "");
  dropDraftOf(tab, "anvaya", second?.draft.objectId ?? "");
  expect(loadDraft(tab, second?.key ?? "", [])).toBeNull();
  expect(loadDraft(tab, first?.key ?? "", [])).toEqual(first?.draft);
  expect(loadDraft(tab, others?.key ?? "", [])).toEqual(others?.draft);
});
