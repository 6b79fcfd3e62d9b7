import { POST as postAuth } from "@/app/api/auth/[...all]/route";
import { GET as getLedger } from "@/app/api/v1/businesses/[business]/counterparties/[b2bId]/ledger/route";
import { GET as getInvoiceChanges } from "@/app/api/v1/businesses/[business]/invoices/changes/route";
import { GET as getInvoices } from "@/app/api/v1/businesses/[business]/invoices/route";
import { GET as getPaymentChanges } from "@/app/api/v1/businesses/[business]/payments/changes/route";
import { GET as getPayments } from "@/app/api/v1/businesses/[business]/payments/route";
import { env } from "@/lib/env";
import type { RouteHandler } from "@/lib/http/route";
import { makePerson } from "../world/people";
import { signIn } from "../world/sign-in";
import { rows } from "../world/sql";
import { makeWorld, type World } from "../world/world";
import { makePools, type Pools } from "./pools";
import type { Target } from "./target";
import { v0Targets } from "./targets-v0";
import { v1Targets } from "./targets-v1";

async function pageOf<Page>({ world: { alpha, beta } }: Pools, handler: RouteHandler, path: string): Promise<Page> {
  const url = `${env.PUBLIC_URL}/api/v1/businesses/${alpha.slug}/${path}&limit=2`;
  const request = new Request(url, { headers: { authorization: `Bearer ${alpha.apiKey}` } });
  return (
    await handler(request, { params: Promise.resolve({ business: alpha.slug, b2bId: beta.b2bId }) })
  ).json() as Promise<Page>;
}

async function cursorsOf(pools: Pools): Promise<string[]> {
  const ask = async (handler: RouteHandler, path: string): Promise<string[]> => {
    const page = await pageOf<{ nextCursor: string | null }>(pools, handler, path);
    return page.nextCursor ? [page.nextCursor] : [];
  };
  const sorts = ["dueDate", "-dueDate", "total", "counterparty", "supplierInvoiceNumber"];
  const found = [
    ...(await Promise.all(sorts.map((sort) => ask(getInvoices, `invoices?side=payable&sort=${sort}`)))),
    ...(await Promise.all(
      ["createdAt", "-total"].map((sort) => ask(getPayments, `payments?side=outgoing&sort=${sort}`)),
    )),
    ...(await ask(getLedger, `counterparties/${encodeURIComponent(pools.world.beta.b2bId)}/ledger?side=payable`)),
  ];
  return found.flat();
}

/** Places to ask for changes from: in the middle of all rows, and after the first event. */
async function placesOf(pools: Pools): Promise<string[]> {
  const asked = [
    pageOf<{ next: string }>(pools, getInvoiceChanges, "invoices/changes?"),
    pageOf<{ next: string }>(pools, getPaymentChanges, "payments/changes?"),
  ];
  return (await Promise.all(asked)).flatMap(({ next }) => {
    const place = JSON.parse(Buffer.from(next, "base64url").toString()) as object;
    return [next, Buffer.from(JSON.stringify({ ...place, mark: null, given: null })).toString("base64url")];
  });
}

/** Owners of alpha who are signed in, and have an invitation lying about; each has a limit of their own, so that many together have none. */
async function ownersOf(world: World, count: number): Promise<string[]> {
  const cookies: string[] = [];
  for (let index = 0; index < count; index++) {
    const owner = await makePerson(`Owner${index}`, { businessId: world.alpha.scope.businessId, role: "OWNER" });
    await rows(
      `INSERT INTO invitation (business_id, user_id, email, role, code_hash, invited_by, expires_at)
       VALUES ($1, $2, $3, 'VIEWER', 'of no code', 'Asha', now() + interval '1 day')`,
      world.alpha.scope.businessId,
      owner.userId,
      owner.email,
    );
    cookies.push(await signIn(env.PUBLIC_URL, owner, (url, init) => postAuth(new Request(url, init))));
  }
  return cookies;
}

/** Every operation of v0 and v1, with books that their messages are about. */
export async function prepareTargets(size: number): Promise<Target[]> {
  const world = await makeWorld();
  const pools = await makePools(world, size);
  const cookies = await ownersOf(world, Math.ceil(size / 2));
  return [
    ...(await v0Targets(pools)),
    ...(await v1Targets(pools, cookies, { cursors: await cursorsOf(pools), places: await placesOf(pools) })),
  ];
}
