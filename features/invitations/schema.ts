import { z } from "zod";
import { Role } from "@/lib/generated/prisma/enums";

export const invitationSchema = z
  .object({
    userId: z.uuid(),
    email: z.string(),
    role: z.enum(Role),
    invitedBy: z.string().meta({ description: "The owner's name." }),
    inviterId: z.uuid().nullable().meta({ description: "The owner, among the business's people; null when unknown." }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().meta({ description: "Its code opens nothing from then on." }),
  })
  .meta({ id: "Invitation" });

export type InvitationView = z.output<typeof invitationSchema>;

export const invitationListSchema = z.object({ invitations: z.array(invitationSchema) });

export const invitationParams = z.strictObject({ userId: z.uuid() });

export const joinSchema = z.strictObject({
  code: z
    .string()
    .trim()
    .min(1, "Write the code that an owner of the business told you.")
    .max(100)
    .meta({ description: "As an owner told it; spaces, hyphens and capitals don't matter." }),
});

export type JoinInput = z.output<typeof joinSchema>;

export const joinedSchema = z.object({ slug: z.string(), role: z.enum(Role) });

export type Joined = z.output<typeof joinedSchema>;
