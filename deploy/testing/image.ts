import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ROOT } from "@/scripts/environment";

/** Made by the image's own build, and so not in the repository. */
const BUILT = [".next", "node_modules"];

/** The repository's files and folders that the running image has, as the Dockerfile copies them. */
export function imagePaths(): string[] {
  const dockerfile = readFileSync(join(ROOT, "Dockerfile"), "utf8");
  const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
  const sources = [...last.matchAll(/^COPY --from=\w+ (.+) \S+$/gm)].flatMap(([, list = ""]) => list.split(" "));
  return sources.map((source) => relative("/app", source)).filter((source) => !BUILT.includes(source));
}

/** What the Dockerfile takes out of node_modules after npm has filled it, with `*` where it stands for any name. */
export function removedPackages(): string[] {
  const dockerfile = readFileSync(join(ROOT, "Dockerfile"), "utf8").replaceAll("\\\n", " ");
  return [...dockerfile.matchAll(/^RUN cd node_modules && rm -rf (.+)$/gm)].flatMap(([, list = ""]) =>
    list.trim().split(/\s+/),
  );
}

interface Locked {
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

/** The packages and all that they can't do without, by package-lock.json: names as they stand in node_modules, nested ones left out. */
export function neededPackages(roots: Iterable<string>): Set<string> {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, Locked>;
  };
  const foundFrom = (parent: string, name: string): string | undefined => {
    for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
      const path = `${folder && `${folder}/`}node_modules/${name}`;
      if (packages[path]) return path;
      if (!folder) return undefined;
    }
  };
  const found = new Set<string>();
  const waiting: [parent: string, name: string][] = [...roots].map((name) => ["", name]);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const path = foundFrom(...next);
    if (!path || found.has(path)) continue;
    found.add(path);
    const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = packages[path] ?? {};
    for (const name of Object.keys(dependencies)) waiting.push([path, name]);
    for (const name of Object.keys(peerDependencies))
      if (!peerDependenciesMeta[name]?.optional) waiting.push([path, name]);
  }
  return new Set(
    [...found].map((path) => path.slice("node_modules/".length)).filter((name) => !name.includes("/node_modules/")),
  );
}

const EXTENSIONS = ["", ".ts", ".tsx", ".mjs", ".json", "/index.ts"];

function fileOf(specifier: string, from: string): string {
  const base = specifier.startsWith("@/") ? join(ROOT, specifier.slice(2)) : join(dirname(from), specifier);
  const found = EXTENSIONS.map((extension) => base + extension).find((file) => /\.\w+$/.test(file) && existsSync(file));
  if (!found) throw new Error(`${specifier}, imported by ${relative(ROOT, from)}, is not there`);
  return found;
}

export interface Closure {
  /** Files of the repository, from its root. */
  files: Set<string>;
  /** Packages, by the name to install them by. */
  packages: Set<string>;
}

/** All that a program loads: what it imports, and what that imports; types left out. */
export function closureOf(entries: readonly string[]): Closure {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = entries.map((entry) => join(ROOT, entry));
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    const name = relative(ROOT, file);
    if (files.has(name) || name.startsWith("lib/generated/")) continue;
    files.add(name);
    if (name.endsWith(".json")) continue;
    for (const specifier of importsOf(readFileSync(file, "utf8"))) {
      if (/^(\.|@\/)/.test(specifier)) {
        if (!specifier.includes("/generated/")) waiting.push(fileOf(specifier, file));
      } else if (!specifier.startsWith("node:"))
        packages.add(specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
    }
  }
  return { files, packages };
}

function importsOf(source: string): string[] {
  const statements = source.matchAll(
    /^(?:import|export)\s(?!type\b)(?:[^"';]*?from\s*)?"([^"]+)"|\bimport\("([^"]+)"\)/gm,
  );
  return [...statements].flatMap(([statement, plain, dynamic]) => {
    // `import { type A, type B }` is gone once it is compiled.
    const named = /\{([^}]*)\}/.exec(statement)?.[1];
    const onlyTypes =
      named !== undefined &&
      !/^\w/.test(statement.replace(/^(import|export)\s*/, "")) &&
      named.split(",").every((part) => /^\s*(type\s|$)/.test(part));
    return onlyTypes ? [] : [plain ?? dynamic ?? ""];
  });
}
