import { z } from "zod";
import { OPERATIONS, operationPath } from "@/features/protocol/schema";
import { uuidv7 } from "@/lib/ids";
import { credentialHeaders } from "@/sandbox/participants";
import type { Sandbox } from "@/sandbox/sandbox";

/** Any message to any path of a participant. `body` is sent as JSON; `rawBody` exactly as it stands, valid or not. */
export const SendOrder = z
  .strictObject({
    operation: z.enum(OPERATIONS).optional(),
    path: z.string().startsWith("/").max(1000).optional(),
    /** The participant's base URL; the portal when it is left out. */
    url: z.url({ protocol: /^https?$/ }).optional(),
    body: z.unknown().optional(),
    rawBody: z.string().optional(),
    webhookId: z.string().max(256).optional(),
    /** Whether to sign it and send the bearer token, as the network does. */
    sign: z.boolean().default(true),
    headers: z.record(z.string(), z.string()).default({}),
  })
  .refine(({ operation, path }) => (operation === undefined) !== (path === undefined), {
    message: "Name the operation or the path, one of the two.",
    path: ["operation"],
  })
  .refine(({ body, rawBody }) => (body === undefined) !== (rawBody === undefined), {
    message: "Give body or rawBody, one of the two.",
    path: ["body"],
  });
export type SendOrder = z.output<typeof SendOrder>;

/** Sends a message by hand, once and without faults, and tells what came back. */
export async function sendByHand(sandbox: Sandbox, order: SendOrder): Promise<object> {
  const base = (order.url ?? sandbox.portalUrl).replace(/\/+$/, "");
  const path = order.operation ? operationPath(order.operation) : (order.path ?? "/");
  const text = order.rawBody ?? JSON.stringify(order.body);
  const webhookId = order.webhookId ?? uuidv7();
  const signed = order.sign
    ? credentialHeaders(sandbox.credentials, { body: text, webhookId, now: sandbox.clock() })
    : {};
  const startedAt = sandbox.clock();
  const result = await sandbox.sender.post(new URL(base + path), text, { ...signed, ...order.headers }, sandbox.signal);
  const tookMs = sandbox.clock().getTime() - startedAt.getTime();
  if (result.kind === "none") return { reached: false, why: result.why, webhookId, tookMs };
  return { reached: true, status: result.status, body: jsonOr(result.body), webhookId, tookMs };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
