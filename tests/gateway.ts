import type { GatewayResponse } from "@/features/gateway/http";
import type { Operation } from "@/features/protocol/schema";
import { signWebhook } from "@/features/protocol/signing";
import { env } from "@/lib/env";
import { uuidv7 } from "@/lib/ids";
import { prisma } from "@/tests/prisma";

/** When the tests' messages are sent and taken. */
export const NOW = new Date("2026-11-20T10:00:00Z");

export interface Call {
  /** Raw text or bytes, or a value that is sent as JSON. */
  body: unknown;
  /** Signs with these; the configured secrets when left out, nothing when empty. */
  secrets?: readonly string[];
  /** Calls with this API key in place of a signature. */
  apiKey?: string;
  /** Set, or with null taken away, after all else. */
  headers?: Record<string, string | null>;
  method?: string;
  address?: string | null;
  now?: Date;
}

export interface Answer extends GatewayResponse {
  /** The reply's body, parsed. */
  json: { response_code: number; response_message: string; payload: unknown };
}

type Handle = typeof import("@/features/gateway/handle").handleOperation;

/** Calls one of the four paths as HTTP would: as the network, signed, unless the call says otherwise. */
export async function callGateway(operation: Operation, call: Call, handle?: Handle): Promise<Answer> {
  const { body, apiKey, secrets = apiKey ? [] : env.NETWORK_SIGNING_SECRETS, now = NOW } = call;
  const bytes =
    typeof body === "string" || body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  const headers: Record<string, string | null> = {
    "content-type": "application/json",
    ...(secrets.length > 0 && signWebhook({ webhookId: uuidv7(), body: bytes, secrets, now })),
    ...(apiKey && { authorization: `Bearer ${apiKey}` }),
    ...call.headers,
  };
  const run = handle ?? (await import("@/features/gateway/handle")).handleOperation;
  const response = await run(
    operation,
    {
      method: call.method ?? "POST",
      header: (name) => headers[name.toLowerCase()] ?? null,
      readBody: async (maxBytes) => (bytes.byteLength > maxBytes ? null : bytes),
      address: call.address === undefined ? "203.0.113.9" : call.address,
      requestId: uuidv7(),
    },
    () => now,
  );
  return { ...response, json: JSON.parse(response.body) };
}

/** Why a reply says no: the code and the field of its `resp`; null when it says yes. */
export function refusalIn(answer: Answer): { code: string; field: string } | null {
  const { resp } = (answer.json.payload ?? {}) as { resp?: Record<string, string> };
  return resp?.result === "FAILURE" ? { code: resp.errorCd ?? "", field: resp.errorField ?? "" } : null;
}

const BOOKS = ["invoice", "payment", "payment_line", "message", "delivery", "audit_event"] as const;

/** Everything in the books, as text: equal before and after what must change nothing. */
export async function snapshot(): Promise<Record<string, string>> {
  const tables: Record<string, string> = {};
  for (const table of BOOKS) {
    const [row] = await prisma.$queryRawUnsafe<{ rows: string }[]>(
      `SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS rows FROM "${table}" t`,
    );
    tables[table] = row?.rows ?? "";
  }
  const [jobs] = await prisma.$queryRaw<{ count: string }[]>`SELECT count(*)::text AS count FROM graphile_worker.jobs`;
  return { ...tables, jobs: jobs?.count ?? "" };
}

/** An API key of a business, as its owner would make it. */
export async function makeApiKey(scope: { businessId: string }): Promise<string> {
  const { mintKeyText } = await import("@/features/api-keys/key-text");
  const { keyText, secretHash, hint } = mintKeyText(scope.businessId);
  await prisma.apiKey.create({
    data: { businessId: scope.businessId, name: "Tally", hint, secretHash, createdBy: "Asha" },
  });
  return keyText;
}
