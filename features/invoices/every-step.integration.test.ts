import { getCounterparty } from "@/features/counterparties/data";
import { changeCounterparty } from "@/features/counterparties/mutations/change";
import { changeCounterpartySchema } from "@/features/counterparties/schema";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import { putBackInvoice } from "@/features/invoices/mutations/put-back";
import { createPayment } from "@/features/payments/mutations/create";
import { makeBusiness, paymentOf } from "@/tests/books";
import { describeEveryStep, told } from "@/tests/every-step";
import { importRows, takingValues } from "@/tests/imports";
import { billOf, createShared, editOf, invoiceOf, rowOf, share, shareAnswerTo, TODAY } from "@/tests/invoices";
import { runJobs } from "@/tests/jobs";
import { prisma } from "@/tests/prisma";
import { FAILURE, respPayOf, sentReqPay } from "@/tests/trade";

// What may happen to one invoice, or to what is known of a party, at the same moment (tests/every-step.ts).

const NUMBER = "KM/1";

async function parties() {
  return { buyer: await makeBusiness("Anvaya"), supplier: await makeBusiness("Kaveri") };
}
type Two = Awaited<ReturnType<typeof parties>>;
interface Bill extends Two {
  /** The buyer's. */
  copy: string;
}

const paymentFor = ({ supplier, copy }: Bill, net: number) =>
  paymentOf(supplier, [{ invoice: { objectId: "", number: NUMBER, payableId: copy, receivableId: "" }, net }]);

const pays = (net: number) => async (bill: Bill) =>
  (await createPayment(bill.buyer, paymentFor(bill, net), TODAY)).kind;

/** The req-pay of a payment that is under way. */
async function underWay(bill: Bill, net: number) {
  const request = paymentFor(bill, net);
  await createPayment(bill.buyer, request, TODAY);
  return sentReqPay(request.objectId);
}

/** The req-pay of a payment of which the buyer was told that it has failed, though it may arrive all the same. */
async function failed(bill: Bill, net: number) {
  const reqPay = await underWay(bill, net);
  await told("resp-pay", respPayOf(reqPay, FAILURE));
  return reqPay;
}

async function versionOf(scope: Two["buyer"]): Promise<number> {
  return (await invoiceOf(scope, NUMBER))?.version ?? 0;
}

/** A supplier's invoice of ₹1,000 that the buyer has. */
async function raised() {
  const two = await parties();
  const bill = billOf(two.buyer, { supplierInvoiceNumber: NUMBER });
  const own = await createShared(two.supplier, bill);
  return { ...two, bill, own, copy: (await invoiceOf(two.buyer, NUMBER))?.id ?? "" };
}
type Raised = Awaited<ReturnType<typeof raised>>;

const forgetJobs = () => prisma.$executeRaw`DELETE FROM graphile_worker._private_jobs`;
const after = () => runJobs();

const edits = ({ supplier, own, bill }: Raised, totalPaise: number) =>
  editInvoice(supplier, own, editOf(bill, 1, { totalPaise }), TODAY);

describeEveryStep("a bill that its supplier has changed", {
  prepare: async () => {
    const bill = await raised();
    await edits(bill, 70_000);
    await forgetJobs();
    return bill;
  },
  mutations: {
    "₹700 are paid": pays(70_000),
    "it is returned": async ({ buyer, copy }) => {
      await answerInvoice(buyer, copy, { response: "RETURN", remarks: "Wrong rate", version: 1 }, TODAY);
    },
    "the change comes": ({ supplier, own }) => share(supplier, own),
  },
  more: {
    "₹400 are paid": pays(40_000),
    "it is cancelled": async ({ supplier, own }) => {
      await cancelInvoice(supplier, own, TODAY);
      await share(supplier, own);
    },
  },
  after,
});

describeEveryStep("a bill on which money is under way, and came back", {
  prepare: async () => {
    const bill = await raised();
    return { ...bill, back: await failed(bill, 60_000), waiting: await underWay(bill, 20_000) };
  },
  mutations: {
    "₹500 are paid": pays(50_000),
    "what is under way fails": ({ waiting }) => told("resp-pay", respPayOf(waiting, FAILURE)),
    "what came back has arrived": ({ back }) => told("resp-pay", respPayOf(back)),
  },
  more: {
    "its supplier changes it": async (bill) => void (await edits(bill, 70_000)),
    "the supplier hears of what is under way": ({ waiting }) => told("req-pay", waiting),
    "the supplier hears of what came back": ({ back }) => told("req-pay", back),
  },
  after,
});

describeEveryStep("an invoice that its buyer has returned", {
  prepare: async () => {
    const bill = await raised();
    const reqPay = await failed(bill, 40_000);
    const version = await versionOf(bill.buyer);
    await answerInvoice(bill.buyer, bill.copy, { response: "RETURN", remarks: "Wrong rate", version }, TODAY);
    await forgetJobs();
    const row = await takingValues(bill.supplier, rowOf(bill.bill, { totalPaise: 80_000 }), { side: "receivable" });
    return { ...bill, reqPay, version: version + 1, row };
  },
  mutations: {
    "the answer comes": ({ buyer, copy }) => shareAnswerTo(buyer, copy),
    "a payment of before arrives": ({ reqPay }) => told("req-pay", reqPay),
    "its supplier changes it": async (bill) => void (await edits(bill, 70_000)),
  },
  more: {
    "its supplier cancels it": async ({ supplier, own }) => void (await cancelInvoice(supplier, own, TODAY)),
    "an import changes it": async ({ supplier, row }) =>
      (await importRows(supplier, [row], { side: "receivable" })).map(({ outcome, problem }) => ({ outcome, problem })),
    "its buyer puts it back": async ({ buyer, copy, version }) =>
      void (await putBackInvoice(buyer, copy, { version }, TODAY)),
  },
  after,
});

describeEveryStep("a bill that buyer and supplier both write down", {
  prepare: async () => {
    const two = await parties();
    const bill = billOf(two.supplier, { side: "payable", supplierInvoiceNumber: NUMBER });
    const { id: copy } = await createInvoice(two.buyer, bill, TODAY);
    const reqPay = await failed({ ...two, copy }, 40_000);
    await forgetJobs();
    return { ...two, copy, bill, reqPay, version: await versionOf(two.buyer) };
  },
  mutations: {
    "the supplier raises it": async ({ supplier, buyer }) => {
      await createShared(supplier, billOf(buyer, { supplierInvoiceNumber: NUMBER }));
    },
    "the buyer's is shown": ({ buyer, copy }) => share(buyer, copy),
    "the buyer cancels it, which is shown": async ({ buyer, copy }) => {
      await cancelInvoice(buyer, copy, TODAY);
      await runJobs();
    },
  },
  more: {
    "₹500 are paid": pays(50_000),
    "the buyer changes it": async ({ buyer, copy, bill, version }) =>
      void (await editInvoice(buyer, copy, editOf(bill, version, { totalPaise: 70_000 }), TODAY)),
  },
  after,
});

describeEveryStep("a payment that is faster than its bill", {
  prepare: async () => {
    const two = await parties();
    const bill = billOf(two.supplier, { side: "payable", supplierInvoiceNumber: NUMBER });
    const { id: copy } = await createInvoice(two.buyer, bill, TODAY);
    return { ...two, copy, reqPay: await underWay({ ...two, copy }, 40_000) };
  },
  mutations: {
    "the payment arrives": ({ reqPay }) => told("req-pay", reqPay),
    "its bill is shown": ({ buyer, copy }) => share(buyer, copy),
  },
  after,
});

const PARTY = { b2bId: "FOO@BCB", name: "Foo" };
const account = { bankAccountNumber: "123456789", bankIfsc: "HDFC0000001", bankBeneficiaryName: "Foo" };
const writes =
  (supplierInvoiceNumber: string, details: object) =>
  async ({ buyer }: Two) => {
    const counterparty = { ...PARTY, ...details };
    await createInvoice(buyer, billOf(PARTY, { side: "payable", counterparty, supplierInvoiceNumber }), TODAY);
  };

describeEveryStep("a party", {
  prepare: async () => {
    const two = await parties();
    await writes("KM/1", {})(two);
    return { ...two, version: (await getCounterparty(two.buyer, PARTY.b2bId)).version };
  },
  mutations: {
    "it gets another name": async ({ buyer, version }) => {
      const change = changeCounterpartySchema.parse({ version, name: "Foo Mills" });
      await changeCounterparty(buyer, PARTY.b2bId, change, TODAY);
    },
    "a bill of it is written down": writes("KM/2", {}),
    "a bill tells of its account": writes("KM/3", account),
  },
});
