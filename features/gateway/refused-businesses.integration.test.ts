import { afterAll, describe, expect, test } from "vitest";
import { edited } from "@/features/protocol/testing/edited";
import { mintInvoiceObjectId, mintPaymentObjectId } from "@/lib/ids";
import { makeApiKey } from "@/tests/gateway";
import { billOf, createShared } from "@/tests/invoices";
import { CONFIRMATION, expectRefused, expectSeen, LINE } from "@/tests/refusals";
import { answeredTrade, outcomeOf, paidTrade, respPayOf } from "@/tests/trade";

// The business answers that are no, to a business's own software (tests/refusals.ts).

afterAll(() => expectSeen("businesses"));

describe("with an API key", () => {
  test("a bill that isn't there, an amount above the due, a payment to oneself", async () => {
    const { buyer, supplier, reqPay } = await paidTrade();
    const apiKey = await makeApiKey(buyer);
    const body = (changes: Record<string, unknown>) =>
      edited(reqPay, { "payment.objectId": mintPaymentObjectId(), ...changes });
    const call = (changes: Record<string, unknown>) => ({
      operation: "req-pay" as const,
      call: { body: body(changes), apiKey },
    });
    const missing = await expectRefused(
      call({ [`${LINE}[0].objectId`]: mintInvoiceObjectId() }),
      "INVOICE_NOT_FOUND",
      `${LINE}[0].objectId`,
    );
    expect(missing.kept.errorDtl).toBe("There is no such bill of this supplier in your books.");
    const misnamed = await expectRefused(
      call({ [`${LINE}[1].supplierInvoiceNumber`]: "X" }),
      "INVOICE_MISMATCH",
      `${LINE}[1].supplierInvoiceNumber`,
    );
    expect(misnamed.kept.errorDtl).toMatch(/^This bill's number is KM\/\d+ in your books\.$/);
    // All of it is claimed by the payment that is on its way.
    const { kept } = await expectRefused(call({}), "EXCEEDS_DUE", `${LINE}[0].invoicePaymentAmount.totalAmount`);
    expect(kept.caller).toBe(`business ${buyer.b2bId}`);
    expect(kept.errorDtl).toMatch(/Nothing is due any more on KM\/\d+\. ₹1,000\.00 of it waits for confirmation\./);
    const own = { "b2bIds.supplierB2BId": buyer.b2bId };
    await expectRefused(call(own), "SAME_PARTY", "b2bIds.supplierB2BId");
    const other = { "b2bIds.buyerB2BId": supplier.b2bId };
    await expectRefused(call(other), "FORBIDDEN", "b2bIds.buyerB2BId");
  });

  test("a bill by the id that it was written down under, once the supplier's own has taken its place", async () => {
    const { buyer, supplier, reqPay } = await paidTrade();
    const bill = billOf(supplier, { side: "payable" });
    await createShared(buyer, bill);
    const { supplierInvoiceNumber } = bill;
    const raised = billOf(buyer, { supplierInvoiceNumber });
    await createShared(supplier, raised);
    const body = edited(reqPay, {
      "payment.objectId": mintPaymentObjectId(),
      [`${LINE}[0].objectId`]: bill.objectId,
      [`${LINE}[0].supplierInvoiceNumber`]: supplierInvoiceNumber,
    });
    const call = { body, apiKey: await makeApiKey(buyer) };
    const { kept } = await expectRefused({ operation: "req-pay", call }, "INVOICE_NOT_FOUND", `${LINE}[0].objectId`);
    expect(kept.errorDtl).toBe(
      `The supplier's own invoice has taken the place of this bill: ${supplierInvoiceNumber}, with the objectId ${raised.objectId}.`,
    );
  });

  test("the same objectId for another payment: 409", async () => {
    const { buyer, reqPay } = await paidTrade();
    const body = edited(reqPay, { "payment.utr": "ANOTHER" });
    const call = { body, apiKey: await makeApiKey(buyer) };
    await expectRefused({ operation: "req-pay", call }, "DUPLICATE_CONFLICT", "payment.objectId");
  });

  test("an answer to a payment that isn't there, of another buyer, not allowed, or given already", async () => {
    const { supplier, confirmation } = await answeredTrade();
    const apiKey = await makeApiKey(supplier);
    const call = (changes: Record<string, unknown>) => ({
      operation: "req-pay-confirmation" as const,
      call: { body: edited(confirmation, changes), apiKey },
    });
    const C = CONFIRMATION;
    await expectRefused(call({ [`${C}.objectId`]: mintPaymentObjectId() }), "PAYMENT_NOT_FOUND", `${C}.objectId`);
    await expectRefused(call({ "b2bIds.buyerB2BId": "OTHER@BCB" }), "PAYMENT_NOT_FOUND", "b2bIds.buyerB2BId");
    await expectRefused(call({ "b2bIds.supplierB2BId": "OTHER@BCB" }), "FORBIDDEN", "b2bIds.supplierB2BId");
    // A colleague gave another answer on the page.
    const other = { [`${C}.supplierResponse`]: "REJECT" };
    await expectRefused(call(other), "ALREADY_ANSWERED", `${C}.supplierResponse`);
    const onPlatform = { [`${C}.type`]: "ONPLATFORM", ...other };
    await expectRefused(call(onPlatform), "REJECT_NOT_ALLOWED", `${C}.supplierResponse`);
  });

  test("the outcomes are the network's alone to tell: 403", async () => {
    const { buyer, reqPay } = await paidTrade();
    const call = { body: respPayOf(reqPay), apiKey: await makeApiKey(buyer) };
    await expectRefused({ operation: "resp-pay", call }, "FORBIDDEN", "");
    const trade = await answeredTrade();
    const outcome = { body: outcomeOf(trade.confirmation), apiKey: await makeApiKey(trade.supplier) };
    await expectRefused({ operation: "resp-pay-confirmation", call: outcome }, "FORBIDDEN", "");
  });
});
