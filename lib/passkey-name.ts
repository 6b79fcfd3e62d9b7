import { z } from "zod";
import { inProse } from "@/lib/visible-text";

/** What a person calls one of their passkeys, so that they know it again. */
export const passkeyName = z
  .string()
  .trim()
  .min(1, "Give it a name, like the device or the password manager that keeps it.")
  .max(60, "60 characters at most.")
  .refine(inProse.isVisible, inProse.words);
