import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { buildPortal } from "../../scripts/build";
import { runMain } from "../../scripts/problem";
import { benchGateway, type GatewayFigure, OPERATIONS, words } from "./run";

/**
 * In short it is run anywhere, beside anything: it says whether the way of a message has become another one, not whether it is as
 * quick as it should be.
 */
const LEAST_RATIO = 0.1;

const row = ({ operation, businesses, portal, peer, ratio }: GatewayFigure) =>
  `| ${operation} | ${businesses} | ${words(portal)} | ${words(peer)} | **${ratio.toFixed(2)}** |`;

const table = (figures: readonly GatewayFigure[]) =>
  ["| operation | buyers | portal | peer | ratio |", "|---|---|---|---|---|", ...figures.map(row)].join("\n");

/**
 * `npm run bench:gateway`: the four paths with everything on, beside their peer; `-- --short` for CI, `-- --peer-with-lists` beside a
 * peer whose lists and searches would be as quick as the portal's.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      short: { type: "boolean", default: false },
      messages: { type: "string" },
      rounds: { type: "string" },
      businesses: { type: "string" },
      operation: { type: "string", multiple: true },
      "peer-with-lists": { type: "boolean", default: false },
    },
  });
  const { short } = values;
  const [messages, rounds] = [
    Number(values.messages ?? (short ? 1_000 : 8_000)),
    Number(values.rounds ?? (short ? 1 : 3)),
  ];
  const operations = OPERATIONS.filter((operation) => values.operation?.includes(operation) ?? true);
  const peerHasLists = values["peer-with-lists"];
  const distDir = process.env.NEXT_DIST_DIR || ".next";
  await buildPortal(distDir);
  console.log(`Load when it began: ${loadavg()[0]?.toFixed(1)}`);
  const figures: GatewayFigure[] = [];
  for (const businesses of (values.businesses ?? (short ? "50" : "50,1")).split(",").map(Number)) {
    const options = { messages, rounds, businesses, connections: 32, operations, peerHasLists, distDir };
    figures.push(...(await benchGateway(options, short ? () => {} : console.log)));
  }
  console.log(table(figures));
  return short && figures.some(({ ratio }) => ratio < LEAST_RATIO) ? 1 : 0;
}

void runMain(main);
