import { between, type Random } from "@/sandbox/random";

/** One of several; undefined of none. */
export function pick<Item>(random: Random, items: readonly Item[]): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

/** Up to `count` of them, each once, in any order. */
export function some<Item>(random: Random, items: readonly Item[], count: number): Item[] {
  const rest = [...items];
  const chosen: Item[] = [];
  while (chosen.length < count && rest.length > 0) chosen.push(...rest.splice(between(random, 0, rest.length - 1), 1));
  return chosen;
}

/** 32 hex digits: an id that the seed gives, so that a run asks for the same ids again. */
export function hexId(random: Random): string {
  return Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  ).join("");
}
