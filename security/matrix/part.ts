import type { Part } from "../parts";
import { makeWorld } from "../world/world";
import { runMatrix } from "./run";

/** The access matrix on a running portal. */
export const matrixPart: Part = {
  title: "Access matrix",
  run: async ({ portal, only }) => {
    const { url } = await portal();
    const world = await makeWorld();
    const { cells, requests, writes, findings } = await runMatrix(url, world, () => {}, only);
    return { summary: `${cells} cells, ${requests} requests, ${writes} writes seen in the database`, findings };
  },
};
