import { Problem } from "../scripts/problem";
import { quoted, type Table } from "./catalog";

/** What a business may know of its people: not their passwords, passkeys, sessions or second factors, which are the people's own. */
const PERSON = ["id", "name", "email", "email_verified", "created_at", "updated_at"];

/** Tables without a business: people's and the operator's. None of it leaves with one. */
const OTHERS = ["account", "passkey", "rate_limit", "refused_message", "session", "two_factor", "verification"];

/** One table's part in a backup. */
export interface Extract {
  name: string;
  columns: string[];
  /** SQL that says which rows; all of them when it is empty. */
  where: string;
}

/**
 * What somebody is signed in by, or is about to be: of the moment, and an open door for whoever has the backup. A restored portal asks
 * everyone to sign in; one that was signed out since, or whose password was changed, doesn't come in by it again.
 */
export const SIGNED_IN = ["session", "verification"];

/** Everything, but for who is signed in. */
export function everything(tables: readonly Table[]): Extract[] {
  return tables.map(({ name, columns }) => ({ name, columns, where: SIGNED_IN.includes(name) ? "false" : "" }));
}

/**
 * What is a business's own: the rows that carry its id, itself, and its people by name.
 * @throws Problem for a table of which nobody has said whose it is, so that a new one is neither given away nor forgotten
 */
export function belongingsOf(businessId: string, tables: readonly Table[]): Extract[] {
  return tables.flatMap(({ name, columns }): Extract[] => {
    // A code opens this portal, for people whose accounts stay here.
    if (name === "invitation") return [];
    if (columns.includes("business_id")) return [{ name, columns, where: `business_id = '${businessId}'` }];
    if (name === "business") return [{ name, columns, where: `id = '${businessId}'` }];
    if (name === "app_user") {
      const members = `SELECT user_id FROM membership WHERE business_id = '${businessId}'`;
      return [{ name, columns: PERSON, where: `id IN (${members})` }];
    }
    if (OTHERS.includes(name)) return [];
    throw new Problem(`Is table ${quoted(name)} a business's own? Say so in backup/belongings.ts.`);
  });
}
