import fc from "fast-check";
import { expect, test } from "vitest";
import { REQ_PAY_CONFIRMATION_EXAMPLE, REQ_PAY_EXAMPLE } from "@/features/protocol/examples";
import type { PaymentLineContent, ReqPayMessage } from "@/features/protocol/messages";
import { parseReqPay, parseReqPayConfirmation } from "@/features/protocol/parse";
import { parseJson } from "@/features/protocol/parse-json";
import { PAYMENT_MODES } from "@/features/protocol/status-words";
import { toReqPay, toReqPayConfirmation } from "@/features/protocol/to-wire";
import { add, type Paise, paise } from "@/lib/money";

test("the seeds' examples are written as they were read, field order and all", () => {
  const payment = parseReqPay(REQ_PAY_EXAMPLE);
  const confirmation = parseReqPayConfirmation(REQ_PAY_CONFIRMATION_EXAMPLE);
  expect(payment.ok && JSON.stringify(toReqPay(payment.value))).toBe(JSON.stringify(REQ_PAY_EXAMPLE));
  expect(confirmation.ok && JSON.stringify(toReqPayConfirmation(confirmation.value))).toBe(
    JSON.stringify(REQ_PAY_CONFIRMATION_EXAMPLE),
  );
});

const word = (max: number) => fc.stringMatching(new RegExp(`^[A-Za-z0-9 ₹/-]{1,${max}}$`, "u"));
const amount = fc.integer({ min: 0, max: 99_999_999_999 }).map(paise);
const line = fc
  .record({
    id: fc.uuid(),
    number: word(100),
    version: fc.nat({ max: 1000 }),
    net: amount.filter((value) => value > 0),
    splits: fc.array(fc.record({ name: word(100), value: amount, refNo: fc.oneof(fc.constant(""), word(100)) }), {
      maxLength: 4,
    }),
    due: amount,
  })
  .map(({ id, number, version, net, splits, due }): PaymentLineContent => {
    const adjustment = add(...splits.map(({ value }) => value));
    return {
      invoiceObjectId: `INV${id.replaceAll("-", "")}`,
      supplierInvoiceNumber: number,
      currentVersion: version,
      newVersion: version + 1,
      currentStatus: "CREATED",
      newStatus: "PAYMENT INITIATED",
      net,
      adjustment,
      total: add(net, adjustment),
      invoiceDue: due,
      invoiceTotal: due,
      splits,
      account: { maskedAccountNumber: "", ifsc: "", beneficiaryName: "", businessVPA: "" },
    };
  });
const sum = (lines: readonly PaymentLineContent[], of: "net" | "adjustment" | "total"): Paise =>
  add(...lines.map((each) => each[of]));

const message: fc.Arbitrary<ReqPayMessage> = fc
  .record({
    lines: fc.uniqueArray(line, { minLength: 1, maxLength: 8, selector: (each) => each.invoiceObjectId }),
    mode: fc.constantFrom(...PAYMENT_MODES),
    utr: word(50),
    seconds: fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }),
    id: fc.uuid(),
  })
  .map(({ lines, mode, utr, seconds, id }) => ({
    buyerB2BId: "27AAPFU0939F1ZV@BCB",
    supplierB2BId: "29AAGCB7383J1Z4@BCB",
    geocode: "19.0760,72.8777",
    payment: {
      objectId: `PMT${id.replaceAll("-", "")}`,
      paidAt: new Date(seconds * 1000),
      type: "OFFPLATFORM",
      mode,
      utr,
      net: sum(lines, "net"),
      adjustment: sum(lines, "adjustment"),
      total: sum(lines, "total"),
      lines,
    },
    additionalInfos: [],
  }));

test("every payment comes through the wire to the paisa", () => {
  fc.assert(
    fc.property(message, (sent) => {
      const json = parseJson(new TextEncoder().encode(JSON.stringify(toReqPay(sent))));
      expect(json.ok && parseReqPay(json.value)).toMatchObject({ ok: true, value: sent });
    }),
  );
});

test("a payment that is a paisa off anywhere is refused", () => {
  const places = ["net", "adjustment", "total"] as const;
  fc.assert(
    fc.property(message, fc.nat(), fc.constantFrom(...places), fc.boolean(), (sent, at, place, ofLine) => {
      const { payment } = sent;
      const off = <T extends Record<(typeof places)[number], Paise>>(of: T) => ({
        ...of,
        [place]: add(of[place], paise(1)),
      });
      const lines = payment.lines.map((each, i) => (ofLine && i === at % payment.lines.length ? off(each) : each));
      const changed = { ...sent, payment: { ...(ofLine ? payment : off(payment)), lines } };
      const parsed = parseReqPay(toReqPay(changed));
      expect(parsed).toMatchObject({ ok: false, refusal: { code: expect.stringMatching(/^AMOUNT_TOTAL$/) } });
    }),
  );
});
