import { expect, test } from "vitest";
import { AGES } from "@/features/ageing/rules";

test("every day belongs to one age", () => {
  for (let late = -400; late <= 400; late++) {
    const of = AGES.filter(
      ({ from, to }) => late >= (from ?? Number.NEGATIVE_INFINITY) && late <= (to ?? Number.POSITIVE_INFINITY),
    );
    expect(of, `${late} days late`).toHaveLength(1);
  }
});

test("the words say where an age begins and ends", () => {
  expect(AGES.map(({ words, from, to }) => [words, from, to])).toEqual([
    ["Not due yet", null, 0],
    ["1–30 days late", 1, 30],
    ["31–60 days late", 31, 60],
    ["61–90 days late", 61, 90],
    ["Over 90 days late", 91, null],
  ]);
});
