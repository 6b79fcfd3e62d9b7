import { beforeEach, expect, test } from "vitest";
import { getCounterparty } from "@/features/counterparties/data";
import { createInvoice } from "@/features/invoices/mutations/create";
import { makeBusiness } from "@/tests/books";
import { billOf, createShared, invoiceOf, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";

// What a bill brings into the two parties' address books when both live here.

type Business = Awaited<ReturnType<typeof makeBusiness>>;
let buyer: Business;
let supplier: Business;

const account = {
  bankAccountNumber: "50100234567812",
  bankIfsc: "HDFC0000123",
  bankBeneficiaryName: "Of the business",
  vpa: "business@hdfcbank",
};
const NONE = { bankAccountNumber: null, bankIfsc: null, bankBeneficiaryName: null, vpa: null };
const GSTIN = "29AAGCB7383J1Z4";

beforeEach(async () => {
  buyer = await makeBusiness("Anvaya");
  supplier = await makeBusiness("Kaveri");
  const ids = [buyer.businessId, supplier.businessId];
  await prisma.business.updateMany({ where: { id: { in: ids } }, data: { ...account, gstin: GSTIN } });
});

const partyOf = (own: Business, { b2bId }: Business) =>
  prisma.counterparty.findUnique({ where: { businessId_b2bId: { businessId: own.businessId, b2bId } } });

test.each([
  ["payable", () => [buyer, supplier]],
  ["receivable", () => [supplier, buyer]],
] as const)(
  "a %s bill: the buyer learns where to pay, and the supplier no account of the buyer's",
  async (side, who) => {
    const [writer, other] = who() as [Business, Business];
    await createShared(writer, billOf(other, { side }));
    expect(await partyOf(buyer, supplier)).toMatchObject({ name: "Kaveri", gstin: GSTIN, ...account });
    expect(await partyOf(supplier, buyer)).toMatchObject({ name: "Anvaya", gstin: GSTIN, ...NONE });
  },
);

test("a party that lives here is called as it calls itself, and has its own GSTIN, whatever was typed", async () => {
  const typed = billOf(buyer, {
    counterparty: { b2bId: buyer.b2bId, name: "Anwaya Retale", gstin: "27AAPFU0939F1ZV" },
  });
  await createInvoice(supplier, typed, TODAY);
  expect(await partyOf(supplier, buyer)).toMatchObject({ name: "Anvaya", gstin: GSTIN });
  expect((await invoiceOf(supplier, typed.supplierInvoiceNumber))?.counterpartyName).toBe("Anvaya");
});

test.each([
  ["that writes the bill", () => [supplier, buyer]],
  ["that its buyer writes a bill of", () => [buyer, supplier]],
] as const)(
  "a supplier %s is known by its name in the one form that names have, and has nothing to take over",
  async (_, who) => {
    const [writer, other] = who() as [Business, Business];
    const name = "Café Kaveri";
    await prisma.business.update({ where: { id: supplier.businessId }, data: { tradeName: name.normalize("NFD") } });
    await createShared(writer, billOf(other, { side: writer === buyer ? "payable" : "receivable" }));
    const party = await getCounterparty(buyer, supplier.b2bId);
    expect([party.name, party.theirs?.name]).toEqual([name, name]);
  },
);

test("an invoice names the other party as these books do, and who wrote it", async () => {
  const first = billOf(buyer);
  await createShared(supplier, first);
  const where = { businessId: buyer.businessId, b2bId: supplier.b2bId };
  await prisma.counterparty.updateMany({ where, data: { name: "Our pipes" } });
  const second = billOf(buyer);
  await createShared(supplier, second);
  expect(await invoiceOf(buyer, second.supplierInvoiceNumber)).toMatchObject({
    counterpartyName: "Our pipes",
    createdBy: "Kaveri",
  });
});
