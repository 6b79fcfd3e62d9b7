import { join } from "node:path";
import { ROOT } from "../../scripts/environment";
import type { Part } from "../parts";
import { filesIn, searchFiles } from "./files";
import { secretsOfRun } from "./run-secrets";
import { accountNumbersIn } from "./secrets";

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** What the portal wrote down while it was attacked, and what it gives to browsers. */
export const leaksPart: Part = {
  title: "Leaks",
  run: async ({ portal, world, build }) => {
    const { logFiles } = await portal();
    const secrets = await secretsOfRun(await world());
    const accounts = await accountNumbersIn(process.env.DATABASE_URL ?? "");
    const logs = searchFiles(logFiles, [...secrets, ...accounts]);
    const bundle = searchFiles(filesIn(join(ROOT, build, "static")), secrets);
    return {
      summary: `${secrets.length + accounts.length} secrets and account numbers looked for in ${megabytes(logs.bytes)} of logs and ${megabytes(bundle.bytes)} of the browser's code`,
      findings: [...logs.found, ...bundle.found],
    };
  },
};
