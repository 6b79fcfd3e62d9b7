import { openInvoices } from "@/chaos/bills";
import { hexId, pick } from "@/chaos/choose";
import { Client, type Trade } from "@/chaos/client";
import { call } from "@/chaos/http";
import type { Business } from "@/chaos/world";
import { REMOTE_BUYER } from "@/sandbox/counterparties";
import { between } from "@/sandbox/random";

const BETWEEN_PAYMENTS_MS = { min: 1_000, max: 3_000 };

/** A buyer on another platform pays one of our suppliers: its req-pay reaches the portal through the network alone. */
export async function buyFromElsewhere(trade: Trade, supplier: Business): Promise<void> {
  const client = new Client(trade, supplier, "remote buyer");
  const { random } = client;
  while (!trade.closing.aborted) {
    await client.pause(between(random, BETWEEN_PAYMENTS_MS.min, BETWEEN_PAYMENTS_MS.max), trade.closing);
    const objectId = `PMT${hexId(random)}`;
    const own = (await openInvoices(client)).filter(({ counterparty }) => counterparty.b2bId === REMOTE_BUYER.b2bId);
    const invoice = pick(
      random,
      own.filter(({ duePaise }) => duePaise > 0),
    );
    if (!invoice || trade.closing.aborted) continue;
    const net = random() < 0.5 ? invoice.duePaise : between(random, 1, invoice.duePaise);
    const type = random() < 0.5 ? "ONPLATFORM" : "OFFPLATFORM";
    const utr = `ELSEWHERE${objectId.slice(3, 12)}`;
    trade.ledger.asked.push({
      objectId,
      buyer: REMOTE_BUYER.b2bId,
      supplier: supplier.b2bId,
      type,
      mode: "NEFT",
      utr,
      paidAt: null,
      net,
      adjustment: 0,
      lines: [{ objectId: invoice.objectId, net, adjustment: 0 }],
      way: "another platform",
      acknowledged: false,
      replies: [],
    });
    const { objectId: invoiceId, supplierInvoiceNumber } = invoice;
    const line = { objectId: invoiceId, supplierInvoiceNumber, netPaidAmount: net / 100 };
    const order = {
      supplierB2BId: supplier.b2bId,
      invoices: [line],
      type,
      mode: "NEFT",
      utr,
      objectId,
    };
    await call(trade.network, { method: "POST", path: "/_sandbox/remote-buyer/pay", body: order });
  }
}
