import { findAll } from "@/chaos/checks/all";
import type { Facts } from "@/chaos/facts";
import { sampleFacts } from "@/chaos/testing/sample-facts";

export type Writable<Value> = Value extends readonly (infer Item)[]
  ? Writable<Item>[]
  : Value extends object
    ? { -readonly [Name in keyof Value]: Writable<Value[Name]> }
    : Value;

/** What is found once the facts are spoilt, by check. */
export function found(spoil: (facts: Writable<Facts>) => void): Record<string, string[]> {
  const facts = sampleFacts() as Writable<Facts>;
  spoil(facts);
  const findings: Record<string, string[]> = {};
  for (const { check, words } of findAll(facts as Facts)) {
    findings[check] ??= [];
    findings[check].push(words);
  }
  return findings;
}

export const first = <Item>(items: readonly Item[]): Item => items[0] as Item;
export const second = <Item>(items: readonly Item[]): Item => items[1] as Item;
