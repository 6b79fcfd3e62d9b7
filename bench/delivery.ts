import { parseArgs } from "node:util";
import { runMain } from "../scripts/problem";
import { measureDelivery, words } from "./delivery/run";

/** `npm run bench:delivery`: one worker beside its peer; `-- --short` for CI: a few seconds, good for wide margins only. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { short: { type: "boolean", default: false } } });
  const size = values.short
    ? { messages: 2_000, singles: 40, rounds: 1 }
    : { messages: 10_000, singles: 200, rounds: 3 };
  const { portal, peer, ratio } = await measureDelivery(size, console.log);
  console.log(`portal ${words(portal)}\npeer   ${words(peer)}\nratio of messages per second ${ratio.toFixed(2)}`);
  return 0;
}

void runMain(main);
