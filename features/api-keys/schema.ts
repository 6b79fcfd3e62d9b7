import { z } from "zod";
import { inProse } from "@/lib/visible-text";

export const apiKeySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    hint: z.string().meta({ description: "The key's last four characters." }),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
    revokedBy: z.string().nullable(),
  })
  .meta({ id: "ApiKey" });

export type ApiKeyView = z.output<typeof apiKeySchema>;

export const apiKeyListSchema = z.object({ apiKeys: z.array(apiKeySchema) });

export const apiKeyParams = z.strictObject({ id: z.uuid() });

export const createApiKeySchema = z.strictObject({
  id: z.uuid().meta({ description: "Minted by whoever asks, and sent again on a retry: one request makes one key." }),
  name: z
    .string()
    .trim()
    .min(1, "Give the key a name, so that you know it again.")
    .max(60)
    .refine(inProse.isVisible, inProse.words)
    .meta({ description: "What the key is for." }),
});

export type CreateApiKeyInput = z.output<typeof createApiKeySchema>;

export const createdApiKeySchema = z.object({
  apiKey: apiKeySchema,
  keyText: z.string().meta({ description: "The key itself: this reply alone shows it." }),
});

export type CreatedApiKey = z.output<typeof createdApiKeySchema>;
