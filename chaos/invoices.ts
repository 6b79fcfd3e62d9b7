import { hexId } from "@/chaos/choose";
import { Client, hostedBusiness, isYesOfV1, type Trade } from "@/chaos/client";
import type { TRADES } from "@/chaos/world";
import { between } from "@/sandbox/random";

const BETWEEN_INVOICES_MS = { min: 1_500, max: 4_000 };
const DAY_MS = 86_400_000;
/** ₹100 to ₹50,000, in paise. */
const TOTAL = { min: 10_000, max: 5_000_000 };

/** How many invoices each pair of parties begins with. */
const FIRST = 4;

const dayIn = (now: Date, days: number) => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);

/** One pair of parties: whoever of them keeps the books writes their invoices, some at the beginning, then more as time goes by. */
export class Invoicing {
  private readonly client: Client;
  private count = 0;

  constructor(
    private readonly trade: Trade,
    private readonly index: number,
    private readonly parties: (typeof TRADES)[number],
  ) {
    const writer = hostedBusiness(trade, parties.writer);
    if (!writer) throw new Error(`${parties.writer.name} writes invoices and is not hosted`);
    this.client = new Client(trade, writer, `invoices ${index}`);
  }

  async first(): Promise<void> {
    for (let n = 0; n < FIRST; n++) await this.write();
  }

  async more(): Promise<void> {
    const { closing } = this.trade;
    while (!closing.aborted) {
      await this.client.pause(between(this.client.random, BETWEEN_INVOICES_MS.min, BETWEEN_INVOICES_MS.max), closing);
      if (!closing.aborted) await this.write();
    }
  }

  private async write(): Promise<void> {
    const { client, parties, trade } = this;
    const isSupplier = parties.writer === parties.supplier;
    const other = isSupplier ? parties.buyer : parties.supplier;
    const total = between(client.random, TOTAL.min, TOTAL.max);
    const objectId = `INV${hexId(client.random)}`;
    const noted = {
      objectId,
      writer: parties.writer.b2bId,
      counterparty: other.b2bId,
      total,
      acknowledged: false,
      side: isSupplier ? ("RECEIVABLE" as const) : ("PAYABLE" as const),
    };
    trade.ledger.raised.push(noted);
    const now = new Date();
    const body = {
      objectId,
      side: isSupplier ? "receivable" : "payable",
      counterparty: { b2bId: other.b2bId, name: other.name },
      supplierInvoiceNumber: this.nextNumber(),
      description: "Chaos",
      issueDate: dayIn(now, -10),
      dueDate: dayIn(now, 20),
      totalPaise: total,
    };
    const answer = await client.untilDefinite(() => client.v1("/invoices", body));
    if (answer && isYesOfV1(answer)) noted.acknowledged = true;
  }

  /** The number that the remote buyer reads back from it too. */
  private nextNumber(): string {
    this.count++;
    return `CH/${this.index}/${this.count}`;
  }
}
