import { revokeApiKeyOperation } from "@/features/api-keys/api";
import { revokeApiKey } from "@/features/api-keys/mutations/revoke";
import { businessRoute } from "@/features/businesses/route";

export const DELETE = businessRoute(revokeApiKeyOperation, ({ scope, params }) => revokeApiKey(scope, params.id));
