import { businessRoute } from "@/features/businesses/route";
import { withdrawInvitationOperation } from "@/features/invitations/api";
import { withdrawInvitation } from "@/features/invitations/mutations/withdraw";

export const DELETE = businessRoute(withdrawInvitationOperation, async ({ scope, params }) => {
  await withdrawInvitation(scope, params.userId);
  return undefined;
});
