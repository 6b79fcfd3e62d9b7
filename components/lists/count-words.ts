/** "3 bills", "1 bill", "more than 10,000 bills": how many a list has, for people. */
export function countWords(totals: { count: number; countIsMinimum: boolean }, one: string, many: string): string {
  const count = totals.count.toLocaleString("en-IN");
  return `${totals.countIsMinimum ? "more than " : ""}${count} ${totals.count === 1 ? one : many}`;
}
