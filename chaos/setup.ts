import { APPROVAL_FROM, APPROVING, type Business, DECOY, HOSTED } from "@/chaos/world";
import { createUser, mintSpoken, passwordHash } from "@/features/accounts/credentials";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { letMemberIn } from "@/features/businesses/mutations/add-member";
import { changeSettings } from "@/features/businesses/mutations/change-settings";
import { createBusiness } from "@/features/businesses/mutations/create-business";
import type { BusinessScope } from "@/features/businesses/scope";
import { disconnect, transactSystem } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";
import { paise } from "@/lib/money";

/* Makes the run's businesses, their API keys and their people, by the portal's own mutations, and prints them as JSON. */

const GEOCODE = "19.0760,72.8777";

async function makeApprover(scope: BusinessScope, name: string): Promise<Business["approvers"][number]> {
  const person = { email: `${name.toLowerCase()}@chaos.example`, password: mintSpoken() };
  const user = { email: person.email, name, passwordHash: await passwordHash(person.password) };
  await transactSystem((tx) => createUser(tx, { ...user, mustChangePassword: false }));
  await letMemberIn(scope, { email: person.email, role: "FINANCE" });
  return person;
}

async function makeApprovers(scope: BusinessScope): Promise<Business["approvers"]> {
  const approvers = [await makeApprover(scope, "Asha"), await makeApprover(scope, "Meera")];
  await changeSettings(scope, { approvalFromPaise: paise(APPROVAL_FROM) });
  return approvers;
}

async function make({ slug, b2bId, name }: (typeof HOSTED)[number] | typeof DECOY): Promise<Business> {
  const business = { slug, b2bId, legalName: `${name} Private Limited`, tradeName: name, geocode: GEOCODE };
  const scope = await createBusiness({ ...business, msmeClass: "NONE" });
  const { keyText } = await createApiKey(scope, { id: uuidv7(), name: `${name}'s ERP` });
  const approvers = slug === APPROVING.slug ? await makeApprovers(scope) : [];
  return { id: scope.businessId, slug, b2bId, name, key: keyText, approvers };
}

const businesses: Business[] = [];
for (const business of [...HOSTED, DECOY]) businesses.push(await make(business));
await disconnect();
console.log(JSON.stringify(businesses));
