import { beforeAll, describe, expect, test } from "vitest";
import { answerOf, dueOf, isPayable, statusOf } from "@/features/invoices/rules";
import { InvoiceStatus } from "@/lib/generated/prisma/enums";
import { uuidv7 } from "@/lib/ids";
import { paise } from "@/lib/money";
import {
  answer,
  businessId,
  insert,
  invoice,
  makePlainBusinesses,
  message,
  otherId,
  payment,
  queued,
  run,
} from "@/tests/plain-rows";
import { prisma } from "@/tests/prisma";

// What the database itself keeps, whatever the code above it does: each guard is broken once, by plain SQL.

beforeAll(makePlainBusinesses);

type Case = [constraint: string | null, what: string, changes: Record<string, unknown>];

describe("invoice", () => {
  const claimed = { paid: 0, pending: 100, status: "PAYMENT_INITIATED" };
  const cases: Case[] = [
    [null, "nothing is wrong", {}],
    [null, "all of it is claimed", claimed],
    ["invoice_amounts_check", "a total of nothing", { total: 0 }],
    ["invoice_amounts_check", "less than nothing is paid", { paid: -1 }],
    ["invoice_amounts_check", "less than nothing is pending", { pending: -1 }],
    ["invoice_amounts_check", "a paisa more than the total is claimed", { ...claimed, pending: 101 }],
    ["invoice_amounts_check", "paid and pending are together a paisa too many", { ...claimed, paid: 1 }],
    ["invoice_status_check", "PAID, but it isn't", { status: "PAID" }],
    ["invoice_status_check", "paid, but the status doesn't say so", { paid: 100 }],
    ["invoice_status_check", "pending, but the status doesn't say so", { pending: 1 }],
    ["invoice_status_check", "paid in part, but called paid", { paid: 99, status: "PAID" }],
    ["invoice_base_status_check", "a base status that only money gives", { base_status: "PAID", status: "PAID" }],
    ["invoice_cancelled_check", "cancelled with money on it", { base_status: "CANCELLED", paid: 100, status: "PAID" }],
    ...(["RETURNED", "REJECTED"] as const).flatMap((status): Case[] => [
      [null, `${status} with remarks`, { base_status: status, status, remarks: "Wrong rate" }],
      ["invoice_answer_check", `${status} without remarks`, { base_status: status, status }],
      ["invoice_answer_check", `${status} with money on it`, { ...claimed, base_status: status, remarks: "Late" }],
    ]),
    ["invoice_dates_check", "due before it was issued", { due_date: "2026-10-31" }],
    ["invoice_version_check", "a version below zero", { version: -1 }],
    [
      "invoice_business_id_counterparty_b2b_id_fkey",
      "a counterparty that isn't there",
      { counterparty_b2b_id: "NOBODY" },
    ],
  ];
  test.each(cases)("%s: %s", async (constraint, _what, changes) => {
    expect(await insert("invoice", invoice(changes))).toBe(constraint);
  });

  test("the status rule is the same in the database and in statusOf, for every status and amount", async () => {
    for (const baseStatus of Object.values(InvoiceStatus)) {
      if (["PAYMENT_INITIATED", "PART_PAID", "PAID"].includes(baseStatus)) continue;
      for (const [paid, pending] of [
        [0, 0],
        [1, 0],
        [100, 0],
        [0, 1],
        [0, 100],
        [99, 1],
        [1, 98],
      ] as const) {
        if (!isPayable({ baseStatus }) && paid + pending > 0) continue;
        const remarks = answerOf({ baseStatus }) && "Wrong rate";
        const books = { total: paise(100), paid: paise(paid), pending: paise(pending), baseStatus };
        const right = statusOf(books);
        for (const status of Object.values(InvoiceStatus)) {
          const refused = await insert("invoice", invoice({ paid, pending, base_status: baseStatus, status, remarks }));
          expect([status, refused]).toEqual([status, status === right ? null : "invoice_status_check"]);
        }
        expect(dueOf(books)).toBe(100 - paid - pending);
      }
    }
  });
});

const APPROVED = { approved_by: "Asha", approved_at: "2026-11-20T10:00:00Z" };

describe("payment", () => {
  const cases: Case[] = [
    [null, "nothing is wrong", {}],
    [null, "accepted", { status: "ACCEPTED", ...answer("ACCEPT") }],
    [null, "rejected", { side: "INCOMING", status: "REJECTED", ...answer("REJECT") }],
    [null, "waiting for approval", { status: "AWAITING_APPROVAL", maker_id: "u" }],
    [null, "approved", { maker_id: "u", ...APPROVED }],
    ["payment_to_approve_check", "waiting for approval, made by nobody", { status: "AWAITING_APPROVAL" }],
    [
      "payment_to_approve_check",
      "waiting for approval, and approved",
      { status: "AWAITING_APPROVAL", maker_id: "u", ...APPROVED },
    ],
    [
      "payment_to_approve_check",
      "incoming, and waiting for approval",
      { side: "INCOMING", status: "AWAITING_APPROVAL", maker_id: "u" },
    ],
    ["payment_approved_check", "approved at no time", { ...APPROVED, approved_at: null }],
    ["payment_amounts_check", "a total of nothing", { net: 0, adjustment: 0, total: 0 }],
    ["payment_amounts_check", "a net below zero", { net: -10, adjustment: 110 }],
    ["payment_amounts_check", "an adjustment below zero", { net: 110, adjustment: -10 }],
    ["payment_amounts_check", "net and adjustment a paisa off the total", { total: 101 }],
    ["payment_status_side_check", "outgoing, and confirming", { status: "CONFIRMING", ...answer("ACCEPT") }],
    ["payment_status_side_check", "incoming, and sending", { side: "INCOMING" }],
    ["payment_status_side_check", "incoming, and failed", { side: "INCOMING", status: "FAILED" }],
    ["payment_answer_check", "accepted by nobody", { status: "ACCEPTED", ...answer("ACCEPT"), responded_by: null }],
    [
      "payment_answer_check",
      "accepted without remarks",
      { status: "ACCEPTED", ...answer("ACCEPT"), supplier_remarks: null },
    ],
    ["payment_answer_check", "accepted at no time", { status: "ACCEPTED", ...answer("ACCEPT"), responded_at: null }],
    ["payment_answer_check", "answered, and yet waiting", { status: "AWAITING_CONFIRMATION", ...answer("ACCEPT") }],
    ["payment_accepted_check", "accepted by a REJECT", { status: "ACCEPTED", ...answer("REJECT") }],
    ["payment_rejected_check", "rejected by an ACCEPT", { status: "REJECTED", ...answer("ACCEPT") }],
    [
      "payment_rejected_check",
      "rejected on the platform",
      { type: "ONPLATFORM", status: "REJECTED", ...answer("REJECT") },
    ],
  ];
  test.each(cases)("%s: %s", async (constraint, _what, changes) => {
    expect(await insert("payment", payment(changes))).toBe(constraint);
  });
});

describe("payment line", () => {
  const lineOf = async (changes: Record<string, unknown>) => {
    const paid = payment();
    const bill = invoice();
    await insert("payment", paid);
    await insert("invoice", bill);
    const amounts = { net: 90, adjustment: 10, total: 100, invoice_total: 100, invoice_due: 100 };
    const versions = {
      current_version: 1,
      new_version: 2,
      current_status: "CREATED",
      new_status: "CREATED",
      position: 0,
    };
    return {
      business_id: businessId,
      payment_object_id: paid.object_id,
      invoice_id: bill.id,
      ...amounts,
      ...versions,
      ...changes,
    };
  };
  const cases: Case[] = [
    [null, "nothing is wrong", {}],
    ["payment_line_amounts_check", "a total of nothing", { net: 0, adjustment: 0, total: 0 }],
    ["payment_line_amounts_check", "below zero", { net: -10, adjustment: 110 }],
    ["payment_line_amounts_check", "an adjustment below zero", { net: 110, adjustment: -10 }],
    ["payment_line_amounts_check", "a paisa off", { net: 91 }],
    ["payment_line_version_check", "a version that goes back", { new_version: 0 }],
    ["payment_line_version_check", "a version below zero", { current_version: -1 }],
    ["payment_line_business_id_payment_object_id_fkey", "a payment that isn't there", { payment_object_id: "PMT0" }],
    ["payment_line_business_id_invoice_id_fkey", "an invoice that isn't there", { invoice_id: uuidv7() }],
  ];
  test.each(cases)("%s: %s", async (constraint, _what, changes) => {
    expect(await insert("payment_line", await lineOf(changes))).toBe(constraint);
  });

  test("can't reach over to another business's payment or invoice", async () => {
    const row = await lineOf({});
    expect(await insert("payment_line", { ...row, business_id: otherId })).toMatch(/_fkey$/);
  });
});

test("business: payments below nothing need approval", async () => {
  const from = (paise: number) => run(`UPDATE business SET approval_from = ${paise} WHERE id = '${businessId}'`);
  expect([await from(0), await from(-1)]).toEqual([null, "business_approval_from_check"]);
});

describe("message", () => {
  const cases: Case[] = [
    [null, "nothing is wrong", {}],
    [null, "queued", queued],
    [null, "delivered", { direction: "OUT", state: "DELIVERED" }],
    ["message_state_check", "an incoming one that is queued", { ...queued, direction: "IN" }],
    ["message_state_check", "an outgoing one that is taken", { direction: "OUT" }],
    ["message_next_attempt_check", "queued without a next attempt", { ...queued, next_attempt_at: null }],
    ["message_next_attempt_check", "delivered, with a next attempt", { ...queued, state: "DELIVERED" }],
    ["message_attempts_check", "more attempts before than at all", { attempts: 1, attempts_before: 2 }],
    ["message_attempts_check", "attempts below zero", { attempts: 1, attempts_before: -1 }],
  ];
  test.each(cases)("%s: %s", async (constraint, _what, changes) => {
    expect(await insert("message", message(changes))).toBe(constraint);
  });

  test("a refused one is kept in 64 KB", async () => {
    const row = (bytes: number) => ({
      id: uuidv7(),
      operation: "req-pay",
      caller: "network",
      status: 422,
      error_cd: "X",
      error_dtl: "",
      error_field: "",
      body: "x".repeat(bytes),
    });
    expect(await insert("refused_message", row(65_536))).toBeNull();
    expect(await insert("refused_message", row(65_537))).toBe("refused_message_body_check");
  });
});

test("every CHECK is broken above", async () => {
  const { readFileSync } = await import("node:fs");
  const here = readFileSync(new URL(import.meta.url), "utf8");
  const checks = await prisma.$queryRaw<{ name: string }[]>`
    SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace`;
  expect(checks.length).toBeGreaterThan(10);
  expect(checks.map(({ name }) => name).filter((name) => !here.includes(`"${name}"`))).toEqual([]);
});
