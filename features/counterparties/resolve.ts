import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import { hostedParty } from "@/features/counterparties/data";
import { inOneForm } from "@/features/counterparties/row";
import { books } from "@/lib/db";
import type { FieldCode, FieldProblem } from "@/lib/errors";

/** What somebody says of a party: any of these may be missing. */
export interface ToldParty {
  b2bId?: string | undefined;
  name?: string | undefined;
  gstin?: string | undefined;
}

/** Who was meant, or why that can't be told; `path` is within what was told. */
export type ResolvedParty = { b2bId: string; name: string; isNew: boolean } | { problem: FieldProblem };

const knownParty = z.object({ b2bId: z.string(), name: z.string(), gstin: z.string().nullable() });
type KnownParty = z.output<typeof knownParty>;

/**
 * Tells whom each of several parties is: by its B2B ID, else by its GSTIN, else by its name, whole and in any case and Unicode form,
 * where the business knows just one such party. Nobody is guessed: two of one name, or another GSTIN beside the name, is a problem.
 * @returns what says it of each of them
 */
export async function partyFinder(
  scope: BusinessScope,
  all: readonly ToldParty[],
): Promise<(told: ToldParty) => ResolvedParty> {
  const known = await knownOf(scope, all);
  const byId = new Map(known.map((party) => [party.b2bId, party]));
  const elsewhere = new Map<string, string | undefined>();
  for (const { b2bId, name } of all) {
    if (!b2bId || name || byId.has(b2bId) || elsewhere.has(b2bId)) continue;
    elsewhere.set(b2bId, (await hostedParty(b2bId))?.name);
  }
  return ({ b2bId, name, gstin }) => {
    if (!b2bId) return only({ name, gstin }, known);
    const called = byId.get(b2bId)?.name ?? name ?? elsewhere.get(b2bId);
    if (called) return { b2bId, name: called, isNew: !byId.has(b2bId) };
    return problem("name", "PARTY_UNKNOWN", `${b2bId} is not among your parties yet: its name is needed too.`);
  };
}

/** Those parties of the business that any of the names, GSTINs and ids may be. */
async function knownOf(scope: BusinessScope, all: readonly ToldParty[]): Promise<KnownParty[]> {
  const told = (field: keyof ToldParty) => [...new Set(all.flatMap((party) => party[field] ?? []))];
  const rows = await books(scope).$queryRaw`
    SELECT b2b_id AS "b2bId", name, gstin FROM counterparty
     WHERE business_id = ${scope.businessId}::uuid
       AND (b2b_id = ANY(${told("b2bId")}) OR gstin = ANY(${told("gstin")})
            OR lower(normalize(name)) = ANY(SELECT lower(normalize(each)) FROM unnest(${told("name")}::text[]) each))`;
  return z.array(knownParty).parse(rows);
}

/** The one that has the GSTIN, or else the name. */
function only({ name, gstin }: Omit<ToldParty, "b2bId">, known: readonly KnownParty[]): ResolvedParty {
  const withGstin = gstin ? known.filter((party) => party.gstin === gstin) : [];
  const [first, second] = withGstin.length > 0 ? withGstin : known.filter((party) => isNamed(party, name));
  const said = name ?? gstin;
  if (!first) {
    const words = `${said} is not among your parties yet: its B2B ID is needed.`;
    return problem("b2bId", "PARTY_UNKNOWN", words);
  }
  if (second) {
    const words = `You have more than one party that is ${said}: its B2B ID is needed.`;
    return problem("b2bId", "PARTY_AMBIGUOUS", words);
  }
  if (gstin && first.gstin && first.gstin !== gstin) {
    const words = `${first.name} has the GSTIN ${first.gstin} in your books, and not ${gstin}. If both are right, its B2B ID is needed.`;
    return problem("gstin", "PARTY_AMBIGUOUS", words);
  }
  return { b2bId: first.b2bId, name: first.name, isNew: false };
}

/** As names are compared: those that were kept before they had one form have any. */
const plain = (name: string) => inOneForm(name).toLowerCase();

const isNamed = (party: KnownParty, name: string | undefined) =>
  name !== undefined && plain(party.name) === plain(name);

const problem = (path: string, code: FieldCode, message: string) => ({ problem: { path, message, code } });
