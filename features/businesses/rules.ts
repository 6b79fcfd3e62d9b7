import { AppError } from "@/lib/errors";

export type RoleName = "OWNER" | "FINANCE" | "VIEWER";

/** What each role may do, each including the next. */
const RANK: Record<RoleName, number> = { OWNER: 3, FINANCE: 2, VIEWER: 1 };

/** Whether a member of that role may do what needs another: OWNER ⊇ FINANCE ⊇ VIEWER. */
export function mayAct(role: RoleName, needed: RoleName): boolean {
  return RANK[role] >= RANK[needed];
}

/** A slug or B2B ID as it stands in an address: Next.js hands over `27AA…%40BCB` in pages. Nonsense is left as it is, and not found. */
export function businessName(segment: string): string {
  try {
    // A zero byte can't be looked up, and nobody is called so.
    return decodeURIComponent(segment).replaceAll("\0", "\uFFFD");
  } catch {
    return segment;
  }
}

/** How people read a role. */
export const ROLE_WORDS: Record<RoleName, { name: string; what: string }> = {
  OWNER: { name: "Owner", what: "Pays, confirms, and manages people and API keys" },
  FINANCE: { name: "Finance", what: "Pays bills, raises invoices and confirms payments" },
  VIEWER: { name: "Viewer", what: "Sees everything, changes nothing" },
};

/** Why a member may not do something, in words that say whom to ask. */
export function refusalWords(needed: RoleName): string {
  return needed === "OWNER"
    ? "Only an owner of this business can do this. Ask an owner for it."
    : "Your role in this business lets you look but not change anything. Ask an owner for the finance role.";
}

/** For somebody who is to be let in, and is in. */
export function alreadyIn(): AppError {
  const message = "This person is already in the business. Change their role in the list.";
  return new AppError("CONFLICT", message, [{ path: "email", message }]);
}
