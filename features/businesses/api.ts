import {
  addedMemberSchema,
  addMemberSchema,
  businessSchema,
  businessSettingsSchema,
  changeRoleSchema,
  memberListSchema,
  memberParams,
  memberResetSchema,
  memberSchema,
  resetMemberSchema,
} from "@/features/businesses/schema";
import { defineOperation } from "@/lib/http/operation";

const people = "People";

export const getBusinessOperation = defineOperation({
  id: "getBusiness",
  method: "GET",
  path: "/api/v1/businesses/{business}",
  tag: "Business",
  summary: "The business itself",
  role: "VIEWER",
  response: businessSchema,
});

export const changeBusinessOperation = defineOperation({
  id: "changeBusiness",
  method: "PATCH",
  path: "/api/v1/businesses/{business}",
  tag: "Business",
  summary: "Change what it asks of its people: two-step sign-in, and a second person's approval of payments",
  description:
    "What isn't given stays. 409 for an owner who asks for two-step sign-in and has not set it up for themselves: they would shut themselves out; and for approvals while fewer than two people have the finance or owner role.",
  role: "OWNER",
  callers: "session",
  body: businessSettingsSchema,
  response: businessSchema,
});

export const listMembersOperation = defineOperation({
  id: "listMembers",
  method: "GET",
  path: "/api/v1/businesses/{business}/members",
  tag: people,
  summary: "The business's people and their roles",
  role: "VIEWER",
  callers: "session",
  response: memberListSchema,
});

export const addMemberOperation = defineOperation({
  id: "addMember",
  method: "POST",
  path: "/api/v1/businesses/{business}/members",
  tag: people,
  summary: "Let a person in",
  description:
    "Someone who is new to the portal gets a first password and is in. Someone who has an account gets a code to join with. This reply alone shows either.",
  role: "OWNER",
  callers: "session",
  body: addMemberSchema,
  response: addedMemberSchema,
  status: 201,
});

export const changeRoleOperation = defineOperation({
  id: "changeMemberRole",
  method: "PATCH",
  path: "/api/v1/businesses/{business}/members/{userId}",
  tag: people,
  summary: "Change a person's role",
  description: "409 for the last owner: a business always has one.",
  role: "OWNER",
  callers: "session",
  params: memberParams,
  body: changeRoleSchema,
  response: memberSchema,
});

export const resetMemberOperation = defineOperation({
  id: "resetMember",
  method: "POST",
  path: "/api/v1/businesses/{business}/members/{userId}/reset",
  tag: people,
  summary: "Give a person a new first password",
  description:
    "For someone who can't sign in any more; they are signed out everywhere. 409 for oneself, and for people who also belong to another business.",
  role: "OWNER",
  callers: "session",
  params: memberParams,
  body: resetMemberSchema,
  response: memberResetSchema,
});

export const removeMemberOperation = defineOperation({
  id: "removeMember",
  method: "DELETE",
  path: "/api/v1/businesses/{business}/members/{userId}",
  tag: people,
  summary: "Take a person out of the business",
  description: "409 for the last owner: a business always has one.",
  role: "OWNER",
  callers: "session",
  params: memberParams,
  status: 204,
});
