import { describe, expect, test } from "vitest";
import { keepRefused } from "@/features/messages/mutations/keep-refused";
import { refuse } from "@/features/protocol/errors";
import { edited } from "@/features/protocol/testing/edited";
import { callGateway, NOW, refusalIn } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";
import { paidTrade } from "@/tests/trade";

describe("what is kept of a refused message", () => {
  test("is cut to size, and can be stored whatever it was", async () => {
    const bytes = Buffer.concat([Buffer.from('{"payment":"'), Buffer.alloc(200_000, 0xff), Buffer.from('"}')]);
    const answer = await callGateway("req-pay", { body: bytes });
    expect(refusalIn(answer)).toEqual({ code: "MALFORMED_JSON", field: "" });
    expect(answer.status).toBe(400);
    const kept = await prisma.refusedMessage.findFirstOrThrow({ orderBy: { id: "desc" } });
    expect(kept.body.startsWith('{"payment":"\uFFFD')).toBe(true);
    expect(Buffer.byteLength(kept.body)).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(kept.body)).toBeGreaterThan(60_000);
  });

  test("a refusal that can't be kept is given all the same", async () => {
    const { reqPay } = await paidTrade();
    await prisma.$executeRaw`ALTER TABLE refused_message RENAME TO refused_message_away`;
    try {
      const answer = await callGateway("req-pay", { body: edited(reqPay, { "b2bIds.supplierB2BId": "NOBODY@BCB" }) });
      expect(refusalIn(answer)?.code).toBe("UNKNOWN_SUPPLIER");
    } finally {
      await prisma.$executeRaw`ALTER TABLE refused_message_away RENAME TO refused_message`;
    }
  });
});

test("of one business's refused messages so many are kept and no more; of the network's all", async () => {
  const refusal = refuse("MALFORMED_JSON");
  const keep = (caller: string, now: Date) =>
    keepRefused({ operation: "req-pay", caller, json: null, body: Buffer.from("{"), refusal, status: 400 }, now);
  const countOf = (caller: string) => prisma.refusedMessage.count({ where: { caller, body: "{" } });
  const callers = { loud: "business LOUD@BCB", quiet: "business QUIET@BCB", network: "network" };
  const times = Array.from({ length: 510 });
  await Promise.all(times.flatMap(() => [keep(callers.loud, NOW), keep(callers.network, NOW)]));
  await keep(callers.quiet, NOW);
  expect([await countOf(callers.loud), await countOf(callers.quiet), await countOf(callers.network)]).toEqual([
    500, 1, 510,
  ]);
  await keep(callers.loud, new Date(NOW.getTime() + 1_000));
  expect(await countOf(callers.loud)).toBe(501);
});
