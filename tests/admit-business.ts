import { uuidv7 } from "@/lib/ids";
import { prisma } from "@/tests/prisma";

export interface TestBusiness {
  id: string;
  slug: string;
  b2bId: string;
}

/** A business, as an operator would have let it in. */
export async function admitBusiness(
  slug: string,
  b2bId = `${slug.toUpperCase()}@BCB`,
  name = slug.charAt(0).toUpperCase() + slug.slice(1),
): Promise<TestBusiness> {
  const id = uuidv7();
  await prisma.business.create({
    data: { id, slug, b2bId, legalName: `${name} Private Limited`, tradeName: name, geocode: "19.0760,72.8777" },
  });
  return { id, slug, b2bId };
}
