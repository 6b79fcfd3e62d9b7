import "server-only";
import { lockAccount } from "@/lib/account-lock";
import { endChallenges } from "@/lib/auth-second-factor";
import type { NewSession } from "@/lib/auth-session";
import { system, type Tx, transactSystem } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";
import type { MadePasskey } from "@/lib/passkey-answer";

/*
 * Passkeys in the database. Whatever takes one away deletes it before the person's sessions; a sign-in moves its row and opens the session
 * in one transaction. So none outlives a passkey that was removed at the same moment.
 */

/** How many a person may have: some devices, a password manager, a key in the drawer. */
export const MAX_PASSKEYS = 10;

/** A person's sessions but this one, and their half-done sign-ins, are over: what they sign in with has changed. */
async function endElsewhere(tx: Tx, { userId, sessionId }: Holder): Promise<void> {
  await endChallenges(tx, userId);
  await tx.session.deleteMany({ where: { userId, id: { not: sessionId } } });
}

interface Holder {
  userId: string;
  /** The session in which it is done. */
  sessionId: string;
}

/** Credential ids of a person's passkeys. */
export async function credentialIdsOf(userId: string): Promise<string[]> {
  const found = await system.passkey.findMany({ where: { userId }, select: { credentialId: true } });
  return found.map(({ credentialId }) => credentialId);
}

/**
 * Keeps a passkey. The session in which it was added counts as opened by it: its person has just proven both factors.
 * @returns "ended" when that session is gone (their password was handed out anew meanwhile, say), "full" for a person who has
 * `MAX_PASSKEYS`, "known" for one that is somebody's already; nothing is changed then.
 */
export function addPasskey(
  holder: Holder,
  made: MadePasskey & { name: string },
  now: Date,
): Promise<"added" | "ended" | "full" | "known"> {
  const { userId, sessionId } = holder;
  return transactSystem(async (tx) => {
    await lockAccount(tx, userId);
    if ((await tx.session.count({ where: { id: sessionId, userId } })) === 0) return "ended";
    if ((await tx.passkey.count({ where: { userId } })) >= MAX_PASSKEYS) return "full";
    const id = uuidv7();
    const data = [{ id, userId, ...made, createdAt: now }];
    const { count } = await tx.passkey.createMany({ data, skipDuplicates: true });
    if (count === 0) return "known";
    await tx.session.updateMany({ where: { id: sessionId, userId }, data: { passkeyId: id } });
    await endElsewhere(tx, holder);
    return "added";
  });
}

/** Gives one of a person's passkeys another name. @returns false when they have no such one */
export async function renamePasskey(userId: string, id: string, name: string): Promise<boolean> {
  return (await system.passkey.updateMany({ where: { id, userId }, data: { name } })).count === 1;
}

/** Removes one of a person's passkeys. The session in which that is done goes on, without it. @returns false when they have no such one */
export function removePasskey(holder: Holder, id: string): Promise<boolean> {
  const { userId } = holder;
  return transactSystem(async (tx) => {
    await lockAccount(tx, userId);
    if ((await tx.passkey.deleteMany({ where: { id, userId } })).count === 0) return false;
    await tx.session.updateMany({ where: { userId, passkeyId: id }, data: { passkeyId: null } });
    await endElsewhere(tx, holder);
    return true;
  });
}

/** Takes all of a person's passkeys away; their sessions are the caller's to end, after it. @returns how many */
export async function takePasskeys(tx: Tx, userId: string): Promise<number> {
  return (await tx.passkey.deleteMany({ where: { userId } })).count;
}

/** A passkey that signs in, before it is known whether it does so rightly. */
export function findPasskey(credentialId: string) {
  return system.passkey.findUnique({
    where: { credentialId },
    select: { id: true, userId: true, publicKey: true },
  });
}

/**
 * Opens a session by a passkey that has signed, and moves its counter, guarded by the one before: the same one, or an earlier, is never
 * taken again. An authenticator that doesn't count says 0 each time.
 * @returns null when the passkey is gone, or its counter didn't move
 */
export function openByPasskey(passkey: { id: string; userId: string }, counter: bigint, session: NewSession) {
  const { id, userId } = passkey;
  return transactSystem(async (tx) => {
    await lockAccount(tx, userId);
    const moved = await tx.passkey.updateMany({
      where: { id, userId, counter: counter === 0n ? 0n : { lt: counter } },
      data: { counter, lastUsedAt: session.createdAt },
    });
    if (moved.count === 0) return null;
    return tx.session.create({ data: { id: uuidv7(), userId, passkeyId: id, ...session } });
  });
}
