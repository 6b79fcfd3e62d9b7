import {
  apiKeyListSchema,
  apiKeyParams,
  apiKeySchema,
  createApiKeySchema,
  createdApiKeySchema,
} from "@/features/api-keys/schema";
import { defineOperation } from "@/lib/http/operation";

const tag = "API keys";

export const listApiKeysOperation = defineOperation({
  id: "listApiKeys",
  method: "GET",
  path: "/api/v1/businesses/{business}/api-keys",
  tag,
  summary: "The business's API keys, revoked ones too",
  role: "VIEWER",
  callers: "session",
  response: apiKeyListSchema,
});

export const createApiKeyOperation = defineOperation({
  id: "createApiKey",
  method: "POST",
  path: "/api/v1/businesses/{business}/api-keys",
  tag,
  summary: "Make an API key",
  description:
    "The key acts with the rights of the finance role. Its text is in this reply alone, so the same id again gets 409.",
  role: "OWNER",
  callers: "session",
  body: createApiKeySchema,
  response: createdApiKeySchema,
  status: 201,
});

export const revokeApiKeyOperation = defineOperation({
  id: "revokeApiKey",
  method: "DELETE",
  path: "/api/v1/businesses/{business}/api-keys/{id}",
  tag,
  summary: "Revoke an API key",
  description: "It is refused from the next request on. Revoking it again changes nothing.",
  role: "OWNER",
  callers: "session",
  params: apiKeyParams,
  response: apiKeySchema,
});
