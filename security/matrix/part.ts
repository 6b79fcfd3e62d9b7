import { SecretFinder } from "../leaks/find";
import { secretsOfRun } from "../leaks/run-secrets";
import type { Part } from "../parts";
import type { SeenReply } from "./judge";
import { runMatrix } from "./run";

/** The access matrix on a running portal. */
export const matrixPart: Part = {
  title: "Access matrix",
  run: async ({ portal, world: shared, only }) => {
    const { url } = await portal();
    const world = await shared();
    const finder = new SecretFinder(await secretsOfRun(world));
    const leaks: string[] = [];
    const look = ({ what, text }: SeenReply) =>
      leaks.push(...finder.find(text).map((leak) => `${what}: shows ${leak}`));
    const { cells, requests, writes, findings: wrong } = await runMatrix(url, world, look, only);
    const findings = [...wrong, ...leaks];
    return {
      summary: `${cells} cells, ${requests} requests, ${writes} writes seen in the database, ${leaks.length} secrets in replies`,
      findings,
    };
  },
};
