import { createRequire } from "node:module";
import { Problem, runMain } from "./problem";
import { runCommand } from "./processes";

/**
 * Writes the Prisma client to lib/generated/prisma.
 * Prisma would first download an engine that it doesn't need for this; told that there is one, it takes its word for it.
 * @throws Problem with Prisma's words when it fails, since a client that is out of date would compile all the same
 */
export async function generateClient(): Promise<void> {
  const prisma = createRequire(import.meta.url).resolve("prisma/build/index.js");
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
  const { code, output } = await runCommand(process.execPath, [prisma, "generate", "--no-hints"], { env, quiet: true });
  if (code !== 0) throw new Problem(`The Prisma client could not be generated:\n${output.trim()}`);
}

if (process.argv[1] === import.meta.filename)
  void runMain(async () => {
    await generateClient();
    return 0;
  });
