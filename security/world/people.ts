import { randomUUID } from "node:crypto";
import { createUser, passwordHash } from "@/features/accounts/credentials";
import type { RoleName } from "@/features/businesses/rules";
import { transactSystem } from "@/lib/db";
import { rows } from "../world/sql";

/** The password of everyone who is made here; it is in no file. */
export const PASSWORD = `correct-horse-${randomUUID()}`;

let hashed: Promise<string> | undefined;

export interface Person {
  userId: string;
  email: string;
}

/** Someone who can sign in, in one business or in none. `handedOut`: they must choose a password of their own first. */
export async function makePerson(
  name: string,
  member?: { businessId: string; role: RoleName },
  handedOut = false,
): Promise<Person> {
  // scrypt is slow on purpose; one hash does for all.
  hashed ??= passwordHash(PASSWORD);
  const email = `${name.toLowerCase()}.${randomUUID().slice(0, 8)}@example.in`;
  const hash = await hashed;
  await transactSystem((tx) => createUser(tx, { email, name, passwordHash: hash, mustChangePassword: handedOut }));
  const [user] = await rows<{ id: string }>(`SELECT id FROM app_user WHERE email = $1`, email);
  if (!user) throw new Error(`${email} was not made`);
  if (member)
    await rows(
      "INSERT INTO membership (business_id, user_id, role) VALUES ($1, $2, $3::role)",
      member.businessId,
      user.id,
      member.role,
    );
  return { userId: user.id, email };
}

/** Takes someone out of a business; their session lives on. */
export async function takeOut(person: Person): Promise<void> {
  await rows("DELETE FROM membership WHERE user_id = $1", person.userId);
}
