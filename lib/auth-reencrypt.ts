import "server-only";
import { symmetricEncrypt } from "better-auth/crypto";
import { auth } from "@/lib/auth";
import { decryptFactor } from "@/lib/auth-second-factor";
import { system } from "@/lib/db";

/**
 * Encrypts every second factor by AUTH_SECRET, so that an earlier one can be dropped from AUTH_SECRETS_ACCEPTED. Changed only where
 * it is still what was read: who sets up anew meanwhile does it by the new one anyway.
 * @returns how many
 * @throws AppError CONFLICT at one that no secret opens
 */
export async function reencryptSecondFactors(): Promise<number> {
  const { secretConfig: key } = await auth().$context;
  const factors = await system.twoFactor.findMany({ select: { id: true, secret: true } });
  for (const { id, secret } of factors) {
    const plain = await decryptFactor(key, secret);
    const data = { secret: await symmetricEncrypt({ key, data: plain }) };
    await system.twoFactor.updateMany({ where: { id, secret }, data });
  }
  return factors.length;
}
