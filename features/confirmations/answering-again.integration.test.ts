import { expect, test } from "vitest";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { statusesOf } from "@/tests/books";
import { callGateway, NOW, refusalIn } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answered, answeredTrade, arrivedTrade, FAILURE, outcomeOf } from "@/tests/trade";

const HERE = { response: "ACCEPT", remarks: "Received" } as const;
const NOT_HERE = { response: "REJECT", remarks: "Not here" } as const;
const later = new Date(NOW.getTime() + 3_600_000);

test("an answer that arrived, but was reported as lost: the same answer again brings both sides together", async () => {
  const trade = await answeredTrade(HERE);
  const { objectId } = trade.request;
  await callGateway("req-pay-confirmation", { body: trade.confirmation });
  const lost = outcomeOf(trade.confirmation, { reqMsgId: "R0", ...FAILURE });
  await callGateway("resp-pay-confirmation", { body: lost });
  expect(await statusesOf(objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "AWAITING_CONFIRMATION" });

  // Another answer can't undo the one that the buyer has.
  const other = await answered(trade, NOT_HERE, later);
  const conflict = refusalIn(await callGateway("req-pay-confirmation", { body: other }));
  expect(conflict?.code).toBe("DUPLICATE_CONFLICT");
  await callGateway("resp-pay-confirmation", { body: outcomeOf(other, { reqMsgId: "R1", ...FAILURE }) });

  const again = await answered(trade, HERE, later);
  expect(again).toEqual(trade.confirmation);
  const { json } = await callGateway("req-pay-confirmation", { body: again });
  expect(json.response_code).toBe(0);
  await callGateway("resp-pay-confirmation", { body: outcomeOf(again, { reqMsgId: "R2" }) });
  expect(await statusesOf(objectId)).toEqual({ outgoing: "ACCEPTED", incoming: "ACCEPTED" });
  const [incoming, outgoing] = await prisma.payment.findMany({ where: { objectId }, orderBy: { side: "desc" } });
  expect(incoming?.respondedAt).toEqual(outgoing?.respondedAt);
});

test("the outcome of an earlier answer, whose ack was lost, isn't taken for the one that stands", async () => {
  for (const result of [FAILURE, {}]) {
    const trade = await answeredTrade(HERE);
    // The network refused a later attempt, so the payment was opened again and answered otherwise.
    await prisma.message.updateMany({
      where: { businessId: trade.supplier.businessId, direction: "OUT" },
      data: { state: "REFUSED", nextAttemptAt: null },
    });
    await prisma.payment.updateMany({
      where: { businessId: trade.supplier.businessId },
      data: {
        status: "AWAITING_CONFIRMATION",
        supplierResponse: null,
        supplierRemarks: null,
        respondedBy: null,
        respondedAt: null,
      },
    });
    await answered(trade, NOT_HERE, later);
    const outcome = outcomeOf(trade.confirmation, { reqMsgId: "R0", ...result });
    expect((await callGateway("resp-pay-confirmation", { body: outcome })).json.response_code).toBe(0);
    expect((await statusesOf(trade.request.objectId)).incoming).toBe("CONFIRMING");
    const late = { subjectId: trade.request.objectId, action: "payment.outcome-came-late" };
    expect(await prisma.auditEvent.count({ where: late })).toBe(1);
  }
});

test("a FAILURE of the answer before, told twice, doesn't open the one that stands", async () => {
  const trade = await answeredTrade(HERE);
  const { objectId } = trade.request;
  const acked = (revision: number, reqMsgId: string) =>
    prisma.message.updateMany({ where: { objectId, direction: "OUT", revision }, data: { reqMsgId } });
  await acked(0, "R0");
  await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, { reqMsgId: "R0", ...FAILURE }) });
  const second = await answered(trade, NOT_HERE, later);
  await acked(1, "R1");
  // The network had the first answer twice, each under a name of its own.
  await callGateway("resp-pay-confirmation", { body: outcomeOf(trade.confirmation, { reqMsgId: "R0b", ...FAILURE }) });
  expect((await statusesOf(objectId)).incoming).toBe("CONFIRMING");
  await callGateway("req-pay-confirmation", { body: second });
  await callGateway("resp-pay-confirmation", { body: outcomeOf(second, { reqMsgId: "R1" }) });
  expect(await statusesOf(objectId)).toEqual({ outgoing: "REJECTED", incoming: "REJECTED" });
});

test("fifty people answer at once: one is heard, and the others are told who and what", async () => {
  const trade = await arrivedTrade();
  const people = Array.from({ length: 50 }, (_, i) => ({
    ...trade.supplier,
    actor: { ...trade.supplier.actor, name: `Clerk ${i}` },
  }));
  const outcomes = await Promise.all(
    people.map((scope, i) => answerPayment(scope, trade.request.objectId, i % 2 ? HERE : NOT_HERE, NOW)),
  );
  const winner = outcomes.findIndex(({ kind }) => kind === "answered");
  const told = outcomes.filter((_, index) => index !== winner);
  const { response, remarks } = winner % 2 ? HERE : NOT_HERE;
  const same = { kind: "already-answered", response, remarks, respondedBy: `Clerk ${winner}`, respondedAt: NOW };
  expect(told).toEqual(Array(49).fill(same));
});

test("a double click answers once; a payment on the platform can't be rejected; nobody else's can be answered", async () => {
  const trade = await arrivedTrade({ type: "ONPLATFORM" });
  const { objectId } = trade.request;
  expect(await answerPayment(trade.supplier, objectId, NOT_HERE, NOW)).toEqual({ kind: "reject-not-allowed" });
  expect(await answerPayment(trade.buyer, objectId, HERE, NOW)).toEqual({ kind: "not-found" });
  const clicks = await Promise.all([1, 2, 3].map(() => answerPayment(trade.supplier, objectId, HERE, NOW)));
  expect(clicks.map(({ kind }) => kind).sort()).toEqual(["answered", "replayed", "replayed"]);
  expect(await prisma.message.count({ where: { businessId: trade.supplier.businessId, direction: "OUT" } })).toBe(1);
});
