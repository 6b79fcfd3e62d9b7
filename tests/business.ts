import { createUser, passwordHash } from "@/features/accounts/credentials";
import type { RoleName } from "@/features/businesses/rules";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { transactSystem } from "@/lib/db";
import type { TestBusiness } from "@/tests/admit-business";
import { prisma } from "@/tests/prisma";

export const TEST_PASSWORD = "correct horse battery";

// scrypt is slow on purpose; one hash does for every person of a test file.
let hashed: Promise<string> | undefined;

export interface TestPerson {
  id: string;
  name: string;
  email: string;
}

/** A person who can sign in with TEST_PASSWORD. */
export async function makePerson(name: string, mustChangePassword = false): Promise<TestPerson> {
  hashed ??= passwordHash(TEST_PASSWORD);
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.in`;
  const hash = await hashed;
  await transactSystem((tx) => createUser(tx, { email, name, passwordHash: hash, mustChangePassword }));
  const { id } = await prisma.user.findUniqueOrThrow({ where: { email } });
  return { id, name, email };
}

/** Makes a person a member of a business, and returns the scope that the gate would mint for them. */
export async function joinBusiness(business: TestBusiness, person: TestPerson, role: RoleName): Promise<BusinessScope> {
  await prisma.membership.create({ data: { businessId: business.id, userId: person.id, role } });
  const actor = { kind: "USER", id: person.id, name: person.name } as const;
  return mintScope({ businessId: business.id, b2bId: business.b2bId, actor, role });
}
