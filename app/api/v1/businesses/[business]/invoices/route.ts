import { businessRoute } from "@/features/businesses/route";
import { createInvoiceOperation, listInvoicesOperation } from "@/features/invoices/api";
import { getInvoice, listInvoices } from "@/features/invoices/data";
import { createInvoice } from "@/features/invoices/mutations/create";
import { reply } from "@/lib/http/route";

export const GET = businessRoute(listInvoicesOperation, ({ scope, query }) => listInvoices(scope, query));

export const POST = businessRoute(createInvoiceOperation, async ({ scope, body }) => {
  const { id, replayed } = await createInvoice(scope, body, new Date());
  return reply(await getInvoice(scope, id), { status: replayed ? 200 : 201 });
});
