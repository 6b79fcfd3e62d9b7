import "server-only";
import { env } from "@/lib/env";

/** Whom one can sign in as with one press: in the demo its people, anywhere else nobody. */
export async function demoPeople(): Promise<{ email: string; password: string; name: string; what: string }[]> {
  if (!env.DEMO) return [];
  return [];
}
