interface Totals {
  count: number;
  countIsMinimum: boolean;
}

/** "3 bills", "1 bill", "more than 10,000 bills": how many there are, for people. */
export function countWords(totals: Totals | number, one: string, many: string): string {
  const { count, countIsMinimum } = typeof totals === "number" ? { count: totals, countIsMinimum: false } : totals;
  return `${countIsMinimum ? "more than " : ""}${count.toLocaleString("en-IN")} ${count === 1 ? one : many}`;
}
