import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const page = read("docs/asvs.md");

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they are its first ones. */
const SECTIONS: Record<string, number> = {
  "2.1": 3,
  "2.2": 3,
  "2.3": 4,
  "2.4": 1,
  "3.2": 2,
  "3.3": 4,
  "3.4": 6,
  "3.5": 5,
  "3.7": 2,
  "6.1": 3,
  "6.2": 12,
  "6.3": 4,
  "6.4": 4,
  "6.5": 5,
  "6.6": 3,
  "6.8": 4,
  "7.1": 3,
  "7.2": 4,
  "7.3": 2,
  "7.4": 5,
  "7.5": 2,
  "7.6": 2,
  "8.1": 2,
  "8.2": 3,
  "8.3": 1,
  "8.4": 1,
  "16.1": 1,
  "16.2": 5,
  "16.3": 4,
  "16.4": 3,
  "16.5": 3,
};

const lines = [...page.matchAll(/^\| (\d+\.\d+\.\d+)\s*\| (.+?)\s*\| (.+?)\s*\|$/gm)].map(
  ([, id = "", , state = ""]) => ({
    id,
    state,
  }),
);

/** What a line names in backticks with a slash and an ending: a test with its title, a page, a page's heading. */
const references = lines.flatMap(({ id, state }) =>
  [...state.matchAll(/`([\w./[\]-]+\.(?:ts|md))(?: (›|§) ([^`]+))?`/g)].map(([, file = "", sign, title]) => ({
    name: `${id}: ${file}${title ? ` ${sign} ${title}` : ""}`,
    file,
    sign,
    title,
  })),
);

describe("docs/asvs.md", () => {
  test("has a line for every requirement of the two levels, in their order, and no other", () => {
    const expected = Object.entries(SECTIONS).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
    );
    expect(lines.map(({ id }) => id)).toEqual(expected);
  });

  test.each(lines)("$id says whether it is met, and by what", ({ state }) => {
    expect(state).toMatch(/^(met|not met|not applicable): \S/);
    if (state.startsWith("met: ")) expect(state).toMatch(/`[\w./-]+\.(test\.ts|spec\.ts|md)\b/);
  });

  test.each(references)("$name", ({ file, sign, title }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    if (!title) return;
    const content = read(file);
    if (sign === "§") expect(content.split("\n")).toContain(`## ${title}`);
    else expect([`"${title}"`, `\`${title}\``, `'${title}'`].some((literal) => content.includes(literal))).toBe(true);
  });
});

/** The source of everything that runs in a browser. */
function browserSources(): string[] {
  return ["app", "components", "features", "lib"]
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((f) => join(folder, f)),
    )
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|^lib\/generated/.test(file));
}

describe("what the lines say of the code", () => {
  test("no component writes HTML of its own", () => {
    const writing = /dangerouslySetInnerHTML|\.innerHTML\s*=|\.outerHTML\s*=|insertAdjacentHTML|document\.write/;
    expect(browserSources().filter((file) => writing.test(read(file)))).toEqual([]);
  });

  test("no component listens to messages of other windows", () => {
    // A BroadcastChannel hears pages of the portal's own origin alone.
    const listening = /addEventListener\(\s*["']message|(?<!channel\.)onmessage/;
    expect(browserSources().filter((file) => listening.test(read(file)))).toEqual([]);
  });
});
