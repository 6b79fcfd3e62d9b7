import { randomBytes, randomInt } from "node:crypto";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { revokeApiKey } from "@/features/api-keys/mutations/revoke";
import { createBusiness } from "@/features/businesses/mutations/create-business";
import type { BusinessScope } from "@/features/businesses/scope";
import { invite } from "@/features/invitations/mutations/invite";
import { uuidv7 } from "@/lib/ids";
import { makePerson, type Person } from "./people";

/** A word that stands in one business's data and nowhere else: where a stranger reads it, something leaked. */
export const CANARY = `Canary${randomBytes(6).toString("hex")}`;

/** A business of this run. */
export interface Business {
  scope: BusinessScope;
  slug: string;
  b2bId: string;
  name: string;
  apiKey: string;
}

/**
 * Three businesses: `alpha` is attacked, `beta` trades with it, and `gamma` is a stranger to both. What is alpha's alone has
 * CANARY in it.
 */
export interface World {
  alpha: Business;
  beta: Business;
  gamma: Business;
  revokedKey: string;
  viewer: Person;
  finance: Person;
  owner: Person;
  /** An owner until they sign in, and then taken out. */
  removed: Person;
  /** Whom alpha has invited, and who hasn't joined it. */
  invited: Person;
  /** An owner whose password was handed out by someone else. */
  newcomer: Person;
  /** The owner of gamma. */
  stranger: Person;
}

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join("");

async function makeBusiness(name: string): Promise<Business> {
  const slug = `${name.split(" ")[0]?.toLowerCase()}-${randomBytes(3).toString("hex")}`;
  const b2bId = `${slug.toUpperCase()}@BCB`;
  const scope = await createBusiness({
    slug,
    b2bId,
    legalName: `${name} Private Limited`,
    tradeName: name,
    msmeClass: "SMALL",
    bankAccountNumber: `5${digits(13)}`,
    bankIfsc: "HDFC0000123",
    bankBeneficiaryName: `${name} Private Limited`,
    vpa: `${slug}@upi`,
    geocode: "19.0760,72.8777",
  });
  const { keyText } = await createApiKey(scope, { id: uuidv7(), name: "Accounting software" });
  return { scope, slug, b2bId, name, apiKey: keyText };
}

/** Makes it, by the portal's own mutations. */
export async function makeWorld(): Promise<World> {
  const [alpha, beta, gamma] = [
    await makeBusiness(`Alpha ${CANARY}`),
    await makeBusiness("Beta Metals"),
    await makeBusiness("Gamma Stores"),
  ];
  const revoked = await createApiKey(alpha.scope, { id: uuidv7(), name: "Old software" });
  await revokeApiKey(alpha.scope, revoked.apiKey.id);
  const { businessId } = alpha.scope;
  const invited = await makePerson("Invited");
  await invite(alpha.scope, { email: invited.email, role: "VIEWER" }, new Date());
  return {
    alpha,
    beta,
    gamma,
    revokedKey: revoked.keyText,
    viewer: await makePerson("Viewer", { businessId, role: "VIEWER" }),
    finance: await makePerson("Finance", { businessId, role: "FINANCE" }),
    owner: await makePerson("Owner", { businessId, role: "OWNER" }),
    removed: await makePerson("Removed", { businessId, role: "OWNER" }),
    invited,
    newcomer: await makePerson("Newcomer", { businessId, role: "OWNER" }, true),
    stranger: await makePerson("Stranger", { businessId: gamma.scope.businessId, role: "OWNER" }),
  };
}
