import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { numberKey } from "@/features/invoices/alike";
import { findAlike } from "@/features/invoices/find-alike";
import { cancelInvoice } from "@/features/invoices/mutations/cancel";
import { createInvoice } from "@/features/invoices/mutations/create";
import { makeBusiness } from "@/tests/books";
import { billOf, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";

type Business = Awaited<ReturnType<typeof makeBusiness>>;

const PIPES = { b2bId: "PIPES@BCB", name: "Pipes & Co" };
const WIRES = { b2bId: "WIRES@BCB", name: "Wires" };

let buyer: Business;

beforeAll(async () => {
  buyer = await makeBusiness("Anvaya");
});

interface Bill {
  number: string;
  total?: number;
  issued?: string;
  side?: "payable" | "receivable";
  party?: typeof PIPES;
  whose?: Business;
}

async function bill({ number, total = 500_00, issued = "2026-11-01", side = "payable", party = PIPES, whose }: Bill) {
  const content = { supplierInvoiceNumber: number, totalPaise: total, issueDate: issued, dueDate: "2026-12-01" };
  return (await createInvoice(whose ?? buyer, billOf(party, { side, ...content }), TODAY)).id;
}

const alikeTo = async (...ids: string[]) =>
  (await findAlike(buyer, ids, TODAY)).map(({ invoiceId, alike }) => [invoiceId, alike.map(({ id }) => id)]);

describe("the same paper bill under another number", () => {
  test("is told of both, by number and total or day", async () => {
    const first = await bill({ number: "KM/26-27/014" });
    const sameTotal = await bill({ number: "km 26-27-14", issued: "2026-11-20" });
    const sameDay = await bill({ number: "KM.26.27.14", total: 499_00 });
    const [found, ofThem] = [await alikeTo(first), await alikeTo(sameTotal, sameDay)];
    expect(found.map(([id, alike]) => [id, [...(alike ?? [])].sort()])).toEqual([[first, [sameTotal, sameDay].sort()]]);
    // These two have neither their total nor their day in common.
    expect(ofThem).toEqual(
      expect.arrayContaining([
        [sameTotal, [first]],
        [sameDay, [first]],
      ]),
    );
  });

  test("is none of another party, side or business, nor one that is cancelled, nor by its number alone", async () => {
    const stranger = await makeBusiness("Stranger");
    const first = await bill({ number: "PIPE-0021" });
    await bill({ number: "PIPE/21", party: WIRES });
    await bill({ number: "PIPE/21", side: "receivable" });
    await bill({ number: "PIPE/21", whose: stranger });
    await bill({ number: "PIPE/21", total: 1_00, issued: "2026-10-01" });
    expect(await alikeTo(first)).toEqual([]);
    const other = await bill({ number: "PIPE.21" });
    expect(await alikeTo(first)).toEqual([[first, [other]]]);
    await cancelInvoice(buyer, other, TODAY);
    expect(await alikeTo(first)).toEqual([]);
    // Somebody else's is not found at all.
    expect(await findAlike(stranger, [first], TODAY)).toEqual([]);
  });

  test("numbers without a letter A to Z or a digit are like nothing", async () => {
    const ids = [await bill({ number: "\u0928\u0915\u0926" }), await bill({ number: "----" })];
    expect(await alikeTo(...ids)).toEqual([]);
  });
});

test("PostgreSQL reads a number as TypeScript does", async () => {
  const letter = fc.constantFrom(..."0019AZaz/- .\u0131\u00DF\u0966\u200B");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: letter, maxLength: 12 }), { minLength: 20, maxLength: 40 }),
      async (numbers) => {
        const [row] = await prisma.$queryRaw<{ keys: string[] }[]>`
        SELECT array_agg(upper(regexp_replace(regexp_replace(supplier_invoice_number COLLATE "C",
          '(?<![0-9])0+(?=[0-9])', '', 'g'), '[^0-9A-Za-z]', '', 'g')) ORDER BY at) AS keys
          FROM unnest(${numbers}::text[]) WITH ORDINALITY AS given(supplier_invoice_number, at)`;
        expect(row?.keys).toEqual(numbers.map(numberKey));
      },
    ),
    { numRuns: 20 },
  );
});
