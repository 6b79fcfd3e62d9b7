import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { Problem, runMain } from "./problem";
import { runCommand } from "./processes";

/** A Chromium for the browser tests, and what it needs around it. */
export interface Browser {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
  /** Where it came from, for the log. */
  origin: string;
}

const INSTALLED = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const CACHE = resolve("node_modules/.cache/chukta");

/** Chromium's own sandbox needs a user that isn't root; the tests only ever open the portal. */
const ARGS = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

async function runs(command: string, env: Record<string, string> = {}): Promise<boolean> {
  const options = { env: { ...process.env, ...env }, quiet: true, signal: AbortSignal.timeout(15_000) };
  return runCommand(command, ["--version"], options).then(
    ({ code }) => code === 0,
    () => false,
  );
}

async function unpack(source: string, target: Writable): Promise<void> {
  await pipeline(createReadStream(source), createBrotliDecompress(), target);
}

/** Unpacks the Chromium that comes as an npm package, once; under another name first, so that a half is never taken for a whole. */
async function unpackFromNpm(): Promise<string> {
  const fromHere = createRequire(import.meta.url);
  const entry = fromHere.resolve("@sparticuz/chromium");
  const root = entry.slice(0, entry.lastIndexOf("/build/"));
  const { version } = fromHere(join(root, "package.json")) as { version: string };
  const { extract } = createRequire(entry)("tar-fs") as { extract: (folder: string) => Writable };
  const folder = join(CACHE, `chromium-${version}`);
  if (existsSync(folder)) return folder;

  const fresh = `${folder}.${process.pid}`;
  const bin = (name: string) => join(root, "bin", name);
  mkdirSync(fresh, { recursive: true });
  try {
    await Promise.all([
      unpack(bin("chromium.br"), createWriteStream(join(fresh, "chromium"), { mode: 0o755 })),
      unpack(bin("swiftshader.tar.br"), extract(fresh)),
      unpack(bin("fonts.tar.br"), extract(fresh)),
      unpack(bin("al2023.tar.br"), extract(fresh)),
    ]);
    // The package's own list of font folders names those of a cloud provider.
    const fonts = `<dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "fonts-cache")}</cachedir>`;
    writeFileSync(join(fresh, "fonts.conf"), `<?xml version="1.0"?>\n<fontconfig>${fonts}</fontconfig>\n`);
    if (!existsSync(folder)) renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

/**
 * A Chromium that runs here: CHROMIUM_PATH, one that Playwright or the machine has, or else the one that comes from npm with
 * the libraries that a bare Linux lacks.
 * @throws Problem when there is none
 */
export async function findChromium(): Promise<Browser> {
  const { chromium } = await import("@playwright/test");
  const named = process.env.CHROMIUM_PATH;
  for (const executablePath of named ? [named] : [chromium.executablePath(), ...INSTALLED])
    if (await runs(executablePath)) return { executablePath, args: ARGS, env: {}, origin: executablePath };
  if (named) throw new Problem(`CHROMIUM_PATH: ${named} doesn't start.`);
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Problem("The browser tests need Chromium: install it, or set CHROMIUM_PATH.");

  const folder = await unpackFromNpm();
  const executablePath = join(folder, "chromium");
  const fonts: Record<string, string> = existsSync("/etc/fonts/fonts.conf") ? {} : { FONTCONFIG_PATH: folder };
  // The package's libraries come second: where the machine has its own they fit better.
  const bundled = { LD_LIBRARY_PATH: [join(folder, "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":") };
  for (const env of [fonts, { ...fonts, ...bundled }])
    if (await runs(executablePath, env)) return { executablePath, args: ARGS, env, origin: "npm" };
  throw new Problem(
    `The Chromium from npm doesn't start here (${dirname(executablePath)}): install Chromium, or set CHROMIUM_PATH.`,
  );
}

if (process.argv[1] === import.meta.filename)
  void runMain(async () => {
    console.log(JSON.stringify(await findChromium(), null, 2));
    return 0;
  });
