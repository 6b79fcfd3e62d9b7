import { expect, test } from "vitest";
import { type EventSubject, eventWords } from "@/features/activity/words";
import { paise } from "@/lib/money";

const bill: EventSubject = { kind: "invoice", side: "payable", party: "Kaveri", number: "KM/1" };
const invoice: EventSubject = { kind: "invoice", side: "receivable", party: "Anvaya", number: "KM/1" };
const made: EventSubject = { kind: "payment", side: "outgoing", party: "Kaveri", amount: paise(150_000) };
const received: EventSubject = { kind: "payment", side: "incoming", party: "Anvaya", amount: paise(150_000) };
const other: EventSubject = { kind: "other" };

test.each<[string, EventSubject, object, object, string, string | null]>([
  ["invoice.created", bill, {}, { totalPaise: 9_050 }, "Wrote down bill KM/1 of Kaveri", "₹90.50"],
  ["invoice.created", invoice, {}, { totalPaise: 9_050 }, "Raised invoice KM/1 to Anvaya", "₹90.50"],
  ["invoice.received", bill, {}, { totalPaise: 100 }, "Kaveri raised bill KM/1", "₹1.00"],
  [
    "invoice.edited",
    bill,
    { totalPaise: 100 },
    { totalPaise: 200 },
    "Changed bill KM/1 of Kaveri",
    "amount from ₹1.00 to ₹2.00",
  ],
  ["invoice.edited", bill, {}, {}, "Changed bill KM/1 of Kaveri", "Saved without a change"],
  ["invoice.returned", bill, {}, { remarks: "Wrong rate" }, "Returned bill KM/1 of Kaveri", "“Wrong rate”"],
  ["invoice.rejected", invoice, {}, { remarks: "Not raised" }, "Rejected invoice KM/1 to Anvaya", "“Not raised”"],
  ["invoice.put-back", bill, { status: "RETURNED" }, {}, "Put back bill KM/1 of Kaveri", null],
  ["invoice.returned-by-party", invoice, {}, { remarks: "Wrong" }, "Anvaya returned invoice KM/1", "“Wrong”"],
  ["invoice.rejected-by-party", bill, {}, { remarks: "Whose?" }, "Kaveri rejected bill KM/1", "“Whose?”"],
  ["invoice.put-back-by-party", invoice, {}, {}, "Anvaya put back invoice KM/1", null],
  ["invoice.cancelled-by-party", invoice, {}, {}, "Anvaya cancelled invoice KM/1", null],
  [
    "invoice.share-given-up",
    bill,
    {},
    { reason: "it is paid already" },
    "Could not share bill KM/1 of Kaveri",
    "it is paid already",
  ],
  ["payment.created", made, {}, { utr: "HDFC1", mode: "NEFT" }, "Paid ₹1,500.00 to Kaveri", "UTR HDFC1"],
  [
    "payment.received",
    received,
    {},
    { utr: "004417", mode: "CHEQUE" },
    "Anvaya paid ₹1,500.00",
    "Cheque number 004417",
  ],
  [
    "payment.failed",
    made,
    {},
    { failureDetail: "No such supplier." },
    "The payment of ₹1,500.00 to Kaveri failed",
    "No such supplier.",
  ],
  ["payment.accepted", made, {}, { supplierRemarks: "Thanks" }, "Kaveri accepted ₹1,500.00", "“Thanks”"],
  ["payment.accepted", made, {}, { supplierRemarks: "" }, "Kaveri accepted ₹1,500.00", null],
  ["payment.accepted", received, {}, {}, "Anvaya has the answer: ₹1,500.00 accepted", null],
  [
    "payment.rejected",
    received,
    {},
    { supplierRemarks: "Not here" },
    "Anvaya has the answer: ₹1,500.00 rejected",
    "An earlier answer counts: “Not here”",
  ],
  [
    "payment.outcome-came-late",
    made,
    {},
    { status: "FAILED", result: "SUCCESS" },
    "The supplier's platform has the payment of ₹1,500.00 to Kaveri all the same",
    "It stays failed: what it was for could not take it then",
  ],
  [
    "payment.outcome-came-late",
    made,
    {},
    { status: "ACCEPTED", result: "SUCCESS" },
    "A late message about ₹1,500.00 to Kaveri changed nothing",
    null,
  ],
  [
    "payment.outcome-came-late",
    made,
    {},
    { status: "FAILED", result: "FAILURE" },
    "A late message about ₹1,500.00 to Kaveri changed nothing",
    null,
  ],
  [
    "payment.given-up",
    made,
    {},
    { failureDetail: "Asha gave this payment up." },
    "Gave up the payment of ₹1,500.00 to Kaveri",
    "Asha gave this payment up.",
  ],
  [
    "payment.answer-refused",
    received,
    {},
    { failureCode: "EXCEEDS_DUE", failureDetail: "More is paid than is due." },
    "Anvaya's side did not take the answer about ₹1,500.00",
    "More is paid than is due.",
  ],
  [
    "payment.answer-refused",
    received,
    {},
    { failureCode: "DUPLICATE_CONFLICT", failureDetail: "This objectId was used before with other content." },
    "Anvaya's side did not take the answer about ₹1,500.00",
    "The buyer's side has another answer of yours to this payment. Only that one, given again with the same remarks, settles it: Activity shows what was answered before.",
  ],
  [
    "payment.answer-taken-back",
    received,
    {},
    {},
    "Took the answer about ₹1,500.00 from Anvaya back",
    "Nothing had come of it",
  ],
  ["payment.sent-again", received, {}, {}, "Sent the answer about ₹1,500.00 from Anvaya again", null],
  ["member.invited", other, {}, { email: "r@x.in", role: "FINANCE" }, "Invited r@x.in as finance", null],
  ["member.joined", other, {}, { role: "FINANCE", invitedBy: "Asha" }, "Joined as finance", "Invited by Asha"],
  ["member.invitation-withdrawn", other, { email: "r@x.in" }, {}, "Took the invitation of r@x.in back", null],
  [
    "member.invitation-withdrawn",
    other,
    { email: "r@x.in" },
    { sentBy: "a@x.in" },
    "Took the invitation of r@x.in back",
    "a@x.in had sent it, who is an owner no longer",
  ],
  ["member.password-reset", other, {}, { email: "r@x.in" }, "Gave r@x.in a new first password", null],
  [
    "member.password-reset",
    other,
    {},
    { email: "r@x.in", secondFactorRemoved: true },
    "Gave r@x.in a new first password",
    "And took their two-step sign-in away",
  ],
  ["member.removed", other, { email: "r@x.in", role: "OWNER" }, {}, "Removed r@x.in, who was owner", null],
  [
    "counterparty.changed",
    other,
    { name: "Kaveri Metals", account: { number: "XXXX5678" } },
    { name: "Kaveri Metals", account: { number: "XXXX1234" } },
    "Changed Kaveri Metals' account from ••••5678 to ••••1234",
    null,
  ],
  [
    "business.changed",
    other,
    { bankAccountNumber: "XXXXXX1234", vpa: "km@bank", gstin: null, tradeName: "Kaveri" },
    { bankAccountNumber: "XXXXXX5678", vpa: null, gstin: "29AAICV4410K1Z2", tradeName: "Kaveri Metals" },
    "Corrected what the business says of itself",
    "account from ••••1234 to ••••5678, UPI address removed: km@bank, trade name from Kaveri to Kaveri Metals, GSTIN entered: 29AAICV4410K1Z2",
  ],
  [
    "business.second-factor-changed",
    other,
    {},
    { requireSecondFactor: false },
    "Stopped asking everyone for two-step sign-in",
    null,
  ],
])("%s of %j", (action, subject, before, after, words, detail) => {
  expect(eventWords({ action, before: { ...before }, after: { ...after }, subject })).toEqual({ words, detail });
});

test("what an older or newer portal wrote is told all the same", () => {
  for (const subject of [bill, made, other])
    expect(eventWords({ action: "x.unheard-of", before: {}, after: {}, subject }).words).toMatch(/^Something changed/);
});
