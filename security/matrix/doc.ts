import { CALLER_NAMES, CALLERS, matrixRows, OUTCOMES, type Row, rowName } from "./table";

/** A table in columns of equal width, as the formatter writes tables. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const written = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`);
  written.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  return written.join("\n");
}

/** Methods of one path that are answered alike stand in one line. */
function merged(rows: readonly Row[]): { names: string; row: Row }[] {
  const found = new Map<string, { methods: string[]; row: Row }>();
  for (const row of rows) {
    const key = `${row.path} ${Object.values(row.cells).join(" ")}`;
    const known = found.get(key);
    if (known) known.methods.push(row.method);
    else found.set(key, { methods: [row.method], row });
  }
  return [...found.values()].map(({ methods, row }) => ({
    names: rowName({ method: methods.join(" "), path: row.path }),
    row,
  }));
}

const sentence = (text: string) => text.charAt(0) + text.slice(1).toLowerCase();

/** The text of docs/access-matrix.md, made from the one table. A test compares the two. */
export function matrixDoc(): string {
  const rows = matrixRows();
  const sections = [...new Set(rows.map((row) => row.section))].map((section) => {
    const lines = merged(rows.filter((row) => row.section === section)).map(({ names, row }) => [
      `\`${names}\``,
      ...CALLER_NAMES.map((caller) => row.cells[caller]),
    ]);
    return `## ${sentence(section)}\n\n${table([["route", ...CALLER_NAMES], ...lines])}`;
  });
  const callers = table([["caller", "who calls"], ...CALLER_NAMES.map((name) => [name, CALLERS[name]])]);
  const outcomes = Object.entries(OUTCOMES).map(([name, words]) => `- \`${name}\`: ${words}`);
  return `${[INTRODUCTION, callers, OUTCOMES_WORDS, outcomes.join("\n"), ...sections].join("\n\n")}\n`;
}

const INTRODUCTION = `# Access matrix

Who may do what: every page and every method of every API route, against everyone who may call it. \`npm run security\` tries each
cell against a running portal, with real sign-ins, real API keys and real signatures, and sees in the database that a cell which
is not 2xx, and every GET, changed no row. A refused reply must show nothing of the business.

This page is made from \`security/matrix/table.ts\`; a test fails when they differ, or when a route has no row, and
\`npx vitest run security/matrix -u\` writes it anew.`;

const OUTCOMES_WORDS = "A cell is the reply's status, or where a page sends its visitor:";
