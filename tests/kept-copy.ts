import { expect, vi } from "vitest";
import type { BusinessScope } from "@/features/businesses/scope";
import type { Invoice } from "@/features/invoices/api";
import { listInvoiceChanges } from "@/features/invoices/changes";
import { listInvoices } from "@/features/invoices/data";
import { invoiceQuerySchema } from "@/features/invoices/schema";
import { type Payment, paymentQuerySchema } from "@/features/payments/api";
import { listPaymentChanges } from "@/features/payments/changes";
import { listPayments } from "@/features/payments/data";
import { NOW } from "@/tests/gateway";

interface Page<Item> {
  items: Item[];
  next: string;
  more: boolean;
}

/** One list as another program keeps it: by asking what has changed, and putting each item in the place of what it had. */
export class KeptCopy<Item> {
  readonly items = new Map<string, Item>();
  since: string | undefined;

  constructor(
    private readonly ask: (query: { since: string | undefined; limit: number }) => Promise<Page<Item>>,
    private readonly idOf: (item: Item) => string,
    private readonly limit: number,
  ) {}

  async page(): Promise<Page<Item>> {
    const page = await this.ask({ since: this.since, limit: this.limit });
    for (const item of page.items) this.items.set(this.idOf(item), item);
    this.since = page.next;
    return page;
  }

  /** Asks until there is no more for now. @returns the ids of all that came, in order */
  async follow(): Promise<string[]> {
    const came: string[] = [];
    for (let more = true; more; ) {
      const page = await this.page();
      came.push(...page.items.map(this.idOf));
      more = page.more;
    }
    return came;
  }

  sorted = (): Item[] => inOrder([...this.items.values()], this.idOf);
}

const inOrder = <Item>(items: readonly Item[], idOf: (item: Item) => string) =>
  [...items].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));

const invoiceId = ({ id }: Invoice) => id;
const paymentId = ({ objectId }: Payment) => objectId;

/** Copies of all of a business's invoices and payments, to be followed with so many a page. */
export function keptCopies(scope: BusinessScope, limit = 100) {
  const invoices = new KeptCopy((query) => listInvoiceChanges(scope, query, NOW), invoiceId, limit);
  const payments = new KeptCopy((query) => listPaymentChanges(scope, query, NOW), paymentId, limit);
  return { scope, invoices, payments };
}
type KeptCopies = ReturnType<typeof keptCopies>;

/** What the lists of both sides say themselves. */
async function listed(scope: BusinessScope) {
  const invoices = await Promise.all(
    (["payable", "receivable"] as const).map((side) =>
      listInvoices(scope, invoiceQuerySchema.parse({ side, limit: 100 }), NOW),
    ),
  );
  const payments = await Promise.all(
    (["outgoing", "incoming"] as const).map((side) =>
      listPayments(scope, paymentQuerySchema.parse({ side, limit: 100 }), NOW),
    ),
  );
  for (const { nextCursor } of [...invoices, ...payments]) expect(nextCursor).toBeNull();
  return {
    invoices: inOrder(
      invoices.flatMap(({ items }) => items),
      invoiceId,
    ),
    payments: inOrder(
      payments.flatMap(({ items }) => items),
      paymentId,
    ),
  };
}

/**
 * Follows until both copies are what the lists say: other test files' databases share the server, and their transactions hold changes
 * back for a moment.
 */
export async function expectInStep({ scope, invoices, payments }: KeptCopies): Promise<void> {
  await vi.waitFor(
    async () => {
      await invoices.follow();
      await payments.follow();
      expect({ invoices: invoices.sorted(), payments: payments.sorted() }).toEqual(await listed(scope));
    },
    { timeout: 20_000, interval: 20 },
  );
}
