import "server-only";
import { symmetricEncrypt } from "better-auth/crypto";
import { auth } from "@/lib/auth";
import { decryptFactor } from "@/lib/auth-second-factor";
import { system } from "@/lib/db";
import { AppError } from "@/lib/errors";

export interface Reencrypted {
  /** How many are encrypted by AUTH_SECRET now. */
  count: number;
  /** The e-mail addresses of those whose factor no secret opens. */
  unread: string[];
}

/**
 * Encrypts every second factor by AUTH_SECRET that can be read, so that an earlier one can be dropped from AUTH_SECRETS_ACCEPTED. Changed
 * only where it is still what was read: who sets up anew meanwhile does it by the new one anyway.
 */
export async function reencryptSecondFactors(): Promise<Reencrypted> {
  const { secretConfig: key } = await auth().$context;
  const select = { id: true, secret: true, user: { select: { email: true } } } as const;
  const unread: string[] = [];
  const factors = await system.twoFactor.findMany({ select });
  for (const { id, secret, user } of factors) {
    const plain = await decryptFactor(key, secret).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      unread.push(user.email);
      return null;
    });
    if (plain === null) continue;
    const data = { secret: await symmetricEncrypt({ key, data: plain }) };
    await system.twoFactor.updateMany({ where: { id, secret }, data });
  }
  return { count: factors.length - unread.length, unread: unread.sort() };
}
