import { type LockedPackage, readLock } from "./lock";

/** Licences that ask for nothing but their text, for whatever use. */
const FREE = new Set([
  "MIT",
  "Apache-2.0",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "Unlicense",
]);

/** Other licences, each for the packages that have been looked at, and why it is well. */
const LOOKED_AT: readonly { licence: string; packages: RegExp; why: string }[] = [
  {
    licence: "MPL-2.0",
    packages: /^lightningcss(-[\w-]+)?$/,
    why: "Used unchanged while building, to write the style sheets; its own files would have to be published if they were changed.",
  },
  {
    licence: "LGPL-3.0-or-later",
    packages: /^@img\/sharp-/,
    why: "libvips, a library of its own beside Next.js's image server, used unchanged and replaceable.",
  },
  {
    licence: "CC-BY-4.0",
    packages: /^caniuse-lite$/,
    why: "A table of what browsers can do, used while building; its authors are named here.",
  },
  { licence: "Python-2.0", packages: /^argparse$/, why: "As free as MIT." },
  {
    licence: "EPL-2.0",
    packages: /^elkjs$/,
    why: "Comes with Prisma's Studio, which the portal neither starts nor contains; used unchanged.",
  },
  {
    licence: "OFL-1.1",
    packages: /^geist$/,
    why: "The fonts of the pages: may be used and passed on, not sold by themselves.",
  },
];

/** What a package says in other words than SPDX's, or doesn't say; each was looked up in its own LICENSE file. */
const SAID_OTHERWISE: Record<string, string> = {
  "SIL OPEN FONT LICENSE": "OFL-1.1",
  "MIT and ISC": "MIT AND ISC",
};
const UNSAID: Record<string, string> = { "seq-queue": "MIT" };

/** A package's licence as an SPDX expression; null when it has none. */
export function licenceOf({ name, licence }: Pick<LockedPackage, "name" | "licence">): string | null {
  if (licence === null) return UNSAID[name] ?? null;
  return SAID_OTHERWISE[licence] ?? licence;
}

function allows(licence: string, name: string): boolean {
  const expression = licence.replace(/^\((.*)\)$/, "$1");
  // Of several licences to choose from one will do; where several hold, all of them must.
  if (expression.includes(" OR ")) return expression.split(" OR ").some((part) => allows(part.trim(), name));
  if (expression.includes(" AND ")) return expression.split(" AND ").every((part) => allows(part.trim(), name));
  return FREE.has(expression) || LOOKED_AT.some((known) => known.licence === expression && known.packages.test(name));
}

/** Packages that run with the portal, or build it, under a licence that nobody has looked at. */
export function unknownLicences(packages: readonly LockedPackage[]): string[] {
  return packages
    .filter((one) => one.place !== "" && !one.dev)
    .filter((one) => !allows(licenceOf(one) ?? "", one.name))
    .map((one) => `${one.name} ${one.version}: ${one.licence ?? "no licence"}`);
}

/** Packages by licence, each once, however often it is installed. */
function byLicence(packages: readonly LockedPackage[]): [string, string[]][] {
  const found = new Map<string, Set<string>>();
  for (const one of packages) {
    const licence = licenceOf(one) ?? "none";
    found.set(licence, (found.get(licence) ?? new Set()).add(`${one.name} ${one.version}`));
  }
  return [...found]
    .map(([licence, names]): [string, string[]] => [licence, [...names].sort()])
    .sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]));
}

function section(title: string, packages: readonly LockedPackage[]): string {
  const groups = byLicence(packages).map(
    ([licence, names]) => `### ${licence} (${names.length})\n\n${names.join(", ")}`,
  );
  return `## ${title}\n\n${groups.join("\n\n")}`;
}

/** The text of docs/licences.md, made from the lock file. A test compares the two. */
export function licencesDoc(): string {
  const packages = readLock().packages.filter((one) => one.place !== "");
  const looked = LOOKED_AT.map(({ licence, packages: names, why }) => {
    const found = packages.filter((one) => !one.dev && names.test(one.name));
    return `- **${licence}** (${
      found
        .map((one) => one.name)
        .filter((name) => !name.startsWith("@img/") && !name.startsWith("lightningcss-"))
        .join(", ") || found[0]?.name
    }): ${why}`;
  });
  return `${[
    INTRODUCTION,
    looked.join("\n"),
    section(
      "Where the portal runs or is built",
      packages.filter((one) => !one.dev),
    ),
    section(
      "For tests and checks alone",
      packages.filter((one) => one.dev),
    ),
  ].join("\n\n")}\n`;
}

const INTRODUCTION = `# Licences

What the portal's packages may be used for, as package-lock.json has them. This page is made from it by \`security/supply/licences.ts\`; a
test fails when it is not current, or when a package that runs or builds the portal has a licence that is not on the list there, and
\`npx vitest run security/supply -u\` writes it anew. Licences that ask for more than their text were looked at one by one:`;
