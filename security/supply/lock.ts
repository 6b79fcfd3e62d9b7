import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/environment";

/** A package as package-lock.json has it. */
export interface LockedPackage {
  /** Where npm puts it: `node_modules/a/node_modules/b`. */
  place: string;
  name: string;
  version: string;
  licence: string | null;
  integrity: string | null;
  /** Needed for work on the project alone, never where it runs. */
  dev: boolean;
  /** May be missing: for another operating system, say. */
  optional: boolean;
  hasInstallScript: boolean;
  /** The names of what it needs. */
  needs: string[];
}

interface LockEntry {
  version?: string;
  name?: string;
  license?: string;
  integrity?: string;
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
  link?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

export interface Lock {
  name: string;
  version: string;
  licence: string;
  packages: LockedPackage[];
}

const PLACE = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/;

const needsOf = ({ dependencies, devDependencies, optionalDependencies }: LockEntry) =>
  Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).sort();

/** Reads a lock file (version 3), the project's own when left out. @throws Error for one that isn't. */
export function readLock(file: string = join(ROOT, "package-lock.json")): Lock {
  const lock = JSON.parse(readFileSync(file, "utf8")) as {
    lockfileVersion: number;
    packages: Record<string, LockEntry>;
  };
  if (lock.lockfileVersion !== 3) throw new Error(`${file} has version ${lock.lockfileVersion}; this reads version 3`);
  const root = lock.packages[""] ?? {};
  const packages: LockedPackage[] = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (place === "" || entry.link) continue;
    packages.push({
      place,
      name: entry.name ?? PLACE.exec(place)?.[1] ?? place,
      version: entry.version ?? "",
      licence: entry.license ?? null,
      integrity: entry.integrity ?? null,
      dev: entry.dev === true,
      optional: entry.optional === true || entry.devOptional === true,
      hasInstallScript: entry.hasInstallScript === true,
      needs: needsOf(entry),
    });
  }
  const own = { place: "", needs: needsOf(root) };
  return {
    name: root.name ?? "",
    version: root.version ?? "",
    licence: root.license ?? "",
    packages: [
      {
        ...own,
        name: root.name ?? "",
        version: root.version ?? "",
        licence: root.license ?? null,
        integrity: null,
        dev: false,
        optional: false,
        hasInstallScript: false,
      },
      ...packages,
    ],
  };
}

/** The package that a name means for the one at a place, as Node looks it up: its own folder first, then each above. */
export function resolveFrom(
  places: ReadonlyMap<string, LockedPackage>,
  from: string,
  name: string,
): LockedPackage | null {
  for (let folder = from; ; ) {
    const found = places.get(folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`);
    if (found) return found;
    if (folder === "") return null;
    const at = folder.lastIndexOf("/node_modules/");
    folder = at < 0 ? "" : folder.slice(0, at);
  }
}
