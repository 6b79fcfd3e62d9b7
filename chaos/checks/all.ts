import { ACKNOWLEDGED } from "@/chaos/checks/acknowledged";
import { AGREE } from "@/chaos/checks/agree";
import { APPROVED } from "@/chaos/checks/approved";
import { BOOKS } from "@/chaos/checks/books";
import type { Check } from "@/chaos/checks/check";
import { DELIVERED } from "@/chaos/checks/delivered";
import { ENDED } from "@/chaos/checks/ended";
import type { Facts } from "@/chaos/facts";

/** Every promise that a run is held to. */
export const CHECKS: readonly Check[] = [...ACKNOWLEDGED, ...APPROVED, ...ENDED, ...AGREE, ...BOOKS, ...DELIVERED];

export interface Finding {
  readonly check: string;
  readonly words: string;
}

/** What all checks find, in their order. */
export function findAll(facts: Facts): Finding[] {
  return CHECKS.flatMap((check) => check.find(facts).map((words) => ({ check: check.name, words })));
}
