import { beforeEach, expect, test } from "vitest";
import { getInvoice } from "@/features/invoices/data";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { putBackInvoice } from "@/features/invoices/mutations/put-back";
import type { InvoiceResponse } from "@/features/invoices/schema";
import { makeBusiness } from "@/tests/books";
import { billOf, createShared, invoiceOf, share, shareAnswerTo, TODAY } from "@/tests/invoices";

// Answers to one invoice that follow each other, by people who haven't seen the one before.

type Business = Awaited<ReturnType<typeof makeBusiness>>;
let buyer: Business;
let supplier: Business;
let own: string;
let copy: string;

beforeEach(async () => {
  buyer = await makeBusiness("Anvaya");
  supplier = await makeBusiness("Kaveri");
  const bill = billOf(buyer);
  own = await createShared(supplier, bill);
  copy = (await invoiceOf(buyer, bill.supplierInvoiceNumber))?.id ?? "";
});

const say = (response: InvoiceResponse, remarks: string, version: number) =>
  answerInvoice(buyer, copy, { response, remarks, version }, TODAY);
const putBack = (version: number) => putBackInvoice(buyer, copy, { version }, TODAY);
const tell = () => shareAnswerTo(buyer, copy);
const wordsOf = async (scope: Business, id: string) => (await getInvoice(scope, id, TODAY)).history.at(-1)?.words;

test("the same answer again is a repetition; in other words it is told what stands", async () => {
  expect(await say("RETURN", "Wrong rate", 1)).toMatchObject({ version: 2 });
  expect(await say("RETURN", "Wrong rate", 1)).toMatchObject({ version: 2 });
  for (const [response, remarks] of [
    ["RETURN", "Wrong quantity"],
    ["REJECT", "Wrong rate"],
  ] as const)
    await expect(say(response, remarks, 1)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("returned already, with the remarks “Wrong rate”"),
    });
});

test("an answer that was given since is not put back by whoever has seen the one before", async () => {
  await say("RETURN", "Wrong rate", 1);
  await putBack(2);
  await say("REJECT", "Not ours", 3);
  await expect(putBack(2)).rejects.toMatchObject({ fields: [{ path: "version", code: "CHANGED_MEANWHILE" }] });
  expect(await getInvoice(buyer, copy, TODAY)).toMatchObject({ status: "REJECTED", remarks: "Not ours" });
});

test("of a return that was put back and given in other words, the writer reads the last, also told of it once", async () => {
  await say("RETURN", "Wrong rate", 1);
  await tell();
  await putBack(2);
  await say("RETURN", "Wrong quantity", 3);
  await tell();
  expect(await getInvoice(supplier, own, TODAY)).toMatchObject({ status: "RETURNED", remarks: "Wrong quantity" });
  expect(await wordsOf(supplier, own)).toBe("Anvaya returned it: “Wrong quantity”");
});

test.each([
  ["RETURN", "returned"],
  ["REJECT", "rejected"],
] as const)("a %s that is put back: both histories say what it no longer is", async (response, was) => {
  await say(response, "Not like this", 1);
  await tell();
  await putBack(2);
  await tell();
  expect(await wordsOf(buyer, copy)).toBe(`Put back: it is no longer ${was}`);
  expect(await wordsOf(supplier, own)).toBe(`Anvaya put it back: it is no longer ${was}`);
});

test("what its writer has cancelled isn't the other party's to cancel, not even again", async () => {
  await cancelInvoice(supplier, own, TODAY);
  await share(supplier, own);
  await expect(cancelInvoice(buyer, copy, TODAY)).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("Kaveri wrote this invoice: only they can change or cancel it."),
  });
});
