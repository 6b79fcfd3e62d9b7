import { join } from "node:path";
import { dataFolder, portOf, type Variables } from "./environment";
import { takeLock } from "./lock";
import { Problem } from "./problem";
import { requireFreePort } from "./programs";
import { onEnd } from "./shutdown";

/**
 * Makes this program the one that runs the demo, until it ends.
 * @returns the folder of its data, and its ports
 * @throws Problem when another one runs it, or something listens on a port of its
 */
export async function claimDemo(settings: Variables): Promise<{ folder: string; port: number; sandboxPort: number }> {
  const folder = dataFolder(settings);
  const [port, sandboxPort] = [portOf(settings, "PORT"), portOf(settings, "SANDBOX_PORT")];
  const lock = takeLock(join(folder, "demo.lock"));
  if (lock.holder !== null) throw new Problem(`The demo is already running (process ${lock.holder}): stop it first.`);
  onEnd("", lock.release);
  await requireFreePort(port, "PORT", "the portal");
  await requireFreePort(sandboxPort, "SANDBOX_PORT", "the network sandbox");
  return { folder, port, sandboxPort };
}
