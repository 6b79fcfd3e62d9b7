import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ROOT } from "./environment";
import { generateClient } from "./generate";
import { Problem, runMain } from "./problem";
import { runCommand } from "./processes";

/** What the portal's build is made from: folders of the repository, and files beside them. */
const SOURCES = [
  "app",
  "components",
  "features",
  "lib",
  "public",
  "worker",
  "prisma/schema.prisma",
  "package-lock.json",
];
const SOURCE_FILES = /^(next\.config\.js|tsconfig\.json|postcss\.config\.\w+|proxy\.ts|instrumentation[\w-]*\.ts)$/;
const NOT_BUILT = /\.test\.tsx?$|\.md$|^lib\/generated\//;

function sourceFiles(): string[] {
  const files = readdirSync(ROOT).filter((name) => SOURCE_FILES.test(name));
  for (const source of SOURCES) {
    const path = join(ROOT, source);
    if (!existsSync(path)) continue;
    if (source.includes(".")) files.push(source);
    else
      for (const entry of readdirSync(path, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) files.push(join(entry.parentPath, entry.name).slice(ROOT.length + 1));
  }
  return files.filter((file) => !NOT_BUILT.test(file.replaceAll("\\", "/"))).sort();
}

/** A stamp that changes when anything changes that goes into the build. */
function sourceStamp(): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of sourceFiles()) hash.update(`\0${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest("hex");
}

const stampFile = (distDir: string) => join(ROOT, distDir, "chukta-stamp");

/** True when the folder holds a whole build of the sources as they are now. */
function isBuilt(distDir: string): boolean {
  if (!existsSync(join(ROOT, distDir, "BUILD_ID")) || !existsSync(stampFile(distDir))) return false;
  return readFileSync(stampFile(distDir), "utf8") === sourceStamp();
}

/** @throws Problem when there is no build; says so when it is older than the sources. */
export function requireBuild(distDir: string): void {
  if (!existsSync(join(ROOT, distDir, "BUILD_ID")))
    throw new Problem("There is no build yet: run `npm run build` first.");
  if (!isBuilt(distDir)) console.warn("The build is older than the sources: `npm run build` makes a new one.");
}

function firstError(output: string): string {
  const lines = output.split("\n").map((line) => line.trim());
  const at = lines.findIndex((line) => /error|failed/i.test(line) && !/^(⨯|>)? ?Build (failed|error)/i.test(line));
  return lines
    .slice(at < 0 ? -3 : at, at < 0 ? undefined : at + 2)
    .join(" ")
    .trim();
}

/**
 * Makes the portal's production build, unless the folder holds one of the same sources.
 * With a log file it is quiet, and a failure is one line that says where the rest is.
 * @returns whether it built
 */
export async function buildPortal(distDir: string, logFile?: string): Promise<boolean> {
  await generateClient();
  if (isBuilt(distDir)) return false;
  // Taken before the build, so that what changes meanwhile is built again.
  const stamp = sourceStamp();
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const env = { ...process.env, NEXT_DIST_DIR: distDir, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
  const { code, output } = await runCommand(process.execPath, [next, "build"], {
    cwd: ROOT,
    env,
    quiet: logFile !== undefined,
  });
  if (logFile) {
    mkdirSync(dirname(logFile), { recursive: true });
    writeFileSync(logFile, output);
  }
  if (code !== 0)
    throw new Problem(logFile ? `The build failed: ${firstError(output)} (${logFile})` : "The build failed.");
  writeFileSync(stampFile(distDir), stamp);
  return true;
}

if (process.argv[1] === import.meta.filename)
  void runMain(async () => {
    if (!(await buildPortal(process.env.NEXT_DIST_DIR || ".next"))) console.log("The build is up to date.");
    return 0;
  });
