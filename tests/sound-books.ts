import { expect } from "vitest";
import { sealBusiness } from "@/features/audit/seal";
import { verifyBusiness } from "@/features/audit/verify";
import { holding } from "@/features/payments/rules";
import { add, paise, ZERO } from "@/lib/money";
import { prisma } from "@/tests/prisma";

// What holds of two parties' books whatever they have done with each other.

interface Parties {
  buyer: { businessId: string };
  supplier: { businessId: string };
}

/** Both parties' books are what their payments hold, to the paisa, and no rupee is spent twice. */
export async function expectBooks({ buyer, supplier }: Parties): Promise<void> {
  const where = { businessId: { in: [buyer.businessId, supplier.businessId] } };
  const invoices = await prisma.invoice.findMany({ where, include: { lines: { include: { payment: true } } } });
  for (const { total, paid, pending, lines } of invoices) {
    const held = lines.map(({ payment, total }) => holding(payment.status, paise(total)));
    expect(Number(paid)).toBe(add(ZERO, ...held.map((each) => each.paid)));
    expect(Number(pending)).toBe(add(ZERO, ...held.map((each) => each.pending)));
    expect(paid + pending <= total).toBe(true);
  }
  const payments = await prisma.payment.findMany({ where, include: { lines: true } });
  for (const { net, adjustment, total, lines } of payments) {
    const sum = (of: "net" | "adjustment" | "total") => lines.reduce((all, line) => all + line[of], 0n);
    expect([net, adjustment, total]).toEqual([sum("net"), sum("adjustment"), sum("total")]);
    expect(net + adjustment).toBe(total);
  }
}

/** All that is in either party's trail is sealed, and as it was. */
export async function expectAuditHolds({ buyer, supplier }: Parties): Promise<void> {
  for (const { businessId } of [buyer, supplier]) {
    await sealBusiness(businessId);
    expect((await verifyBusiness(businessId)).problems).toEqual([]);
  }
}
