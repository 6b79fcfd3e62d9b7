import type { MessageRecord } from "@/features/messages/mutations/take";
import type { Refusal } from "@/features/protocol/errors";
import type { Echo } from "@/features/protocol/reply";

/** A message whose caller is known and whose JSON is safe, before its fields are checked. */
export interface Incoming {
  json: unknown;
  record: MessageRecord;
  now: Date;
}

/** What an operation answers: the reply to a message that was taken, or why it was not. */
export type OperationResult = ({ status: number; body: string } | { refusal: Refusal }) & { echo?: Echo | undefined };
