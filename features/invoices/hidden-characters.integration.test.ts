import { beforeAll, describe, expect, test } from "vitest";
import { PATCH as editInvoice } from "@/app/api/v1/businesses/[business]/invoices/[id]/route";
import { POST as createInvoice } from "@/app/api/v1/businesses/[business]/invoices/route";
import { POST as answer } from "@/app/api/v1/businesses/[business]/payments/[objectId]/answer/route";
import { POST as pay } from "@/app/api/v1/businesses/[business]/payments/route";
import { apiOf, type CallApi } from "@/tests/api";
import { makeBusiness, paymentOf } from "@/tests/books";
import { callGateway } from "@/tests/gateway";
import { billOf, editOf, invoiceOf } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";
import { arrivedTrade, paidTrade } from "@/tests/trade";

const WORDS = /^There is a character .* that can't be seen, perhaps from copying\. Type it anew\.$/;
const INVISIBLE = "\u200b";
const TURNED = "\u202e";

let buyer: Awaited<ReturnType<typeof makeBusiness>>;
let api: CallApi;

beforeAll(async () => {
  buyer = await makeBusiness("Anvaya");
  api = await apiOf(buyer);
});

const problemsOf = async (reply: Response) => {
  const { errors } = (await reply.json()) as { errors?: { path: string; message: string }[] };
  return [
    reply.status,
    ...(errors ?? []).map(({ path, message }) => (WORDS.test(message) ? path : `${path}: ${message}`)),
  ];
};

describe("characters that nobody sees are refused where people and programs write", () => {
  const party = { b2bId: "KAVERI@BCB", name: "Kaveri" };

  test.each([
    ["supplierInvoiceNumber", { supplierInvoiceNumber: `KM-77${INVISIBLE}` }],
    ["supplierInvoiceNumber", { supplierInvoiceNumber: `${TURNED}77-MK` }],
    ["description", { description: `Pipes${TURNED}` }],
    ["objectId", { objectId: `INV1${INVISIBLE}` }],
    ["counterparty.name", { counterparty: { ...party, name: `Kaveri${TURNED}slateM` } }],
    ["counterparty.b2bId", { counterparty: { ...party, b2bId: `KAVERI@BCB${INVISIBLE}` } }],
    ["counterparty.bankBeneficiaryName", { counterparty: { ...party, bankBeneficiaryName: `Kaveri${INVISIBLE}` } }],
  ])("a bill's %s", async (path, change) => {
    const reply = await api(createInvoice, { body: { ...billOf(party, { side: "payable" }), ...change } });
    expect(await problemsOf(reply)).toEqual([422, path]);
  });

  test("a bill's new number", async () => {
    const bill = billOf(party, { side: "payable" });
    await api(createInvoice, { body: bill });
    const written = await invoiceOf(buyer, bill.supplierInvoiceNumber);
    const body = editOf(bill, 1, { supplierInvoiceNumber: `KM-77${INVISIBLE}` });
    const reply = await api(editInvoice, { method: "PATCH", params: { id: written?.id ?? "" }, body });
    expect(await problemsOf(reply)).toEqual([422, "supplierInvoiceNumber"]);
  });

  test("a payment's reference, and its adjustments", async () => {
    const { buyer: payer, supplier, first } = await arrivedTrade();
    const request = paymentOf(supplier, [{ invoice: first, net: 100, tds: 10 }], {
      utr: `HDFCN${INVISIBLE}26324123456`,
    });
    const [line] = request.lines;
    const lines = [{ ...line, splits: [{ name: `TDS${TURNED}`, valuePaise: 10, refNo: `194Q${INVISIBLE}` }] }];
    const reply = await (await apiOf(payer))(pay, { body: { ...request, lines } });
    expect((await problemsOf(reply)).sort()).toEqual([
      422,
      "lines[0].splits[0].name",
      "lines[0].splits[0].refNo",
      "utr",
    ]);
  });

  test("a remark", async () => {
    const { supplier, request } = await arrivedTrade();
    const mine = await apiOf(supplier);
    const give = (remarks: string) =>
      mine(answer, { params: { objectId: request.objectId }, body: { response: "ACCEPT", remarks } });
    expect(await problemsOf(await give(`Received${TURNED}`))).toEqual([422, "remarks"]);
    expect((await give("मिल गया, धन्यवाद\n❤\ufe0f")).status).toBe(200);
  });
});

test("what comes over the wire stays as the seeds' patterns allow", async () => {
  const { reqPay } = await paidTrade();
  const utr = `HDFCN${INVISIBLE}26324123456`;
  const reply = await callGateway("req-pay", { body: { ...reqPay, payment: { ...reqPay.payment, utr } } });
  expect([reply.status, reply.json.response_code]).toEqual([200, 0]);
  const { objectId } = reqPay.payment;
  expect(await prisma.payment.findFirst({ where: { objectId, side: "INCOMING" } })).toMatchObject({ utr });
});
