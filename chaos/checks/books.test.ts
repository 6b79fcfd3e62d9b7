import { describe, expect, test } from "vitest";
import { BUYER, INVOICE, PAYMENT, SUPPLIER } from "@/chaos/testing/sample-facts";
import { first, found, second } from "@/chaos/testing/spoilt-facts";

describe("the books", () => {
  const name = `invoice ${INVOICE} (${BUYER}'s payable)`;

  test("an amount that was applied twice, or not at all", () => {
    const twice = found((facts) => void Object.assign(first(facts.invoices), { paid: 20_000 }));
    expect(twice["each invoice's books add up"]).toEqual([
      `${name}: paid 200.00 but its accepted payments sum to 100.00`,
    ]);
    expect(twice["both copies of an invoice agree"]).toEqual([
      `invoice ${INVOICE}: paid 200.00 in ${BUYER}'s books, 100.00 in ${SUPPLIER}'s`,
    ]);
    const left = found((facts) => void Object.assign(first(facts.invoices), { pending: 10_000 }));
    expect(left["each invoice's books add up"]).toEqual([
      `${name}: pending 100.00 but its open payments sum to 0.00`,
      `${name}: PART_PAID where its amounts demand PAYMENT_INITIATED`,
    ]);
  });

  test("more than the invoice's total", () => {
    const findings = found((facts) => {
      first(facts.invoices).total = 5_000;
      second(facts.invoices).total = 5_000;
      first(facts.raised).total = 5_000;
    });
    expect(findings["each invoice's books add up"]).toContain(
      `${name}: its payments sum to 100.00, more than its total 50.00`,
    );
  });

  test("a payment whose lines are not its total", () => {
    const findings = found((facts) => void Object.assign(first(facts.lines), { net: 9_799, total: 9_999 }));
    expect(findings["each payment's lines add up"]).toEqual([
      `payment ${PAYMENT} (${BUYER}): net 98.00 but its lines sum to 97.99`,
      `payment ${PAYMENT} (${BUYER}): total 100.00 but its lines sum to 99.99`,
    ]);
  });

  test("a payment that its own line tells otherwise", () => {
    const findings = found((facts) => void Object.assign(first(facts.lines), { isTrue: false }));
    expect(findings["each payment's lines add up"]).toEqual([
      `payment ${PAYMENT} (${BUYER}): a line says something else of it, by which searches miss it`,
    ]);
  });
});
