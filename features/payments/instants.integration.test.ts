import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GET as listInvoices } from "@/app/api/v1/businesses/[business]/invoices/route";
import { GET as listPayments, POST as pay } from "@/app/api/v1/businesses/[business]/payments/route";
import { paymentRequestSchema } from "@/features/payments/schema";
import { timestamp } from "@/features/protocol/fields";
import { parseInstant, toWireTimestamp } from "@/lib/time";
import { apiOf } from "@/tests/api";
import { makeBusiness, paymentOf, statusesOf } from "@/tests/books";
import { callGateway, refusalIn } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answeredTrade, makeTrade, paidTrade } from "@/tests/trade";

// What PostgreSQL, JavaScript or ISO 8601 can't take or write differently, and what is a slip of the hand: all refused where it comes in.
const FAR = [
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+05:30",
  "1999-12-31T23:59:59+05:30",
  "2100-12-31T18:30:00Z",
  "9999-12-31T23:59:59Z",
  "9999-12-31T23:59:59-12:00",
];

describe("a message of the network with a time far away is refused, and nothing is taken", () => {
  test.each(FAR)("req-pay at %s", async (ts) => {
    const { reqPay, request } = await paidTrade();
    const reply = await callGateway("req-pay", { body: { ...reqPay, payment: { ...reqPay.payment, ts } } });
    expect([reply.status, refusalIn(reply)]).toMatchObject([422, { code: "TIMESTAMP_INVALID", field: "payment.ts" }]);
    expect(await statusesOf(request.objectId)).toMatchObject({ incoming: null });
  });

  test.each(FAR)("req-pay-confirmation at %s", async (ts) => {
    const { confirmation } = await answeredTrade();
    const body = { ...confirmation, paymentConfirmation: { ...confirmation.paymentConfirmation, ts } };
    const reply = await callGateway("req-pay-confirmation", { body });
    expect([reply.status, refusalIn(reply)]).toMatchObject([
      422,
      { code: "TIMESTAMP_INVALID", field: "paymentConfirmation.ts" },
    ]);
  });
});

test.each(FAR)("a payment can't be made at %s", async (paidAt) => {
  const { buyer, supplier, first } = await makeTrade();
  const api = await apiOf(buyer);
  const request = paymentOf(supplier, [{ invoice: first, net: 100 }], { paidAt });
  const reply = await api(pay, { body: request });
  expect([reply.status, await reply.json()]).toMatchObject([
    422,
    { errors: [{ path: "paidAt", message: "Enter a date and time of the years 2000 to 2100." }] },
  ]);
  expect(await statusesOf(request.objectId)).toMatchObject({ outgoing: null });
});

test.each([
  [listInvoices, "payable", "dueDate", "0000-01-01", 422],
  [listInvoices, "payable", "dueDate", "0001-01-01", 200],
  [listInvoices, "payable", "dueDate", "9999-12-31", 200],
  [listInvoices, "payable", "total", "999999999999999999", 200],
  [listInvoices, "payable", "total", "9223372036854775808", 422],
  [listPayments, "outgoing", "-createdAt", "0000-01-01T00:00:00.000Z", 422],
  [listPayments, "outgoing", "-createdAt", "0001-01-01T00:00:00.000Z", 200],
  [listPayments, "outgoing", "paidAt", "9999-12-31T23:59:59.999Z", 200],
  [listPayments, "outgoing", "paidAt", "2026-11-20T25:00:00.000Z", 422],
] as const)("a cursor that somebody wrote: %o %s by %s from %s", async (list, side, sort, value, status) => {
  const api = await apiOf(await makeBusiness("Anvaya"));
  const id = "0193f0c8-0000-7000-8000-000000000001";
  const cursor = Buffer.from(JSON.stringify({ sort, back: false, value, id })).toString("base64url");
  const reply = await api(list, { search: `?side=${side}&sort=${sort}&cursor=${cursor}` });
  expect([reply.status, await reply.text()]).toEqual([
    status,
    expect.stringContaining(status === 200 ? "items" : "cursor"),
  ]);
});

test("every instant that a schema takes is the same one in PostgreSQL, and on the wire to the second", async () => {
  const two = (most: number) => fc.nat(most).map((n) => String(n).padStart(2, "0"));
  const year = fc.oneof(
    fc.constantFrom("0000", "0001", "1999", "2000", "2100", "2101", "9999"),
    fc.integer({ min: 1990, max: 2110 }).map(String),
  );
  const offset = fc.oneof(
    fc.constantFrom("Z", "z", "+05:30", "-00:00"),
    fc
      .tuple(fc.constantFrom("+", "-"), two(26), fc.constantFrom("", ":", ":"), fc.oneof(fc.constant(""), two(61)))
      .map((parts) => parts.join("")),
  );
  const fraction = fc.oneof(fc.constant(""), fc.stringMatching(/^[.,][0-9]{1,10}$/));
  const text = fc
    .tuple(
      year,
      two(13),
      two(32),
      fc.constantFrom("T", "t"),
      two(25),
      two(61),
      fc.oneof(fc.constant(""), two(61)),
      fraction,
      offset,
    )
    .map(([y, m, d, t, h, min, s, f, o]) => `${y}-${m}-${d}${t}${h}:${min}${s && `:${s}${f}`}${o}`);
  const paidAt = paymentRequestSchema.shape.paidAt;
  const instants = fc.sample(text, { numRuns: 20_000, seed: 1 }).flatMap((written) => {
    const wire = timestamp.safeParse(written).success ? [parseInstant(written) ?? new Date(Number.NaN)] : [];
    const typed = paidAt.safeParse(written).success ? [new Date(written)] : [];
    return [...wire, ...typed];
  });
  expect(instants.length).toBeGreaterThan(1_000);
  const [kept] = await prisma.$queryRaw<[{ at: Date[] }]>`
    SELECT array_agg(at ORDER BY n) AS at FROM unnest(${instants}::timestamptz[]) WITH ORDINALITY AS given(at, n)`;
  expect(kept.at).toEqual(instants);
  for (const instant of instants) {
    const wire = toWireTimestamp(instant);
    expect(wire).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/);
    expect(timestamp.safeParse(wire).success).toBe(true);
    expect(parseInstant(wire)?.getTime()).toBe(Math.floor(instant.getTime() / 1000) * 1000);
  }
});
