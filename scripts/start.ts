import { requireBuild } from "./build";
import { openDatabase, prepareDatabase } from "./databases";
import { checkSettings, demoEnvironment, ownEnvironment, portOf } from "./environment";
import { generateClient } from "./generate";
import { runMain } from "./problem";
import type { RunningProcess } from "./processes";
import { requireFreePort, startPortal, startProgram } from "./programs";
import { endOnSignals, isEnding, onEnd } from "./shutdown";

type Program = "portal" | "worker" | "sandbox" | "seed" | "audit-verify";

const FILES: Record<Exclude<Program, "portal">, string> = {
  worker: "worker/main.ts",
  sandbox: "sandbox/main.ts",
  seed: "prisma/seed.ts",
  "audit-verify": "scripts/audit-verify.ts",
};

/**
 * The settings the program runs with. The portal and the worker only ever take one's own, and check them. The others are at
 * home in the demo as well, and take its settings where there are none of one's own.
 */
function environmentFor(program: Program): { demo: boolean; env: NodeJS.ProcessEnv } {
  const own = ownEnvironment();
  const demo = program !== "portal" && program !== "worker" && !own.AUTH_SECRET;
  return { demo, env: demo ? demoEnvironment({}) : (own as NodeJS.ProcessEnv) };
}

async function start(program: Program): Promise<RunningProcess> {
  const { demo, env } = environmentFor(program);
  if (program === "sandbox") {
    await requireFreePort(portOf(env, "SANDBOX_PORT"), "SANDBOX_PORT", "the network sandbox");
    return startProgram(program, FILES.sandbox, { env });
  }
  if (program === "portal" || program === "worker") checkSettings(env);
  if (program === "portal") {
    requireBuild(env.NEXT_DIST_DIR || ".next");
    await requireFreePort(portOf(env, "PORT"), "PORT", "the portal");
  } else await generateClient();

  const database = await openDatabase(env, demo ? "chukta_demo" : "chukta");
  await prepareDatabase(database);
  const complete = { ...env, DATABASE_URL: database.url };
  return program === "portal"
    ? startPortal("start", portOf(env, "PORT"), { env: complete })
    : startProgram(program, FILES[program], { env: complete, args: process.argv.slice(3) });
}

async function main(): Promise<number> {
  const program = process.argv[2] as Program;
  endOnSignals(() => 0);
  const running = await start(program);
  onEnd("", running.stop);
  const { code } = await running.exited;
  // Being stopped: the signal's handler ends this process when all is done.
  if (isEnding()) await new Promise(() => {});
  return code ?? 1;
}

void runMain(main);
