import { describe, expect, test } from "vitest";
import { SEARCH_LIMITS } from "@/lib/search-limits";
import { countOfCommon, searchEitherWay } from "@/lib/search-ways";

const { firstLook, common, lookedUp, lookedThrough } = SEARCH_LIMITS;

/** A list of so many rows, in which the words stand at these places; pages have fifty rows. */
async function search(places: readonly number[], { length = 1_000_000, common = Number.POSITIVE_INFINITY } = {}) {
  const asked: string[] = [];
  const answer = await searchEitherWay({
    lookThrough: async (rows) => {
      asked.push(`look through ${rows}`);
      const hits = places.filter((place) => place < rows).slice(0, 51);
      return { found: hits.length === 51 || length < rows ? hits.slice(0, 50) : null, hits: hits.length };
    },
    lookUp: async (most) => {
      asked.push(`look up ${most}`);
      return places.length <= most ? { found: places.slice(0, 50), totals: places.length } : null;
    },
    lookedUp,
    common,
  });
  expect(answer.found).toEqual(places.slice(0, 50));
  return { asked, totals: answer.totals };
}

const every = (step: number, from = 0) => Array.from({ length: 30_000 }, (_, i) => from + i * step);

describe("a search", () => {
  test("for a word that many rows have is answered by the list's beginning", async () => {
    expect(await search(every(3))).toEqual({ asked: [`look through ${firstLook}`], totals: null });
  });

  test("in a short list is answered by all of it", async () => {
    expect(await search([1, 77], { length: firstLook - 1 })).toEqual({
      asked: [`look through ${firstLook}`],
      totals: null,
    });
  });

  test("for a word that few rows have looks it up", async () => {
    const asked = [`look through ${firstLook}`, `look up ${lookedUp}`];
    expect(await search([4, 500_000])).toEqual({ asked, totals: 2 });
  });

  test("for a word between the two looks through more of the list", async () => {
    const asked = [`look through ${firstLook}`, `look up ${lookedUp}`, `look through ${lookedThrough}`];
    expect(await search(every(80))).toEqual({ asked, totals: null });
  });

  test("for a word that the first rows have often, but not often enough for a page, doesn't look it up", async () => {
    const asked = [`look through ${firstLook}`, `look through ${lookedThrough}`];
    expect(await search(every(firstLook / common), { common })).toEqual({ asked, totals: null });
  });

  test("for what is all in one place, far behind, looks all of it up", async () => {
    const asked = [`look through ${firstLook}`, `look up ${lookedUp}`, "look up 1000000"];
    expect(await search(every(1, 700_000))).toEqual({ asked, totals: 30_000 });
  });

  test("in a list of few rows is answered by all of it, and looks nothing up", async () => {
    const asked = [`look through ${firstLook}`, `look through ${lookedThrough}`];
    expect(await search([900], { common: 0, length: 2_000 })).toEqual({ asked, totals: null });
  });

  test("in a list of few rows that is long all the same looks all of it up", async () => {
    const asked = [`look through ${firstLook}`, `look through ${lookedThrough}`, "look up 1000000"];
    expect(await search([90_000], { common: 0, length: 100_000 })).toEqual({ asked, totals: 1 });
  });
});

describe("how many a common word finds", () => {
  const page = { rows: Array(25).fill(0), nextCursor: "next", previousCursor: null };
  test.each([
    [137, 100],
    [100, 90],
    [1_999, 1_000],
    [30, 25],
    [1, 25],
    [0, 25],
  ])("of the list's first %i: more than %i", (counted, count) => {
    expect(countOfCommon(counted, false, page)).toEqual({ count, countIsMinimum: true });
  });

  test("is exact where the list has no more, or the page is all", () => {
    expect(countOfCommon(137, true, page)).toEqual({ count: 137, countIsMinimum: false });
    expect(countOfCommon(3, false, { ...page, nextCursor: null })).toEqual({ count: 25, countIsMinimum: false });
  });
});
