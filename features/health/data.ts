import "server-only";
import { system } from "@/lib/db";
import { isStopping, neededMigrations } from "@/lib/readiness";

export interface Readiness {
  ready: boolean;
  checks: { process: Check; database: Check; migrations: Check; queue: Check };
}

type Check = "ok" | "stopping" | "away" | "missing";

/** Whether this process can take work: it isn't stopping, the database answers, is migrated, and has its job queue. */
export async function checkReadiness(): Promise<Readiness> {
  const process: Check = isStopping() ? "stopping" : "ok";
  try {
    const [row] = await system.$queryRaw<{ migrated: boolean; queue: boolean }[]>`
      SELECT ${neededMigrations()}::text[] <@ ARRAY(
               SELECT migration_name::text FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migrated,
             to_regclass('graphile_worker.migrations') IS NOT NULL AS queue`;
    const migrations: Check = row?.migrated ? "ok" : "missing";
    const queue: Check = row?.queue ? "ok" : "missing";
    const ready = process === "ok" && migrations === "ok" && queue === "ok";
    return { ready, checks: { process, database: "ok", migrations, queue } };
  } catch {
    return { ready: false, checks: { process, database: "away", migrations: "away", queue: "away" } };
  }
}
