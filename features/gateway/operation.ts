import type { Refusal } from "@/features/protocol/errors";
import type { Echo } from "@/features/protocol/reply";

/** A message whose caller is known and whose JSON is safe, before its fields are checked. */
export interface Incoming {
  json: unknown;
  /** What is kept of it when it is taken. */
  record: { body: string; contentHash: string; requestId: string };
  now: Date;
}

/** What an operation answers: the reply that was stored with the message, or why it was not taken. */
export type OperationResult = ({ status: number; body: string } | { refusal: Refusal }) & { echo?: Echo | undefined };
