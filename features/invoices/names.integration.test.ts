import { expect, test } from "vitest";
import { counterpartyQuerySchema } from "@/features/counterparties/api";
import { listCounterparties } from "@/features/counterparties/data";
import { listInvoices } from "@/features/invoices/data";
import { createInvoice } from "@/features/invoices/mutations/create";
import { importInvoices } from "@/features/invoices/mutations/import";
import { type InvoiceQueryInput, importInvoicesSchema, invoiceQuerySchema } from "@/features/invoices/schema";
import { makeBusiness } from "@/tests/books";
import { billOf, TODAY } from "@/tests/invoices";

const query = (input: Partial<InvoiceQueryInput> = {}) => invoiceQuerySchema.parse({ side: "payable", ...input });

test("a name is found however a keyboard writes its letters, and is one party's name in a file", async () => {
  const [one, two] = ["Bada\u0915\u0921\u093c", "Bada\u0915\u095c"];
  const scope = await makeBusiness("Anvaya");
  for (const name of [one, two]) {
    const bill = billOf(
      { b2bId: `${name.length}@BCB`, name },
      { side: "payable", description: `Sweets \u095d${name}` },
    );
    await createInvoice(scope, bill, TODAY);
  }
  for (const q of [one, two, `\u0922\u093c${one}`]) {
    expect((await listInvoices(scope, query({ q }), TODAY)).items).toHaveLength(2);
    const { items } = await listCounterparties(scope, counterpartyQuerySchema.parse({ q: q.slice(-4) }), TODAY);
    expect(items).toHaveLength(2);
  }
  // A number stays as it was typed, and so it is found.
  await createInvoice(scope, billOf({ b2bId: "N@BCB" }, { side: "payable", supplierInvoiceNumber: `N-${two}` }), TODAY);
  expect((await listInvoices(scope, query({ q: `n-${two}` }), TODAY)).items).toHaveLength(1);
  const [{ counterparty, ...content }] = [billOf({ b2bId: "UNUSED@BCB" }, { supplierInvoiceNumber: "N/1" })];
  const { side: _, ...invoice } = { ...content, counterparty: { name: `${two} Sons` } };
  await createInvoice(scope, billOf({ b2bId: "SONS@BCB", name: `${one} Sons` }, { side: "payable" }), TODAY);
  const file = importInvoicesSchema.parse({ side: "payable", dryRun: true, invoices: [invoice] });
  expect((await importInvoices(scope, file, TODAY)).items).toMatchObject([
    { outcome: "new", counterparty: { b2bId: "SONS@BCB" } },
  ]);
});
