import { beforeAll, describe, expect, test } from "vitest";
import * as counterpartyRoutes from "@/app/api/v1/businesses/[business]/counterparties/[b2bId]/route";
import * as counterpartiesRoutes from "@/app/api/v1/businesses/[business]/counterparties/route";
import * as directoryRoutes from "@/app/api/v1/businesses/[business]/directory/[b2bId]/route";
import * as homeRoutes from "@/app/api/v1/businesses/[business]/home/route";
import * as answerInvoiceRoutes from "@/app/api/v1/businesses/[business]/invoices/[id]/answer/route";
import * as cancelRoutes from "@/app/api/v1/businesses/[business]/invoices/[id]/cancel/route";
import * as putBackRoutes from "@/app/api/v1/businesses/[business]/invoices/[id]/put-back/route";
import * as invoiceRoutes from "@/app/api/v1/businesses/[business]/invoices/[id]/route";
import * as invoiceExportRoutes from "@/app/api/v1/businesses/[business]/invoices/export/route";
import * as invoicesRoutes from "@/app/api/v1/businesses/[business]/invoices/route";
import * as answerRoutes from "@/app/api/v1/businesses/[business]/payments/[objectId]/answer/route";
import * as paymentRoutes from "@/app/api/v1/businesses/[business]/payments/[objectId]/route";
import * as sendAgainRoutes from "@/app/api/v1/businesses/[business]/payments/[objectId]/send-again/route";
import * as checkUtrRoutes from "@/app/api/v1/businesses/[business]/payments/check-utr/route";
import * as paymentExportRoutes from "@/app/api/v1/businesses/[business]/payments/export/route";
import * as paymentsRoutes from "@/app/api/v1/businesses/[business]/payments/route";
import { mintInvoiceObjectId } from "@/lib/ids";
import { type ApiCall, apiOf, type CallApi } from "@/tests/api";
import { makeBusiness, paymentOf } from "@/tests/books";
import { prisma } from "@/tests/prisma";
import { arrivedTrade, makeTrade } from "@/tests/trade";

const bill = (other: { b2bId: string }, changes: object = {}) => ({
  objectId: mintInvoiceObjectId(),
  side: "payable",
  counterparty: { b2bId: other.b2bId, name: "Pipes", bankAccountNumber: "001122334455" },
  supplierInvoiceNumber: "P-1",
  issueDate: "2026-11-01",
  dueDate: "2026-12-01",
  totalPaise: 100_000,
  ...changes,
});

describe("invoices", () => {
  test("are written down, repeated, read, listed, edited, exported and cancelled", async () => {
    const call = await apiOf(await makeBusiness("Anvaya"));
    const body = bill({ b2bId: "PIPES@BCB" }, { description: '=HYPERLINK("x")' });
    const created = await call(invoicesRoutes.POST, { body });
    expect(created.status).toBe(201);
    const invoice = await created.json();
    expect(invoice).toMatchObject({
      side: "payable",
      duePaise: 100_000,
      editable: true,
      counterparty: { name: "Pipes" },
    });
    expect((await call(invoicesRoutes.POST, { body })).status).toBe(200);
    const params = { id: invoice.id };
    expect(await (await call(invoiceRoutes.GET, { params })).json()).toMatchObject({
      history: [{ words: "Written down here" }],
    });
    const page = await (
      await call(invoicesRoutes.GET, { search: "?side=payable&q=p-1&status=CREATED&limit=5" })
    ).json();
    expect(page).toMatchObject({
      items: [{ id: invoice.id }],
      nextCursor: null,
      totals: { count: 1, duePaise: 100_000 },
    });
    const { objectId: _o, side: _s, counterparty: _c, ...content } = body;
    const edit = { ...content, version: invoice.version, totalPaise: 90_050 };
    const edited = await call(invoiceRoutes.PATCH, { params, method: "PATCH", body: edit });
    expect([edited.status, await edited.json()]).toMatchObject([200, { totalPaise: 90_050 }]);
    const file = await call(invoiceExportRoutes.GET, { search: "?side=payable" });
    expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const lines = Buffer.from(await file.arrayBuffer())
      .toString()
      .split("\r\n");
    expect(lines[0]).toContain("\uFEFFInvoice number,Party");
    expect(lines[1]).toMatch(
      /^P-1,Pipes,PIPES@BCB,"'=HYPERLINK\(""x""\)",2026-11-01,2026-12-01,900.50,0.00,0.00,900.50,Unpaid,/,
    );
    const cancelled = await call(cancelRoutes.POST, { params, method: "POST" });
    expect(await cancelled.json()).toMatchObject({ status: "CANCELLED" });
  });

  test("are returned by the party that didn't write them, repeated, exported and put back", async () => {
    const { buyer, first } = await makeTrade();
    const call = await apiOf(buyer);
    const params = { id: first.payableId };
    const body = { response: "RETURN", remarks: "=12 %", version: 1 };
    for (let time = 0; time < 2; time++) {
      const answered = await call(answerInvoiceRoutes.POST, { params, body });
      const stands = { status: "RETURNED", remarks: "=12 %", duePaise: 0, version: 2, answerable: false };
      expect([answered.status, await answered.json()]).toMatchObject([200, stands]);
    }
    const file = await call(invoiceExportRoutes.GET, { search: "?side=payable&status=RETURNED" });
    expect(await file.text()).toMatch(/,Remarks\r\n.*,Returned,0,'=12 %\r\n$/);
    const other = await call(answerInvoiceRoutes.POST, { params, body: { ...body, response: "REJECT" } });
    expect([other.status, (await other.json()).detail]).toEqual([
      409,
      "This invoice is returned already, with the remarks “=12 %”. To answer otherwise, put it back first.",
    ]);
    const put = await call(putBackRoutes.POST, { params, body: { version: 2 } });
    expect([put.status, await put.json()]).toMatchObject([200, { status: "CREATED", remarks: null, version: 3 }]);
    const empty = await call(answerInvoiceRoutes.POST, { params, body: { ...body, remarks: " " } });
    expect([empty.status, (await empty.json()).errors]).toMatchObject([422, [{ path: "remarks" }]]);
  });

  test.each<[string, object, string]>([
    ["an amount of zero", { totalPaise: 0 }, "totalPaise"],
    ["an amount with decimals", { totalPaise: 1.5 }, "totalPaise"],
    ["a due date before the invoice's", { dueDate: "2026-10-01" }, "dueDate"],
    ["a day that isn't", { issueDate: "2026-02-30" }, "issueDate"],
    ["no number", { supplierInvoiceNumber: "  " }, "supplierInvoiceNumber"],
    ["a quote in the number", { supplierInvoiceNumber: 'A"1' }, "supplierInvoiceNumber"],
    ["a zero byte", { description: "a\0b" }, "description"],
    ["a wrong IFSC", { counterparty: { b2bId: "X@BCB", name: "X", bankIfsc: "NOPE" } }, "counterparty.bankIfsc"],
    ["an unknown field", { colour: "red" }, "colour"],
  ])("%s is refused at its field", async (_, changes, path) => {
    const call = await apiOf(await makeBusiness("Anvaya"));
    const response = await call(invoicesRoutes.POST, { body: bill({ b2bId: "PIPES@BCB" }, changes) });
    expect(response.status).toBe(422);
    expect((await response.json()).errors).toMatchObject([{ path, message: expect.any(String) }]);
  });

  test.each([
    "",
    "?side=payable&limit=0",
    "?side=payable&limit=101",
    "?side=both",
    "?side=payable&cursor=x",
    "?side=payable&sort=paid",
  ])("the search %j is refused", async (search) => {
    const call = await apiOf(await makeBusiness("Anvaya"));
    expect((await call(invoicesRoutes.GET, { search })).status).toBe(422);
  });
});

describe("payments", () => {
  test("are made once, read, listed and exported; the supplier answers once", async () => {
    const { buyer, supplier, first } = await makeTrade();
    const call = await apiOf(buyer);
    const body = paymentOf(supplier, [{ invoice: first, net: 60_000, tds: 1_000 }]);
    const created = await call(paymentsRoutes.POST, { body });
    expect([created.status, (await created.json()).status]).toEqual([201, "SENDING"]);
    expect((await call(paymentsRoutes.POST, { body })).status).toBe(200);
    const other = await call(paymentsRoutes.POST, { body: { ...body, utr: "OTHER" } });
    expect([other.status, (await other.json()).code]).toEqual([409, "CONFLICT"]);
    const more = paymentOf(supplier, [{ invoice: first, net: 60_000 }]);
    const refused = await call(paymentsRoutes.POST, { body: more });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      errors: [{ path: "lines[0].netPaise", message: expect.stringContaining("₹390.00 still due") }],
    });
    expect(await (await call(paymentsRoutes.GET, { search: "?side=outgoing" })).json()).toMatchObject({
      totals: { count: 1 },
    });
    const used = await call(checkUtrRoutes.GET, { search: `?utr=${body.utr}` });
    expect(await used.json()).toMatchObject({ usedBy: [{ objectId: body.objectId, totalPaise: 61_000 }] });
    const file = await (await call(paymentExportRoutes.GET, { search: "?side=outgoing" })).text();
    expect(file.split("\r\n")[1]).toContain(`NEFT,600.00,10.00,610.00,0.00,Being sent,${first.number},1`);
    const again = await call(sendAgainRoutes.POST, { params: { objectId: body.objectId }, method: "POST" });
    expect(again.status).toBe(202);
  });

  test("an answer given twice says who was faster, and what they said", async () => {
    const { supplier, request } = await arrivedTrade();
    const call = await apiOf(supplier);
    const params = { objectId: request.objectId };
    const accepted = await call(answerRoutes.POST, {
      params,
      body: { response: "ACCEPT", remarks: "Seen in our account" },
    });
    expect([accepted.status, (await accepted.json()).status]).toEqual([200, "CONFIRMING"]);
    const late = await call(answerRoutes.POST, { params, body: { response: "REJECT", remarks: "No" } });
    expect([late.status, (await late.json()).detail]).toEqual([
      409,
      expect.stringMatching(/^ERP accepted it on .* IST: “Seen in our account”$/),
    ]);
  });

  test("REJECT of a payment made on the platform is refused at its field", async () => {
    const { supplier, request } = await arrivedTrade({ type: "ONPLATFORM" });
    const call = await apiOf(supplier);
    const body = { response: "REJECT", remarks: "No" };
    const response = await call(answerRoutes.POST, { params: { objectId: request.objectId }, body });
    expect([response.status, (await response.json()).errors]).toMatchObject([422, [{ path: "response" }]]);
  });
});

describe("parties", () => {
  test("show where to pay only to who pays, and businesses here are found by their exact id", async () => {
    const buyer = await makeBusiness("Anvaya");
    const hosted = await makeBusiness("Kaveri");
    const call = await apiOf(buyer);
    await call(invoicesRoutes.POST, { body: bill({ b2bId: "PIPES@BCB" }) });
    const payable = await (await call(counterpartiesRoutes.GET, { search: "?q=pip" })).json();
    expect(payable).toMatchObject({
      more: false,
      items: [{ name: "Pipes", openCount: 1, duePaise: 100_000, account: { number: "001122334455" } }],
    });
    const params = { b2bId: "PIPES@BCB" };
    const receivable = await call(counterpartyRoutes.GET, { params, search: "?side=receivable" });
    expect(await receivable.json()).toMatchObject({ openCount: 0, account: { number: "XXXXXXXX4455" } });
    const found = await call(directoryRoutes.GET, { params: { b2bId: hosted.b2bId } });
    expect(await found.json()).toEqual({ b2bId: hosted.b2bId, name: "Kaveri", gstin: null });
    expect((await call(directoryRoutes.GET, { params })).status).toBe(404);
    expect((await call(counterpartyRoutes.GET, { params: { b2bId: "NOBODY@BCB" } })).status).toBe(404);
  });
});

describe("another business's", () => {
  let calls: CallApi;
  const others: Record<string, string> = {};

  beforeAll(async () => {
    const { supplier, first, request } = await arrivedTrade();
    calls = await apiOf(await makeBusiness("Stranger"));
    Object.assign(others, { b2bId: supplier.b2bId, id: first.payableId, objectId: request.objectId });
  });

  const answer = { response: "ACCEPT", remarks: "Mine" };
  const edit = {
    version: 1,
    supplierInvoiceNumber: "X",
    issueDate: "2026-11-01",
    dueDate: "2026-11-01",
    totalPaise: 1,
  };
  test.each<[string, Parameters<CallApi>[0], ApiCall]>([
    ["invoice", invoiceRoutes.GET, {}],
    ["invoice, to edit", invoiceRoutes.PATCH, { method: "PATCH", body: edit }],
    ["invoice, to cancel", cancelRoutes.POST, { method: "POST" }],
    ["payment", paymentRoutes.GET, {}],
    ["payment, to answer", answerRoutes.POST, { body: answer }],
    ["payment, to send again", sendAgainRoutes.POST, { method: "POST" }],
    ["party", counterpartyRoutes.GET, {}],
  ])("%s is not found", async (_, handler, call) => {
    const wanted = handler === invoiceRoutes.GET || handler === invoiceRoutes.PATCH || handler === cancelRoutes.POST;
    const name = wanted ? "id" : handler === counterpartyRoutes.GET ? "b2bId" : "objectId";
    const response = await calls(handler, { ...call, params: { [name]: others[name] ?? "" } });
    expect(response.status).toBe(404);
    expect(JSON.stringify(await response.json())).not.toContain("Kaveri");
  });

  test("lists and home are empty", async () => {
    for (const side of ["payable", "receivable"])
      expect(await (await calls(invoicesRoutes.GET, { search: `?side=${side}` })).json()).toMatchObject({ items: [] });
    expect(await (await calls(homeRoutes.GET)).json()).toMatchObject({ pay: { waiting: { count: 0 } } });
  });

  test("bill can't be paid", async () => {
    const scope = await makeBusiness("Buyer");
    const call = await apiOf(scope);
    await prisma.counterparty.create({ data: { businessId: scope.businessId, b2bId: others.b2bId ?? "", name: "K" } });
    const pair = { objectId: "", number: "", payableId: others.id ?? "", receivableId: "" };
    const body = paymentOf({ ...scope, b2bId: others.b2bId ?? "" }, [{ invoice: pair, net: 1 }]);
    const response = await call(paymentsRoutes.POST, { body });
    expect([response.status, (await response.json()).errors]).toMatchObject([409, [{ path: "lines[0].invoiceId" }]]);
  });
});
