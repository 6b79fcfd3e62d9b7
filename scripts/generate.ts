import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "./environment";
import { waitForLock } from "./lock";
import { Problem, runMain } from "./problem";
import { runCommand } from "./processes";

const OUTPUT = join(ROOT, "lib/generated/prisma");
const STAMP = join(ROOT, "lib/generated/stamp");
const LOCK = join(ROOT, "lib/generated/lock");

function schemaStamp(): string {
  const version = createRequire(import.meta.url)("prisma/package.json").version as string;
  return createHash("sha256")
    .update(version)
    .update(readFileSync(join(ROOT, "prisma/schema.prisma")))
    .digest("hex");
}

function isGenerated(): boolean {
  return existsSync(join(OUTPUT, "client.ts")) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === schemaStamp();
}

/**
 * Writes the Prisma client to lib/generated/prisma, unless it is there for this schema.
 * Prisma would first download an engine that it doesn't need for this; told that there is one, it takes our word for it.
 * @throws Problem with Prisma's words when it fails, since a client that is out of date would compile all the same
 */
export async function generateClient(): Promise<void> {
  if (isGenerated()) return;
  // Two at once would write over each other.
  const release = await waitForLock(LOCK, "writing the Prisma client");
  try {
    if (isGenerated()) return;
    const stamp = schemaStamp();
    const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" };
    const args = [prisma, "generate", "--no-hints"];
    const { code, output } = await runCommand(process.execPath, args, { cwd: ROOT, env, quiet: true });
    if (code !== 0) throw new Problem(`The Prisma client could not be generated:\n${output.trim()}`);
    writeFileSync(STAMP, stamp);
  } finally {
    release();
  }
}

if (process.argv[1] === import.meta.filename)
  void runMain(async () => {
    await generateClient();
    return 0;
  });
