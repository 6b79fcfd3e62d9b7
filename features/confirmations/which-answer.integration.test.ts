import { describe, expect, test } from "vitest";
import { answerPayment } from "@/features/confirmations/mutations/answer";
import { acked, HERE, incomingOf, later, NOT_HERE, settle } from "@/tests/answers";
import { callGateway, NOW } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { answered, answeredTrade, FAILURE, outcomeOf } from "@/tests/trade";

// Which of several answers an outcome is of, where the network doesn't name it by the ack that it gave; and whose answer it is.

type Trade = Awaited<ReturnType<typeof answeredTrade>>;

const REFUSED = { kind: "refused", status: 422, refusal: { code: "X", detail: "No", field: "" }, reply: "" } as const;
const STOPPED = { kind: "stopped", status: 403, reply: "" } as const;

async function tell(body: object) {
  expect((await callGateway("resp-pay-confirmation", { body })).json.response_code).toBe(0);
}

const statesOf = async ({ request: { objectId } }: Trade) => {
  const where = { objectId, direction: "OUT", operation: "REQ_PAY_CONFIRMATION" } as const;
  return (await prisma.message.findMany({ where, orderBy: { revision: "asc" } })).map(({ state }) => state);
};

/** An answer that is refused, and is given again, each time by the one of those people whose turn it is. */
async function answeredBy(trade: Trade, names: readonly string[]) {
  for (const name of names) {
    await settle(trade, REFUSED);
    await answered(
      { ...trade, supplier: { ...trade.supplier, actor: { ...trade.supplier.actor, name } } },
      HERE,
      later,
    );
  }
}

describe("a FAILURE by a name that no ack gave", () => {
  const other = (trade: Trade, remarks: string) => {
    const { paymentConfirmation } = trade.confirmation;
    const said = { ...trade.confirmation, paymentConfirmation: { ...paymentConfirmation, supplierRemarks: remarks } };
    return outcomeOf(said, { reqMsgId: "R9", ...FAILURE });
  };

  test.each(["Received", "As they have it"])(
    "is of the answer whose ack was lost, also where a later one was acked; it gives back “%s”",
    async (remarks) => {
      const trade = await answeredTrade(HERE);
      await answeredBy(trade, ["Asha"]);
      await settle(trade, acked("R1"));
      await tell(other(trade, remarks));
      expect((await incomingOf(trade)).status).toBe("CONFIRMING");
    },
  );

  test("and says what nobody said, is of the last answer where all were acked", async () => {
    const trade = await answeredTrade(HERE);
    await settle(trade, acked("R0"));
    await tell(outcomeOf(trade.confirmation, { reqMsgId: "R0", ...FAILURE }));
    await answered(trade, NOT_HERE, later);
    await settle(trade, acked("R1"));
    await tell(other(trade, "As they have it"));
    expect(await incomingOf(trade)).toMatchObject({ status: "AWAITING_CONFIRMATION", failureCode: FAILURE.errorCd });
  });
});

test("FAILUREs that name no message may be the same, word for word, and are each of an answer of its own", async () => {
  const trade = await answeredTrade(HERE);
  const failure = outcomeOf(trade.confirmation, { reqMsgId: "", ...FAILURE });
  for (let round = 0; round < 3; round++) {
    await tell(failure);
    expect((await incomingOf(trade)).status).toBe("AWAITING_CONFIRMATION");
    await answered(trade, HERE, later);
    expect(await incomingOf(trade)).toMatchObject({ status: "CONFIRMING", failureCode: null, failureDetail: null });
  }
});

test("an answer that several people gave in the same words is the first one's", async () => {
  const trade = await answeredTrade(HERE);
  await answeredBy(trade, ["Asha", "Ravi"]);
  await settle(trade, REFUSED);
  await answered(trade, NOT_HERE, later);
  await tell(outcomeOf(trade.confirmation, { reqMsgId: "R0" }));
  expect(await incomingOf(trade)).toMatchObject({ status: "ACCEPTED", respondedBy: trade.supplier.actor.name });
});

test.each([
  ["was sent is kept as sent", acked("R1"), "DELIVERED"],
  ["was stopped is sent no more", STOPPED, "REFUSED"],
] as const)("once the buyer has one answer, another that %s", async (_, result, state) => {
  const trade = await answeredTrade(HERE);
  await settle(trade, REFUSED);
  await answered(trade, NOT_HERE, later);
  await settle(trade, result);
  await tell(outcomeOf(trade.confirmation, { reqMsgId: "R0" }));
  expect((await incomingOf(trade)).status).toBe("ACCEPTED");
  expect(await statesOf(trade)).toEqual(["REFUSED", state]);
});

test.each([
  ["the other decision", { ...NOT_HERE, remarks: HERE.remarks }],
  ["other remarks", { ...HERE, remarks: "In full" }],
] as const)("whoever has answered, and says it again with %s, is told that the first stands", async (_, again) => {
  const trade = await answeredTrade(HERE);
  const outcome = await answerPayment(trade.supplier, trade.request.objectId, again, later);
  expect(outcome).toEqual({
    kind: "already-answered",
    ...HERE,
    respondedBy: trade.supplier.actor.name,
    respondedAt: NOW,
  });
});

test.each([
  [HERE, "PAID"],
  [NOT_HERE, "CREATED"],
] as const)(
  "%j tells what becomes of each invoice, and one version more than the supplier's",
  async (answer, newStatus) => {
    const { confirmation, supplier } = await answeredTrade(answer);
    const infos = confirmation.paymentConfirmation.invoiceInfos;
    expect(infos.map(({ statusTransition }) => statusTransition)).toEqual(
      Array(2).fill({ currentStatus: "PAYMENT INITIATED", newStatus }),
    );
    const versions = infos.map(({ objectVersion }) => objectVersion.newVersion);
    expect(infos.map(({ objectVersion }) => objectVersion.currentVersion + 1)).toEqual(versions);
    const rows = await prisma.invoice.findMany({
      where: { businessId: supplier.businessId, objectId: { in: infos.map(({ objectId }) => objectId) } },
    });
    expect(rows.map(({ version }) => version).sort()).toEqual(versions.sort());
  },
);
