import { parseArgs } from "node:util";
import { runMain } from "../scripts/problem";
import { type DeliveryFigure, measureDelivery, words } from "./delivery/run";

/** For the combined bench. @param options.short for CI: a few seconds, good for wide margins only */
export function benchDelivery({ short }: { short: boolean }, report?: (line: string) => void): Promise<DeliveryFigure> {
  const size = short ? { messages: 2_000, singles: 40, rounds: 1 } : { messages: 10_000, singles: 200, rounds: 3 };
  return measureDelivery(size, report);
}

/** `npm run bench:delivery`: one worker beside its peer. `-- --short` for a quick look. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { short: { type: "boolean", default: false } } });
  const { portal, peer, ratio } = await benchDelivery(values, console.log);
  console.log(`portal ${words(portal)}\npeer   ${words(peer)}\nratio of messages per second ${ratio.toFixed(2)}`);
  return 0;
}

if (process.argv[1] === import.meta.filename) void runMain(main);
