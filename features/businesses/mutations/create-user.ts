import "server-only";
import { randomInt } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { system, type Tx, transactSystem } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";

// Without 0/o, 1/l/i: a first password is read out over the phone.
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to hand out: 16 letters and digits in groups of four, 79 bits. */
export function mintFirstPassword(): string {
  const letters = Array.from({ length: 16 }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join("")).join("-");
}

/** How a password is kept: better-auth's scrypt. Slow on purpose (some 50 ms), so never called inside a transaction. */
export const passwordHash = (password: string): Promise<string> => hashPassword(password);

/**
 * Makes a person's account, unless their e-mail address has one.
 * @returns false when it had one; nothing is changed then.
 */
export async function createUser(
  tx: Tx,
  user: { email: string; name: string; passwordHash: string; mustChangePassword: boolean },
): Promise<boolean> {
  const id = uuidv7();
  const { passwordHash: password, ...data } = user;
  const made = await tx.user.createMany({ data: [{ id, ...data }], skipDuplicates: true });
  if (made.count === 0) return false;
  await tx.account.create({ data: { id: uuidv7(), userId: id, accountId: id, providerId: "credential", password } });
  return true;
}

/**
 * Gives a person a password that was handed out, to be changed at the next sign-in, and ends their sessions. For the operator:
 * a business's owner could take over someone who is also in another business.
 * @returns false when nobody has that e-mail address.
 */
export async function resetPassword(email: string, firstPassword: string): Promise<boolean> {
  const user = await system.user.findUnique({ where: { email }, select: { id: true } });
  if (!user) return false;
  const password = await passwordHash(firstPassword);
  await transactSystem(async (tx) => {
    await tx.account.updateMany({ where: { userId: user.id, providerId: "credential" }, data: { password } });
    await tx.user.update({ where: { id: user.id }, data: { mustChangePassword: true } });
    await tx.session.deleteMany({ where: { userId: user.id } });
  });
  return true;
}
