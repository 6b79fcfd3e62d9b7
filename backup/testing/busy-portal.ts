import { vi } from "vitest";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { sealAll } from "@/features/audit/seal";
import { mintScope } from "@/features/businesses/scope";
import { queueShare } from "@/features/invoices/mutations/queue-share";
import { createPayment } from "@/features/payments/mutations/create";
import { transact } from "@/lib/db";
import { uuidv7 } from "@/lib/ids";
import { makeInvoice, paymentOf } from "@/tests/books";
import { joinBusiness, makePerson, TEST_PASSWORD } from "@/tests/business";
import { callGateway } from "@/tests/gateway";
import { signIn } from "@/tests/sign-in";
import { answeredTrade } from "@/tests/trade";

/** Text that a careless copy would spoil. */
const REMARKS = 'Received, "in full"\n\\.\n\tधन्यवाद';

/**
 * A portal after a day's work, all of it through the portal's own mutations: payments and answers, a refused message, people with
 * sessions and an API key, sealed events, and one that is not sealed yet.
 */
export async function busyPortal() {
  const trade = await answeredTrade({ response: "ACCEPT", remarks: REMARKS });
  const { buyer, supplier } = trade;
  await callGateway("req-pay", { body: { ...trade.reqPay, payment: 5 } });
  const owner = await makePerson("Asha Rao");
  await joinBusiness({ id: buyer.businessId, slug: "", b2bId: buyer.b2bId }, owner, "OWNER");
  const stranger = await makePerson("Latha Iyer");
  await joinBusiness({ id: supplier.businessId, slug: "", b2bId: supplier.b2bId }, stranger, "OWNER");
  await signIn(owner.email, TEST_PASSWORD);
  await createApiKey(mintScope({ ...buyer, role: "OWNER" }), { id: uuidv7(), name: "ERP, of old" });

  const pay = async () => {
    const invoice = await makeInvoice(buyer, supplier, 100_000);
    await createPayment(buyer, paymentOf(supplier, [{ invoice, net: 10_000 }]), new Date());
  };
  const unpaid = await makeInvoice(buyer, supplier, 70_000);
  const { businessId } = supplier;
  await transact(supplier, (tx) => queueShare(tx, { businessId, invoiceId: unpaid.receivableId }));
  await vi.waitUntil(async () => (await sealAll()) > 0, { timeout: 20_000 });
  await pay();
  return { buyer, supplier, owner, stranger, unpaid, pay };
}
