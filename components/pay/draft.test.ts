import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { draftKey, draftToOpen, dropDraftOf, loadDraft, newDraft, saveDraft } from "@/components/pay/draft";
import { tabStorageOf } from "@/components/ui/tab-storage";
import { emptyPayValues, type PayBill } from "@/features/payments/form";
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

const billOf = (id: string): PayBill => ({
  id,
  supplierInvoiceNumber: id,
  duePaise: 1_180_00,
  totalPaise: 1_180_00,
  issueDate: "2026-11-01",
  dueDate: "2026-12-01",
  description: "",
  taken: [],
});
const BILLS = ["a", "b", "c"].map(billOf);
const IDS = BILLS.map(({ id }) => id);
const opened = (at: Date) => emptyPayValues(BILLS, at);

test("a bill that was taken by somebody else, and can be paid again, costs nothing of what was typed nor the payment's id", () => {
  const key = draftKey("anvaya", IDS);
  const draft = newDraft(opened(NOW), NOW);
  const lines = draft.values.lines.filter(({ invoiceId }) => invoiceId !== "b");
  const typed = { ...draft, sent: true, values: { ...draft.values, utr: "HDFCN12345678901", lines } };
  saveDraft(tab, key, typed);
  expect(loadDraft(tab, key, IDS)).toEqual(typed);
  expect(loadDraft(tab, key, ["a"])?.values.lines).toEqual(lines.slice(0, 1));
  expect(loadDraft(tab, key, ["b"])).toBeNull();
});

test("a form that was only looked at is filled in anew when it is opened again, with the same id; what was typed stays", () => {
  const later = new Date("2026-11-23T09:30:00+05:30");
  const looked = draftToOpen(null, opened, NOW);
  const again = draftToOpen(looked, opened, later);
  expect(again).toEqual({ ...looked, values: opened(later), openedAt: later.toISOString() });
  expect(again.values).toMatchObject({ paidDay: "2026-11-23", paidTime: "09:30" });

  const typed = { ...looked, values: { ...looked.values, utr: "HDFCN12345678901" } };
  expect(draftToOpen(typed, opened, later)).toEqual(typed);
  const sent = { ...looked, sent: true };
  expect(draftToOpen(sent, opened, later)).toEqual(sent);
});
