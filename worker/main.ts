import { publishFigures } from "@/features/health/publish";
import { checkEnvironment } from "@/lib/env";
import { startMetrics } from "@/lib/metrics-server";
import { stopOnSignals } from "@/lib/stop-on-signals";
import { limitPatience } from "@/lib/watched-client";
import { startWorker } from "@/worker/runtime";

checkEnvironment();
limitPatience();
await startMetrics();
publishFigures();
const worker = await startWorker();
stopOnSignals("the worker", worker.stop);
