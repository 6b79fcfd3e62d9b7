import "server-only";
import { apiKeyGate } from "@/features/api-keys/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import type { GatewayRequest } from "@/features/gateway/http";
import { bearerToken, verifyBearer } from "@/features/protocol/bearer";
import { verifyWebhook } from "@/features/protocol/signing";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { ipAllowList } from "@/lib/http/ip-allow-list";

/** Who calls: the network, or a business's own software by its API key. It decides what a message is, never its body (docs/protocol.md). */
export type Caller =
  | { kind: "network" }
  | { kind: "business"; scope: BusinessScope }
  | { kind: "stranger"; why: string };

/**
 * Tells the caller by its credential. Of what is configured for the network (signature, bearer token, addresses) all must hold:
 * each setting only ever narrows who may call. With none configured nobody is the network.
 * @throws whatever the database throws while a key is looked up.
 */
export async function authenticate(request: GatewayRequest, body: Uint8Array, now: Date): Promise<Caller> {
  const authorization = request.header("authorization");
  if (bearerToken(authorization)?.startsWith("chk_")) return byApiKey(authorization, now);

  const { NETWORK_SIGNING_SECRETS: secrets, NETWORK_BEARER_TOKENS: tokens, NETWORK_ALLOWED_IPS: addresses } = env;
  if (secrets.length + tokens.length + addresses.length === 0) return stranger("no network credential is configured");
  if (addresses.length > 0 && !(request.address && ipAllowList(addresses)(request.address)))
    return stranger("the address is not among NETWORK_ALLOWED_IPS");
  if (tokens.length > 0 && !verifyBearer(authorization, tokens))
    return stranger("it has none of NETWORK_BEARER_TOKENS");
  if (secrets.length > 0) {
    const verified = verifyWebhook({ header: request.header, body, secrets, now });
    if (!verified.ok) return stranger(`no signature by NETWORK_SIGNING_SECRETS holds: ${verified.reason}`);
  }
  return { kind: "network" };
}

const stranger = (why: string): Caller => ({ kind: "stranger", why });

async function byApiKey(authorization: string | null, now: Date): Promise<Caller> {
  try {
    return { kind: "business", scope: await apiKeyGate(authorization, now) };
  } catch (error) {
    if (error instanceof AppError && error.code === "UNAUTHENTICATED") return stranger("the API key is not valid");
    throw error;
  }
}
