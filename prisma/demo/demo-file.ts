import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { env } from "@/lib/env";

const demoFile = z.object({
  portalUrl: z.string(),
  signingSecrets: z.array(z.string()),
  businesses: z.array(
    z.object({
      b2bId: z.string(),
      slug: z.string(),
      name: z.string(),
      apiKey: z.string(),
      people: z.array(z.object({ email: z.string(), password: z.string(), name: z.string(), role: z.string() })),
    }),
  ),
});

/** What a script needs to try the demo: `DATA_DIR/demo.json`, which the sandbox hands out at `/_sandbox/demo`. */
export type DemoFile = z.infer<typeof demoFile>;

const path = () => join(env.DATA_DIR, "demo.json");

/** The demo's file; null when there is none, or none that can be read. */
export function readDemoFile(): DemoFile | null {
  if (!existsSync(path())) return null;
  try {
    return demoFile.parse(JSON.parse(readFileSync(path(), "utf8")));
  } catch {
    return null;
  }
}

/** Writes it in one go, readable by its owner only: it holds keys. */
export function writeDemoFile(content: DemoFile): void {
  mkdirSync(env.DATA_DIR, { recursive: true });
  const next = `${path()}.next`;
  writeFileSync(next, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, path());
}
