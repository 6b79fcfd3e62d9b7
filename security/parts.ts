import type { RunningPortal } from "./world/stack";
import type { World } from "./world/world";

/** What the parts of a run share. */
export interface Run {
  inputs: number;
  seed: string;
  /** Operations of the fuzz whose names contain this; all when empty. */
  only: string;
  from: number;
  /** The portal in processes of its own, started when the first part asks for it. */
  portal: () => Promise<RunningPortal>;
  /** The folder of its build. */
  build: string;
  /** The businesses and people of this run, made when the first part asks for them. */
  world: () => Promise<World>;
}

/** One part of `npm run security`. */
export interface Part {
  title: string;
  run: (run: Run) => Promise<{ summary: string; findings: string[] }>;
}
