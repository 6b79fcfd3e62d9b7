import { median } from "../load";
import type { Measured } from "./measure";
import type { SizeFigures } from "./run";

const ms = (value: number) => value.toFixed(value < 10 ? 1 : 0);
const groupsOf = (reads: readonly Measured[]) => [...new Set(reads.map(({ group }) => group))];

/** A table in Markdown: of each kind of read the middle one's median, and the slowest one's 95th percentile. */
export function table(figures: readonly SizeFigures[]): string {
  const lines = [`| reads | of | ${figures.map(({ size }) => `${size.toLocaleString("en-IN")} invoices |`).join(" ")}`];
  lines.push(`|---|---|${figures.map(() => "---|").join("")}`);
  for (const firm of ["largest", "small"] as const)
    for (const group of groupsOf(figures[0]?.firms[firm] ?? [])) {
      const cells = figures.map(({ firms }) => {
        const reads = (firms[firm] ?? []).filter((read) => read.group === group);
        const middle = median(reads.map(({ p50 }) => p50));
        return `${ms(middle)} / ${ms(Math.max(...reads.map(({ p95 }) => p95)))} |`;
      });
      const count = figures[0]?.firms[firm].filter((read) => read.group === group).length;
      lines.push(`| ${group} (${count}) | ${firm} | ${cells.join(" ")}`);
    }
  return lines.join("\n");
}

/** Those above the goal, and how many keep it. */
export function slowestOf(figures: readonly SizeFigures[], goal: number): string {
  return figures
    .map(({ size, firms }) => {
      const reads = Object.entries(firms).flatMap(([firm, all]) => all.map((read) => ({ firm, ...read })));
      const slow = reads.filter(({ p95 }) => p95 > goal).sort((a, b) => b.p95 - a.p95);
      const said = slow
        .slice(0, 20)
        .map(({ firm, name, p50, p95 }) => `  ${ms(p95)} ms at p95 (median ${ms(p50)}): ${name} (${firm})`);
      return [
        `${size.toLocaleString("en-IN")}: ${reads.length - slow.length} of ${reads.length} reads within ${goal} ms at p95`,
        ...said,
      ].join("\n");
    })
    .join("\n");
}

/** How much slower the reads of the largest size are than those of the smallest: the median over all reads of the ratio of medians. */
export function growthOf(figures: readonly SizeFigures[]): { worst: number; words: string } {
  const [first, last] = [figures[0], figures.at(-1)];
  if (!first || !last || first === last) return { worst: 1, words: "" };
  const both = (["largest", "small"] as const).filter((firm) => first.firms[firm] && last.firms[firm]);
  const ratios = both.map((firm) => {
    const before = new Map(first.firms[firm].map(({ name, p50 }) => [name, p50]));
    return { firm, ratio: median(last.firms[firm].map(({ name, p50 }) => p50 / (before.get(name) ?? p50))) };
  });
  const words = ratios.map(({ firm, ratio }) => `${ratio.toFixed(2)} for the ${firm} business`).join(", ");
  return {
    worst: Math.max(...ratios.map(({ ratio }) => ratio)),
    words: `From ${first.size.toLocaleString("en-IN")} to ${last.size.toLocaleString("en-IN")} invoices the middle read takes × ${words}.`,
  };
}
