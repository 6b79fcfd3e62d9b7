import type { ActorKind } from "@/lib/generated/prisma/enums";

/** What an event of the audit trail may be about. */
export const SUBJECT_KINDS = [
  "payment",
  "invoice",
  "counterparty",
  "member",
  "api-key",
  "business",
  "message",
] as const;

/** Who did it, for people: a key's name alone could be taken for a person's. */
export function actorWords({ kind, name }: { kind: ActorKind; name: string }): string {
  return kind === "API_KEY" ? `API key “${name}”` : name;
}
