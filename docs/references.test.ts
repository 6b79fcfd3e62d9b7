import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/** What is made, fetched or found while running: nobody writes references there. */
const NOT_OURS = new Set(["node_modules", "generated", "test-results", "playwright-report", "public"]);
const CODE = new Set([
  ".ts",
  ".tsx",
  ".mjs",
  ".js",
  ".css",
  ".sql",
  ".prisma",
  ".yaml",
  ".yml",
  ".sh",
  ".ini",
  ".example",
]);

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return [path];
    return entry.isDirectory() && !entry.name.startsWith(".") && !NOT_OURS.has(entry.name) ? filesIn(path) : [];
  });
}

const files = filesIn(ROOT);
const pages = files.filter((file) => extname(file) === ".md");
const sources = files.filter(
  (file) => (CODE.has(extname(file)) || file.endsWith("Dockerfile")) && file !== import.meta.filename,
);
const decisions = readdirSync(join(ROOT, "docs/decisions"));

/** A page's headings: what stands behind the number signs, code marks left out. */
function headingsOf(page: string): string[] {
  const text = readFileSync(page, "utf8").replace(/^```.*?^```/gms, "");
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading.replaceAll("`", "").trim());
}

/** A heading as a link's ending, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/** A comment that goes on in the next line, as one line. */
const unwrapped = (text: string) => text.replace(/\s*\n\s*(?:\*(?!\/)|\/\/+|--|#|;)?[ \t]*/g, " ");

/** Why a page that is named doesn't lead anywhere; null when it does. */
function whyLost(page: string, { heading, anchor }: { heading?: string | undefined; anchor?: string | undefined }) {
  if (!existsSync(page)) return "no such file";
  if (heading && !headingsOf(page).includes(heading)) return `no heading "${heading}"`;
  return anchor && !headingsOf(page).map(anchorOf).includes(anchor) ? `no heading for #${anchor}` : null;
}

/** References of code that lead nowhere: a page from the root or from the file's own folder, its heading, a decision's number. */
function lostInCode(text: string, file: string): string[] {
  const line = unwrapped(text);
  const named = [...line.matchAll(/(?<page>[\w./-]*\w\.md)\b(?:#(?<anchor>[\w-]+)|,? "(?<heading>[^"]+)")?/g)];
  const lostPages = named.flatMap(({ 0: all, groups: { page = "", ...ending } = {} }) => {
    const from = [ROOT, dirname(file)].find((folder) => existsSync(join(folder, page))) ?? ROOT;
    const why = whyLost(join(from, page), ending);
    return why ? [`${all}: ${why}`] : [];
  });
  return [...lostPages, ...lostDecisions(line)];
}

const lostDecisions = (text: string) =>
  [...text.matchAll(/\bdecisions?[ /](\d{3})\b/g)]
    .filter(([, number]) => !decisions.some((name) => name.startsWith(`${number}-`)))
    .map(([all]) => `${all}: no such decision`);

/** Links of a page that lead nowhere, and files between code marks that aren't there. */
function lostInPage(text: string, file: string): string[] {
  const marked = text.replace(/^```.*?^```/gms, "");
  const prose = marked.replace(/`[^`\n]*`/g, "");
  const named = [...marked.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.(?:tsx?|mjs|md|sql|json|prisma|ya?ml|sh|ini))`/g)];
  const lostFiles = named
    .filter(([, path = ""]) => !existsSync(join(ROOT, path)) && !existsSync(join(dirname(file), path)))
    .map(([, path]) => `${path}: no such file`);
  const links = [...prose.matchAll(/\]\((?<target>[^)\s#]*)(?:#(?<anchor>[^)\s]+))?\)/g)];
  const lostLinks = links.flatMap(({ groups: { target = "", anchor } = {} }) => {
    if (/^[a-z]+:/.test(target)) return [];
    const why = whyLost(target ? join(dirname(file), target) : file, { anchor });
    return why ? [`${target}${anchor ? `#${anchor}` : ""}: ${why}`] : [];
  });
  return [...lostLinks, ...lostFiles, ...lostDecisions(prose)];
}

const listOf = (found: (text: string, file: string) => string[], among: string[]) =>
  among.flatMap((file) => found(readFileSync(file, "utf8"), file).map((lost) => `${relative(ROOT, file)}: ${lost}`));

describe("references", () => {
  test("of comments and texts of the code lead to a page and heading that exist", () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(listOf(lostInCode, sources)).toEqual([]);
  });

  test("of pages lead to a file and heading that exist", () => {
    expect(pages.length).toBeGreaterThan(20);
    expect(listOf(lostInPage, pages)).toEqual([]);
  });

  test("that lead nowhere are found", () => {
    const code = [
      '// lost.md, docs/protocol.md, "No such',
      '// heading", docs/operations.md#nowhere, decision 999; found: docs/protocol.md, "Amounts"',
    ].join("\n");
    expect(lostInCode(code.replace("lost", "no-such-page"), join(ROOT, "lib/ids.ts"))).toEqual([
      "no-such-page.md: no such file",
      'docs/protocol.md, "No such heading": no heading "No such heading"',
      "docs/operations.md#nowhere: no heading for #nowhere",
      "decision 999: no such decision",
    ]);
    const page =
      "[a](gone.md) [b](protocol.md#gone) [c](protocol.md#amounts) [d](https://example.com) `[e](gone.md)` `lib/gone.ts`";
    expect(lostInPage(page, join(ROOT, "docs/page.md"))).toEqual([
      "gone.md: no such file",
      "protocol.md#gone: no heading for #gone",
      "lib/gone.ts: no such file",
    ]);
  });

  test("the list of decisions has each with its title, in order", () => {
    const listed = readFileSync(join(ROOT, "docs/decisions/README.md"), "utf8").matchAll(
      /^\| (\d{3})\s*\| \[(.+?)\]\(([\w-]+\.md)\)/gm,
    );
    const titles = decisions
      .filter((name) => /^\d{3}-/.test(name))
      .sort()
      .map((name) => [name, headingsOf(join(ROOT, "docs/decisions", name))[0]]);
    expect([...listed].map(([, number, title, name]) => [name, `${number} ${title}`])).toEqual(titles);
  });
});
