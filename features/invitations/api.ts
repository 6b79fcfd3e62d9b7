import { invitationListSchema, invitationParams, joinedSchema, joinSchema } from "@/features/invitations/schema";
import { defineOperation } from "@/lib/http/operation";

const people = "People";

export const listInvitationsOperation = defineOperation({
  id: "listInvitations",
  method: "GET",
  path: "/api/v1/businesses/{business}/invitations",
  tag: people,
  summary: "Who is invited and hasn't joined yet",
  role: "VIEWER",
  callers: "session",
  response: invitationListSchema,
});

export const withdrawInvitationOperation = defineOperation({
  id: "withdrawInvitation",
  method: "DELETE",
  path: "/api/v1/businesses/{business}/invitations/{userId}",
  tag: people,
  summary: "Take an invitation back",
  role: "OWNER",
  callers: "session",
  params: invitationParams,
  status: 204,
});

export const joinBusinessOperation = defineOperation({
  id: "joinBusiness",
  method: "POST",
  path: "/api/v1/businesses/{business}/join",
  tag: people,
  summary: "Join a business that invited you, by the code that its owner told you",
  description: "422 for another code, and for one that is older than a week.",
  role: "INVITED",
  callers: "session",
  body: joinSchema,
  response: joinedSchema,
});
