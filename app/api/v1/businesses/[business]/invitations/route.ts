import { businessRoute } from "@/features/businesses/route";
import { listInvitationsOperation } from "@/features/invitations/api";
import { listInvitations } from "@/features/invitations/data";

export const GET = businessRoute(listInvitationsOperation, async ({ scope }) => ({
  invitations: await listInvitations(scope),
}));
