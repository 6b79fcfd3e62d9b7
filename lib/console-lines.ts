import "server-only";
import { format } from "node:util";
import { logger } from "@/lib/logger";
import { scrubText } from "@/lib/scrub";

const LEVELS = { error: "error", warn: "warn", log: "info", info: "info", debug: "debug" } as const;

/**
 * What other people's code prints in this process, Next.js's errors of pages above all, goes into the log like everything else from now
 * on: a line each, without secrets. Of an error it is the stack, of which a stranger may have written a part.
 */
export function logConsole(): void {
  for (const [method, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, (typeof LEVELS)[keyof typeof LEVELS]][])
    console[method] = (...words: unknown[]) => {
      const err = words.find((word) => word instanceof Error);
      const said = words.map((word) => (word instanceof Error ? word.message : word));
      logger[level]({ from: "console", err }, scrubText(format(...said)));
    };
}
