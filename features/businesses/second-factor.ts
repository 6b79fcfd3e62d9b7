import "server-only";
import { env } from "@/lib/env";

/** Whether the portal's operator asks a second factor of everyone, whatever their business chooses (SECOND_FACTOR). */
export const operatorAsksForSecondFactor = (): boolean => env.SECOND_FACTOR === "required";

/** Whether a business's people enter it only with a second factor. */
export const asksForSecondFactor = (business: { requireSecondFactor: boolean }): boolean =>
  operatorAsksForSecondFactor() || business.requireSecondFactor;
