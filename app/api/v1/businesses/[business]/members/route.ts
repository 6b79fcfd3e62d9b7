import { addMemberOperation, listMembersOperation } from "@/features/businesses/api";
import { listMembers } from "@/features/businesses/data";
import { addMember } from "@/features/businesses/mutations/add-member";
import { businessRoute } from "@/features/businesses/route";

export const GET = businessRoute(listMembersOperation, async ({ scope }) => ({ members: await listMembers(scope) }));

export const POST = businessRoute(addMemberOperation, ({ scope, body }) => addMember(scope, body));
