import fc from "fast-check";
import { expect, test } from "vitest";
import { carryOver } from "@/components/ui/carry-over";

const OPENED = { number: "INV-7", amount: "1000", due: "2026-12-01" };

test("what was typed stays, and all else is as somebody else has saved it", () => {
  const typed = { ...OPENED, amount: "1200" };
  const now = { ...OPENED, due: "2026-12-31" };
  expect(carryOver(typed, OPENED, now)).toEqual({
    values: { number: "INV-7", amount: "1200", due: "2026-12-31" },
    changes: [{ name: "due", before: "2026-12-01", now: "2026-12-31", isTypedOver: false }],
  });
});

test("a field that both changed keeps what was typed, and says so", () => {
  const { values, changes } = carryOver({ ...OPENED, amount: "1200" }, OPENED, { ...OPENED, amount: "1500" });
  expect(values.amount).toBe("1200");
  expect(changes).toEqual([{ name: "amount", before: "1000", now: "1500", isTypedOver: true }]);
});

test("who typed what the other saved has typed over nothing", () => {
  const same = { ...OPENED, amount: "1500" };
  expect(carryOver(same, OPENED, same)).toEqual({
    values: same,
    changes: [{ name: "amount", before: "1000", now: "1500", isTypedOver: false }],
  });
});

test("whatever is typed and saved: nothing typed is lost, and nothing that somebody else saved is put back unsaid", () => {
  const form = fc.record({
    number: fc.constantFrom("a", "b", "c"),
    party: fc.record({ id: fc.constantFrom("a", "b") }),
  });
  fc.assert(
    fc.property(form, form, form, (typed, opened, now) => {
      const { values, changes } = carryOver(typed, opened, now);
      for (const name of ["number", "party"] as const) {
        const text = (of: typeof typed) => JSON.stringify(of[name]);
        expect(text(values)).toBe(text(typed) === text(opened) ? text(now) : text(typed));
        expect(changes.some((change) => change.name === name)).toBe(text(opened) !== text(now));
        const isPutBack = text(opened) !== text(now) && text(values) !== text(now);
        expect(changes.some((change) => change.name === name && change.isTypedOver)).toBe(isPutBack);
      }
    }),
  );
});
