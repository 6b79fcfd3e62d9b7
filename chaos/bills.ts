import { z } from "zod";
import type { Client } from "@/chaos/client";

const Bill = z.object({
  id: z.string(),
  objectId: z.string(),
  supplierInvoiceNumber: z.string(),
  counterparty: z.object({ b2bId: z.string(), name: z.string() }),
  totalPaise: z.number(),
  duePaise: z.number(),
  status: z.string(),
  version: z.number(),
});
export type Bill = z.output<typeof Bill>;

const Incoming = z.object({
  objectId: z.string(),
  counterparty: z.object({ b2bId: z.string() }),
  type: z.enum(["ONPLATFORM", "OFFPLATFORM"]),
  failure: z.object({ code: z.string() }).nullable(),
});
export type Incoming = z.output<typeof Incoming>;

const pageOf = <Item>(item: z.ZodType<Item>) => z.object({ items: z.array(item) });

async function read<Item>(client: Client, path: string, item: z.ZodType<Item>): Promise<Item[]> {
  const answer = await client.v1(path);
  return pageOf(item).safeParse(answer?.json).data?.items ?? [];
}

/** What a buyer still owes, as its own list says it; empty when the portal doesn't answer. */
export function openBills(client: Client): Promise<Bill[]> {
  return read(client, "/invoices?side=payable&due=open&limit=50", Bill);
}

/** What a supplier is still owed. */
export function openInvoices(client: Client): Promise<Bill[]> {
  return read(client, "/invoices?side=receivable&due=open&limit=50", Bill);
}

/** Payments that wait for a supplier's answer. */
export function toAnswer(client: Client): Promise<Incoming[]> {
  return read(client, "/payments?side=incoming&status=AWAITING_CONFIRMATION&limit=50&sort=createdAt", Incoming);
}

/** Payments that wait for a second person. */
export function toApprove(client: Client): Promise<{ objectId: string }[]> {
  const path = "/payments?side=outgoing&status=AWAITING_APPROVAL&limit=50&sort=createdAt";
  return read(client, path, z.object({ objectId: z.string() }));
}

const Detail = z.object({
  lines: z.array(z.object({ invoiceId: z.string(), supplierInvoiceNumber: z.string() })),
});
const Numbered = z.object({
  objectId: z.string(),
  supplierInvoiceNumber: z.string(),
  version: z.number(),
  status: z.string(),
});
export type Numbered = z.output<typeof Numbered>;

/** The invoices of a payment, as a supplier's software finds them. */
export async function invoicesOf(client: Client, paymentId: string): Promise<Numbered[] | null> {
  const payment = Detail.safeParse((await client.v1(`/payments/${paymentId}`))?.json).data;
  const invoices: Numbered[] = [];
  for (const line of payment?.lines ?? []) {
    const invoice = Numbered.safeParse((await client.v1(`/invoices/${line.invoiceId}`))?.json).data;
    if (!invoice) return null;
    invoices.push(invoice);
  }
  return payment ? invoices : null;
}
