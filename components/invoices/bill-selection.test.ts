import { describe, expect, test } from "vitest";
import { allOf, asShown, whyNot } from "@/components/invoices/bill-selection";
import { MAX_BILLS } from "@/features/payments/schema";

const bill = (id: string, supplier = "Kaveri", duePaise = 100) => ({
  id,
  duePaise,
  counterparty: { b2bId: `${supplier}@BCB`, name: supplier },
});
const ids = (bills: readonly { id: string }[]) => bills.map(({ id }) => id).join(" ");

describe("a bill", () => {
  test("can be chosen beside others of its supplier alone, while something is due on it", () => {
    expect(whyNot([], bill("a"))).toBeNull();
    expect(whyNot([bill("a")], bill("b"))).toBeNull();
    expect(whyNot([bill("a")], bill("b", "Orchid"))).toMatch(/one supplier/);
    expect(whyNot([], bill("a", "Kaveri", 0))).toMatch(/Nothing is due/);
  });

  test("can always be taken back", () => {
    const many = Array.from({ length: MAX_BILLS }, (_, at) => bill(`b${at}`));
    expect(whyNot(many, bill("more"))).toMatch(/at most/);
    expect(whyNot(many, bill("b7"))).toBeNull();
  });
});

describe("choosing all of a page", () => {
  const page = [bill("a"), bill("b"), bill("paid", "Kaveri", 0)];

  test("takes what is due, where there is one supplier", () => {
    const all = allOf([], page);
    expect([all.state, ids(all.bills), all.whyNot]).toEqual(["none", "a b", null]);
  });

  test("waits for a first bill where there are several", () => {
    const mixed = [...page, bill("c", "Orchid")];
    expect(allOf([], mixed).whyNot).toMatch(/choose a bill first/);
    const all = allOf([bill("c", "Orchid")], mixed);
    expect([all.state, ids(all.bills), all.supplier]).toEqual(["all", "c", "Orchid"]);
  });

  test("says whether some, or all, are chosen", () => {
    expect(allOf([bill("a")], page).state).toBe("some");
    expect(allOf([bill("a"), bill("b")], page).state).toBe("all");
    expect(allOf([bill("elsewhere")], page).state).toBe("none");
  });

  test("has nothing to offer where nothing of theirs is due", () => {
    expect(allOf([], [bill("paid", "Kaveri", 0)]).whyNot).toMatch(/Nothing is due/);
    expect(allOf([bill("c", "Orchid")], page).whyNot).toMatch(/Orchid has no other bills/);
  });

  test("takes no more than a payment does, and is then all of them", () => {
    const chosen = Array.from({ length: MAX_BILLS - 1 }, (_, at) => bill(`before${at}`));
    const all = allOf(chosen, page);
    expect([all.state, ids(all.bills)]).toEqual(["none", "a"]);
    expect(allOf([...chosen, bill("b")], page)).toMatchObject({ state: "all", bills: [bill("b")] });
  });
});

describe("what is chosen", () => {
  test("has what is due by now, and loses what is not due any more", () => {
    const chosen = [bill("a"), bill("b"), bill("on another page")];
    const page = [bill("a", "Kaveri", 40), bill("b", "Kaveri", 0), bill("c")];
    expect(asShown(chosen, page)).toEqual([bill("a", "Kaveri", 40), bill("on another page")]);
  });

  test("is left as it is where nothing has changed", () => {
    const chosen = [bill("a"), bill("on another page")];
    expect(asShown(chosen, [bill("a"), bill("c")])).toBe(chosen);
  });
});
