import { joinBusinessOperation } from "@/features/invitations/api";
import { joinBusiness } from "@/features/invitations/mutations/join";
import { invitedRoute } from "@/features/invitations/route";

export const POST = invitedRoute(joinBusinessOperation, ({ invited, body }) => joinBusiness(invited, body, new Date()));
