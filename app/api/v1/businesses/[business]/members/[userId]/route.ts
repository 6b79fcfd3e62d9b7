import { changeRoleOperation, removeMemberOperation } from "@/features/businesses/api";
import { changeRole } from "@/features/businesses/mutations/change-role";
import { removeMember } from "@/features/businesses/mutations/remove-member";
import { businessRoute } from "@/features/businesses/route";

export const PATCH = businessRoute(changeRoleOperation, ({ scope, params, body }) =>
  changeRole(scope, params.userId, body.role),
);

export const DELETE = businessRoute(removeMemberOperation, async ({ scope, params }) => {
  await removeMember(scope, params.userId);
  return undefined;
});
