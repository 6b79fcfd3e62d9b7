import { parseArgs } from "node:util";
import { buildPortal } from "../../scripts/build";
import { runMain } from "../../scripts/problem";
import { benchGateway, type GatewayFigure, OPERATIONS, words } from "./run";

const row = ({ operation, businesses, portal, peer, ratio }: GatewayFigure) =>
  `${operation.padEnd(22)} ${String(businesses).padStart(3)} businesses   portal ${words(portal)}   peer ${words(peer)}   ratio ${ratio.toFixed(2)}`;

/** `npm run bench:gateway`: the four paths beside their peer. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      messages: { type: "string", default: "8000" },
      rounds: { type: "string", default: "3" },
      businesses: { type: "string", default: "50,1" },
      operation: { type: "string", multiple: true },
    },
  });
  const operations = OPERATIONS.filter((operation) => values.operation?.includes(operation) ?? true);
  await buildPortal(".next");
  const figures: GatewayFigure[] = [];
  for (const businesses of values.businesses.split(",").map(Number)) {
    const [messages, rounds] = [Number(values.messages), Number(values.rounds)];
    const options = { messages, rounds, businesses, connections: 32, operations, distDir: ".next" };
    figures.push(...(await benchGateway(options, console.log)));
  }
  console.log(figures.map(row).join("\n"));
  return 0;
}

void runMain(main);
