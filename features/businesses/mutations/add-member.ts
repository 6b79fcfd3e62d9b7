import "server-only";
import { createUser, mintSpoken, passwordHash } from "@/features/accounts/credentials";
import { recordAudit } from "@/features/audit/record";
import { findMember } from "@/features/businesses/data";
import { requireRole } from "@/features/businesses/gate";
import { holdUpHandOut } from "@/features/businesses/pace";
import { alreadyIn } from "@/features/businesses/rules";
import type { AddedMember, AddMemberInput, MemberView } from "@/features/businesses/schema";
import type { BusinessScope } from "@/features/businesses/scope";
import { invite } from "@/features/invitations/mutations/invite";
import { system, type Tx, transactSystem } from "@/lib/db";
import { AppError } from "@/lib/errors";

/** Somebody who is new to the portal, and in; their password is told this once. */
interface NewMember {
  member: MemberView;
  firstPassword: string;
}

/** @throws AppError CONFLICT when the person is in the business already. */
async function join(tx: Tx, scope: BusinessScope, input: AddMemberInput, isNew: boolean): Promise<MemberView> {
  const { id: userId } = await tx.user.findUniqueOrThrow({ where: { email: input.email }, select: { id: true } });
  const data = [{ businessId: scope.businessId, userId, role: input.role }];
  const joined = await tx.membership.createMany({ data, skipDuplicates: true });
  if (joined.count === 0) throw alreadyIn();
  await tx.invitation.deleteMany({ where: { businessId: scope.businessId, userId } });
  const after = { email: input.email, role: input.role, newToThePortal: isNew };
  await recordAudit(tx, scope, {
    at: new Date(),
    action: "member.added",
    subjectKind: "member",
    subjectId: userId,
    after,
  });
  const member = await findMember(tx, scope, userId);
  if (!member) throw new Error("the member that was just added is not there");
  return member;
}

/** Makes an account for somebody who is new to the portal, in the business; null when their address has one already. */
async function addNewPerson(scope: BusinessScope, input: AddMemberInput): Promise<NewMember | null> {
  const { email, name, role } = input;
  if (await system.user.findUnique({ where: { email }, select: { id: true } })) return null;
  if (name === undefined) {
    const message = "This person is new to Chukta: please give their name.";
    throw new AppError("INVALID", message, [{ path: "name", message, code: "REQUIRED" }]);
  }
  const firstPassword = mintSpoken();
  const hash = await passwordHash(firstPassword);
  return transactSystem(async (tx) => {
    // Somebody else may have made the account at this moment.
    if (!(await createUser(tx, { email, name, passwordHash: hash, mustChangePassword: true }))) return null;
    return { member: await join(tx, scope, { email, role }, true), firstPassword };
  });
}

/**
 * Lets a person into the business: at once where they are new to the portal, with a first password that is told this once; by an
 * invitation where they have an account, since nothing shows an owner whose it is (docs/decisions/035-joining-by-a-code.md).
 * @throws AppError FORBIDDEN for anyone but an owner; INVALID when a new person's name is missing; CONFLICT when they are in already;
 * RATE_LIMITED.
 */
export async function addMember(scope: BusinessScope, input: AddMemberInput): Promise<AddedMember> {
  requireRole(scope, "OWNER");
  holdUpHandOut(scope.actor.id, new Date());
  const added = await addNewPerson(scope, input);
  if (added) return { outcome: "ADDED", ...added };
  return { outcome: "INVITED", ...(await invite(scope, input, new Date())) };
}

/**
 * As `addMember`, for the operator (npm run admin), who knows whose account it is: they are in at once, whether new or not.
 * @throws AppError INVALID when a new person's name is missing; CONFLICT when they are in already.
 */
export async function letMemberIn(
  scope: BusinessScope,
  input: AddMemberInput,
): Promise<NewMember | { member: MemberView; firstPassword: null }> {
  const added = await addNewPerson(scope, input);
  if (added) return added;
  return { member: await transactSystem((tx) => join(tx, scope, input, false)), firstPassword: null };
}
