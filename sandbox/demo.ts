import { readFile } from "node:fs/promises";
import { z } from "zod";

const Demo = z.looseObject({
  portalUrl: z.string(),
  signingSecrets: z.array(z.string()),
  businesses: z.array(
    z.looseObject({
      b2bId: z.string(),
      slug: z.string(),
      name: z.string(),
      apiKey: z.string(),
      people: z.array(z.looseObject({ email: z.string(), password: z.string(), name: z.string(), role: z.string() })),
    }),
  ),
});

/** Who lives in the demo: what the portal's demo seeding wrote. */
export type Demo = z.output<typeof Demo>;

/**
 * Reads `demo.json`, afresh each time: a reset of the demo writes another.
 * @returns null when it isn't there (yet), or can't be read
 */
export async function readDemo(file: string): Promise<Demo | null> {
  try {
    return Demo.safeParse(JSON.parse(await readFile(file, "utf8"))).data ?? null;
  } catch {
    return null;
  }
}
