import { createApiKeyOperation, listApiKeysOperation } from "@/features/api-keys/api";
import { listApiKeys } from "@/features/api-keys/data";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { businessRoute } from "@/features/businesses/route";

export const GET = businessRoute(listApiKeysOperation, async ({ scope }) => ({ apiKeys: await listApiKeys(scope) }));

export const POST = businessRoute(createApiKeyOperation, ({ scope, body }) => createApiKey(scope, body));
