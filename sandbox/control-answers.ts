import type { z } from "zod";
import type { HttpReply } from "@/sandbox/http";

/** A "no" of the control API, in words, with the field that is meant. */
export function controlError(status: number, message: string, field?: string): HttpReply {
  return { status, body: { error: message, ...(field ? { field } : {}) } };
}

/** Parses a body or query, or says what is wrong with it. */
export function checked<Value>(
  schema: z.ZodType<Value>,
  input: unknown,
): { ok: true; value: Value } | { ok: false; reply: HttpReply } {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    ok: false,
    reply: controlError(422, issue?.message ?? "That can't be used.", issue?.path.map(String).join(".")),
  };
}
