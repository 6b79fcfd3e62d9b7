import "server-only";
import { env } from "@/lib/env";

export interface DemoPerson {
  email: string;
  password: string;
  name: string;
  /** What they are for, in a few words. */
  what: string;
}

/** Whom one can sign in as with one press: in the demo its people, anywhere else nobody. */
export async function demoPeople(): Promise<DemoPerson[]> {
  if (!env.DEMO) return [];
  // Imported only here, so that a portal of one's own never loads it.
  const { DEMO_PASSWORD, PEOPLE } = await import("@/prisma/demo-data");
  return PEOPLE.map(({ email, name, what }) => ({ email, name, what, password: DEMO_PASSWORD }));
}
