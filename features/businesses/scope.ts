import type { ActorKind, Role } from "@/lib/generated/prisma/enums";

/** Who does something, as the audit trail names them. */
export interface Actor {
  kind: ActorKind;
  /** The user's or API key's id; the operation for the network; the task for the system. */
  id: string;
  name: string;
}

declare const scopeBrand: unique symbol;

/**
 * The right to act in one business's books. Only the gates mint it (session, API key, network credential, worker), and every read
 * and write of a business's tables takes one, so that a query without its business can't be written by accident.
 */
export interface BusinessScope {
  readonly businessId: string;
  readonly b2bId: string;
  readonly actor: Actor;
  /** What the caller may do; the network and the system act with FINANCE's rights. */
  readonly role: Role;
  readonly [scopeBrand]: true;
}

/** For gates only: a page, route or mutation never calls this. */
export function mintScope(scope: { businessId: string; b2bId: string; actor: Actor; role: Role }): BusinessScope {
  return scope as BusinessScope;
}
