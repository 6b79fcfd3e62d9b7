import { z } from "zod";
import { checked, controlError } from "@/sandbox/control-answers";
import { REMOTE_BUYER } from "@/sandbox/counterparties";
import { readDemo } from "@/sandbox/demo";
import type { HttpReply } from "@/sandbox/http";
import { RemotePaymentOrder, reqPayFor } from "@/sandbox/remote-payment";
import type { Sandbox } from "@/sandbox/sandbox";

const TIMEOUT_MS = 5000;

/** `POST /_sandbox/remote-buyer/pay`: the remote buyer pays one of our suppliers. An objectId that it paid before isn't paid again. */
export async function payAsRemoteBuyer(sandbox: Sandbox, body: unknown): Promise<HttpReply> {
  const order = checked(RemotePaymentOrder, body);
  if (!order.ok) return order.reply;
  const { office } = sandbox;
  const known = order.value.objectId && office.remoteBuyer.find(order.value.objectId);
  if (known) return { status: 200, body: { objectId: known.objectId, payment: known } };
  const message = reqPayFor(order.value, sandbox.clock(), Math.random);
  const reply = await office.pay(message);
  const { objectId } = message.payment;
  if (reply.body.response_code !== 0)
    return { status: 422, body: { error: reply.body.response_message, reply: reply.body } };
  return {
    status: 201,
    body: { objectId, reqMsgId: reply.body.payload, message, payment: office.remoteBuyer.find(objectId) },
  };
}

const Page = z.object({
  items: z.array(
    z.object({
      objectId: z.string(),
      supplierInvoiceNumber: z.string(),
      totalPaise: z.number(),
      duePaise: z.number(),
      dueDate: z.string(),
    }),
  ),
});

/** What the remote buyer could pay: the supplier's open invoices to it, read from the portal's own API with the demo's key. */
export async function payableInvoices(sandbox: Sandbox, supplierB2BId: string): Promise<HttpReply> {
  const demo = await readDemo(sandbox.demoFile);
  const supplier = demo?.businesses.find(({ b2bId }) => b2bId === supplierB2BId);
  if (!supplier) return controlError(404, "This business is not one of the demo's.", "supplierB2BId");
  const query = new URLSearchParams({
    side: "receivable",
    counterparty: REMOTE_BUYER.b2bId,
    due: "open",
    limit: "100",
  });
  const address = `${sandbox.portalUrl}/api/v1/businesses/${encodeURIComponent(supplier.slug)}/invoices?${query}`;
  try {
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${supplier.apiKey}`, accept: "application/json" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const page = Page.safeParse(await response.json());
    if (!response.ok || !page.success) return controlError(502, `The portal answered HTTP ${response.status}.`);
    const invoices = page.data.items.map(({ totalPaise, duePaise, ...invoice }) => ({
      ...invoice,
      totalAmount: totalPaise / 100,
      dueAmount: duePaise / 100,
    }));
    return { status: 200, body: { invoices } };
  } catch {
    return controlError(502, "The portal can't be reached just now.");
  }
}
