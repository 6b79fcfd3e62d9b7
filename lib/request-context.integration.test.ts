import { expect, test } from "vitest";
import { queueShare } from "@/features/invoices/mutations/queue-share";
import { transact } from "@/lib/db";
import { currentRequestId, inRequest } from "@/lib/request-context";
import { makeBusiness, makeInvoice } from "@/tests/books";
import { prisma } from "@/tests/prisma";

const payloadOf = async (invoiceId: string) => {
  const [job] = await prisma.$queryRaw<{ payload: { requestId?: string } }[]>`
    SELECT payload FROM graphile_worker._private_jobs WHERE payload->>'invoiceId' = ${invoiceId}`;
  return job?.payload;
};

test("a job carries the id of the request that it came of, and none where there is no request", async () => {
  const [supplier, buyer] = [await makeBusiness("Kaveri"), await makeBusiness("Anvaya")];
  const [first, second] = [await makeInvoice(buyer, supplier, 100), await makeInvoice(buyer, supplier, 100)];
  const queue = (invoiceId: string) =>
    transact(supplier, (tx) => queueShare(tx, { businessId: supplier.businessId, invoiceId }));
  await inRequest("page-run-12", () => queue(first.receivableId));
  await queue(second.receivableId);
  expect((await payloadOf(first.receivableId))?.requestId).toBe("page-run-12");
  expect(await payloadOf(second.receivableId)).toEqual({
    businessId: supplier.businessId,
    invoiceId: second.receivableId,
  });
});

test("two requests at once keep their ids apart, across everything that they wait for", async () => {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const seen = await Promise.all(
    ["first", "second"].map((id, index) =>
      inRequest(id, async () => {
        await wait(10 - 5 * index);
        return [currentRequestId(), await inRequest(undefined, async () => currentRequestId())];
      }),
    ),
  );
  expect(seen).toEqual([
    ["first", "first"],
    ["second", "second"],
  ]);
  expect(currentRequestId()).toBeUndefined();
});
