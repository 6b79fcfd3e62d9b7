import { type Business, DECOY, HOSTED } from "@/chaos/world";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { createBusiness } from "@/features/businesses/mutations/create-business";
import { disconnect } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";

/* Makes the run's businesses and their API keys, by the portal's own mutations, and prints them as JSON. */

const GEOCODE = "19.0760,72.8777";

async function make({ slug, b2bId, name }: (typeof HOSTED)[number] | typeof DECOY): Promise<Business> {
  const business = { slug, b2bId, legalName: `${name} Private Limited`, tradeName: name, geocode: GEOCODE };
  const scope = await createBusiness({ ...business, msmeClass: "NONE" });
  const { keyText } = await createApiKey(scope, { id: uuidv7(), name: `${name}'s ERP` });
  return { id: scope.businessId, slug, b2bId, name, key: keyText };
}

const businesses: Business[] = [];
for (const business of [...HOSTED, DECOY]) businesses.push(await make(business));
await disconnect();
console.log(JSON.stringify(businesses));
