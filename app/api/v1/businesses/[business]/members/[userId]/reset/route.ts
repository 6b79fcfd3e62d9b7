import { resetMemberOperation } from "@/features/businesses/api";
import { resetMember } from "@/features/businesses/mutations/reset-member";
import { businessRoute } from "@/features/businesses/route";

export const POST = businessRoute(resetMemberOperation, ({ scope, params, body }) =>
  resetMember(scope, params.userId, body),
);
