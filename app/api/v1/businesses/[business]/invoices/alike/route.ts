import { businessRoute } from "@/features/businesses/route";
import { listAlikeInvoicesOperation } from "@/features/invoices/alike-api";
import { findAlike } from "@/features/invoices/find-alike";

export const GET = businessRoute(listAlikeInvoicesOperation, async ({ scope, query: { id } }) => ({
  items: await findAlike(scope, id),
}));
