import "server-only";
import { recordAudit } from "@/features/audit/record";
import { findMember } from "@/features/businesses/data";
import { requireRole } from "@/features/businesses/gate";
import { createUser, mintFirstPassword, passwordHash } from "@/features/businesses/mutations/create-user";
import type { AddedMember, AddMemberInput } from "@/features/businesses/schema";
import type { BusinessScope } from "@/features/businesses/scope";
import { system, type Tx, transactSystem } from "@/lib/db";
import { AppError } from "@/lib/errors";

interface NewPerson {
  name: string;
  firstPassword: string;
  passwordHash: string;
}

/** A first password for someone whom the portal doesn't know; null for those it does. */
async function prepareNewPerson({ email, name }: AddMemberInput): Promise<NewPerson | null> {
  if (await system.user.findUnique({ where: { email }, select: { id: true } })) return null;
  if (name === undefined) {
    const message = "This person is new to Chukta: please give their name.";
    throw new AppError("INVALID", message, [{ path: "name", message, code: "REQUIRED" }]);
  }
  const firstPassword = mintFirstPassword();
  return { name, firstPassword, passwordHash: await passwordHash(firstPassword) };
}

async function join(tx: Tx, scope: BusinessScope, input: AddMemberInput, isNew: boolean) {
  const user = await tx.user.findUniqueOrThrow({ where: { email: input.email }, select: { id: true } });
  const data = [{ businessId: scope.businessId, userId: user.id, role: input.role }];
  const joined = await tx.membership.createMany({ data, skipDuplicates: true });
  if (joined.count === 0) {
    const message = "This person is already in the business. Change their role in the list.";
    throw new AppError("CONFLICT", message, [{ path: "email", message }]);
  }
  const after = { email: input.email, role: input.role, newToThePortal: isNew };
  await recordAudit(tx, scope, {
    at: new Date(),
    action: "member.added",
    subjectKind: "member",
    subjectId: user.id,
    after,
  });
  return findMember(tx, scope, user.id);
}

/**
 * Lets a person into the business. Someone who is new to the portal gets a first password, returned this once.
 * @throws AppError FORBIDDEN for anyone but an owner; INVALID when a new person's name is missing; CONFLICT when they are in already.
 */
export async function addMember(scope: BusinessScope, input: AddMemberInput): Promise<AddedMember> {
  requireRole(scope, "OWNER");
  const person = await prepareNewPerson(input);
  return transactSystem(async (tx) => {
    const { name, passwordHash: hash } = person ?? {};
    // Another owner may let the same new person in at this moment: then that first password is the one that holds.
    const isNew =
      name !== undefined && hash !== undefined
        ? await createUser(tx, { email: input.email, name, passwordHash: hash, mustChangePassword: true })
        : false;
    const member = await join(tx, scope, input, isNew);
    if (!member) throw new Error("the member that was just added is not there");
    return { member, firstPassword: isNew ? (person?.firstPassword ?? null) : null };
  });
}
