import type { BusinessScope } from "@/features/businesses/scope";
import { getCounterparty } from "@/features/counterparties/data";
import { changeCounterparty } from "@/features/counterparties/mutations/change";
import { changeCounterpartySchema } from "@/features/counterparties/schema";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { approvePayment } from "@/features/payments/mutations/approve";
import { createPayment } from "@/features/payments/mutations/create";
import { declinePayment } from "@/features/payments/mutations/decline";
import { askForApproval, colleagueOf } from "@/tests/approvals";
import { makeBusiness, paymentOf } from "@/tests/books";
import { describeEveryStep, told } from "@/tests/every-step";
import { billOf, createShared, editOf, invoiceOf, share, TODAY } from "@/tests/invoices";
import { runJobs } from "@/tests/jobs";
import { FAILURE, respPayOf, sentReqPay } from "@/tests/trade";

const NUMBER = "KM/1";
const FROM = 50_000;

/** A payment of ₹600 waits for approval, beside one of ₹100 that is on its way; their supplier has just changed the bill. */
async function heldPayment() {
  const [buyer, supplier] = [await makeBusiness("Anvaya"), await makeBusiness("Kaveri")];
  const bill = billOf(buyer, { supplierInvoiceNumber: NUMBER });
  const own = await createShared(supplier, bill);
  const payableId = (await invoiceOf(buyer, NUMBER))?.id ?? "";
  const pay = (net: number) => {
    const invoice = { objectId: bill.objectId, number: NUMBER, payableId, receivableId: own };
    return paymentOf(supplier, [{ invoice, net }]);
  };
  const sent = pay(10_000);
  await createPayment(buyer, sent, TODAY);
  await askForApproval(buyer, FROM);
  const request = pay(60_000);
  await createPayment(buyer, request, TODAY);
  await editInvoice(supplier, own, editOf(bill, 1, { totalPaise: 90_000 }), TODAY);
  const { version } = await getCounterparty(buyer, supplier.b2bId);
  return { buyer, supplier, own, request, version, another: pay(25_000), way: await sentReqPay(sent.objectId) };
}

const decline = (scope: BusinessScope, objectId: string) =>
  declinePayment(scope, objectId, { remarks: "Not what was agreed" }, TODAY);

describeEveryStep("a payment that waits for approval", {
  prepare: heldPayment,
  mutations: {
    "it is approved": ({ buyer, request }) => approvePayment(colleagueOf(buyer), request.objectId, TODAY),
    "it is declined": ({ buyer, request }) => decline(colleagueOf(buyer, "Meera Nair"), request.objectId),
    "who made it takes it back": ({ buyer, request }) => decline(buyer, request.objectId),
    "its bill's change is shown": ({ supplier, own }) => share(supplier, own),
  },
  more: {
    "another pays of the same bill": async ({ buyer, another }) => (await createPayment(buyer, another, TODAY)).kind,
    "what is on its way fails": ({ way }) => told("resp-pay", respPayOf(way, FAILURE)),
    "it is asked for again": async ({ buyer, request }) => (await createPayment(buyer, request, TODAY)).kind,
    "its supplier is called otherwise": async ({ buyer, supplier, version }) => {
      const change = changeCounterpartySchema.parse({ version, name: "Kaveri Mills" });
      await changeCounterparty(buyer, supplier.b2bId, change, TODAY);
    },
  },
  after: () => runJobs(),
});
