import { beforeEach, describe, expect, test } from "vitest";
import { GET, PATCH } from "@/app/api/v1/businesses/[business]/counterparties/[b2bId]/route";
import { listActivity } from "@/features/activity/data";
import { requireRole } from "@/features/businesses/gate";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { changeCounterpartyOperation } from "@/features/counterparties/api";
import { getCounterparty, listCounterparties } from "@/features/counterparties/data";
import { changeCounterparty } from "@/features/counterparties/mutations/change";
import { keepParty } from "@/features/counterparties/mutations/keep";
import { changeCounterpartySchema } from "@/features/counterparties/schema";
import { createInvoice } from "@/features/invoices/mutations/create";
import { transact } from "@/lib/db";
import { apiOf } from "@/tests/api";
import { makeBusiness } from "@/tests/books";
import { billOf, createShared, TODAY } from "@/tests/invoices";
import { prisma } from "@/tests/prisma";

const FOO = "FOO@BCB";
const OLD = { bankAccountNumber: "00112233445678", bankIfsc: "HDFC0001234" };

let buyer: BusinessScope & { name: string };

beforeEach(async () => {
  buyer = await makeBusiness("Anvaya");
  const counterparty = { b2bId: FOO, name: "Foo Traders", ...OLD };
  await createInvoice(buyer, billOf({ b2bId: FOO }, { side: "payable", counterparty }), TODAY);
});

const read = () => getCounterparty(buyer, FOO, "payable", TODAY);

async function change(given: object, version?: string, now = TODAY, b2bId = FOO) {
  const input = changeCounterpartySchema.parse({
    version: version ?? (await getCounterparty(buyer, b2bId)).version,
    ...given,
  });
  return changeCounterparty(buyer, b2bId, input, now);
}

const events = (scope: BusinessScope = buyer) =>
  prisma.auditEvent.findMany({ where: { businessId: scope.businessId, action: "counterparty.changed" } });

describe("a change of account", () => {
  test("is kept, in the audit trail without the whole numbers, and told for seven days", async () => {
    const changed = await change({ bankAccountNumber: "9988 7766 1234", bankIfsc: "icic0000009" });
    const change1 = { at: TODAY.toISOString(), by: "Anvaya's clerk", isFirst: false };
    expect(changed).toMatchObject({
      account: { number: "998877661234", ifsc: "ICIC0000009", beneficiaryName: null, vpa: null },
      accountChange: change1,
    });
    const [event, ...more] = await events();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ subjectKind: "counterparty", subjectId: FOO, actorName: "Anvaya's clerk" });
    expect(JSON.parse(event?.before ?? "")).toEqual({
      name: "Foo Traders",
      account: { number: "XXXXXXXXXX5678", ifsc: "HDFC0001234" },
    });
    expect(JSON.parse(event?.after ?? "")).toEqual({
      name: "Foo Traders",
      account: { number: "XXXXXXXX1234", ifsc: "ICIC0000009" },
    });
    const days = (count: number) => new Date(TODAY.getTime() + count * 24 * 60 * 60_000);
    expect((await getCounterparty(buyer, FOO, "payable", days(6.9))).accountChange).toEqual(change1);
    expect((await getCounterparty(buyer, FOO, "payable", days(7.1))).accountChange).toBeNull();
  });

  test("may give the version that was read in any way of writing that time", async () => {
    for (const [index, offset] of ["Z", "+00:00", "+05:30"].entries()) {
      const { version } = await read();
      const inIndia = new Date(Date.parse(version) + 330 * 60_000).toISOString();
      const written = (offset === "+05:30" ? inIndia : version).replace("Z", `000${offset}`);
      const changed = await change({ bankAccountNumber: `99887766123${index}` }, written);
      expect(changed).toMatchObject({ account: { number: `99887766123${index}` } });
      await expect(change({ bankAccountNumber: "111111" }, written)).rejects.toThrow("Someone else changed this party");
    }
  });

  test("is told in Activity, with a way to the party", async () => {
    await change({ bankAccountNumber: "998877661234" });
    const { items } = await listActivity(buyer, { limit: 10 });
    expect(items.find(({ subject }) => subject.kind === "counterparty")).toMatchObject({
      words: "Changed Foo Traders' account from ••••5678 to ••••1234",
      subject: { kind: "counterparty", id: FOO, side: null },
    });
  });

  test("sent again while its first try is under way it is made once, and nobody is told otherwise", async () => {
    const { version } = await read();
    const results = await Promise.all([1, 2, 3].map(() => change({ bankAccountNumber: "111111111111" }, version)));
    for (const { account } of results) expect(account.number).toBe("111111111111");
    expect(await events()).toHaveLength(1);
  });

  test("of two from the same version one wins, and the other is told", async () => {
    const { version } = await read();
    const numbers = ["111111111111", "222222222222"];
    const results = await Promise.allSettled(
      numbers.map((bankAccountNumber) => change({ bankAccountNumber }, version)),
    );
    const lost = results.filter((result) => result.status === "rejected");
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toMatchObject({
      code: "CONFLICT",
      fields: [{ path: "version", code: "CHANGED_MEANWHILE" }],
    });
    const won = numbers[results.findIndex((result) => result.status === "fulfilled")];
    expect((await read()).account.number).toBe(won);
    expect(await events()).toHaveLength(1);
  });

  test("from an old version changes nothing, but the same change again is a yes", async () => {
    const { version } = await read();
    await change({ bankAccountNumber: "998877661234" }, version);
    await expect(change({ vpa: "foo@bank" }, version)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await change({ bankAccountNumber: "998877661234" }, version)).toMatchObject({
      account: { number: "998877661234", vpa: null },
    });
    expect(await events()).toHaveLength(1);
  });

  test("a corrected name or GSTIN is no change of account", async () => {
    expect(await change({ name: "Foo Traders LLP", gstin: "27aapfu0939f1zv" })).toMatchObject({
      name: "Foo Traders LLP",
      gstin: "27AAPFU0939F1ZV",
      accountChange: null,
      account: { number: OLD.bankAccountNumber },
    });
    const [bill] = await prisma.invoice.findMany({ where: { businessId: buyer.businessId } });
    expect(bill).toMatchObject({ counterpartyName: "Foo Traders LLP", version: 1 });
  });

  test("what is settled keeps the name that it was settled under", async () => {
    const settled = { status: "PAID", baseStatus: "CREATED", paid: 100_000 } as const;
    await prisma.invoice.updateMany({ where: { businessId: buyer.businessId }, data: settled });
    await change({ name: "Foo & Sons" });
    const [bill] = await prisma.invoice.findMany({ where: { businessId: buyer.businessId } });
    expect(bill?.counterpartyName).toBe("Foo Traders");
  });

  test("what was returned, and may be open again, goes by the corrected name", async () => {
    const returned = { status: "RETURNED", baseStatus: "RETURNED", remarks: "Wrong rate" } as const;
    await prisma.invoice.updateMany({ where: { businessId: buyer.businessId }, data: returned });
    await change({ name: "Foo & Sons" });
    const [bill] = await prisma.invoice.findMany({ where: { businessId: buyer.businessId } });
    expect(bill?.counterpartyName).toBe("Foo & Sons");
  });

  test("empty takes a detail away, what is left out stays", async () => {
    expect(await change({ bankAccountNumber: "", bankIfsc: null })).toMatchObject({
      name: "Foo Traders",
      account: { number: null, ifsc: null },
    });
    // And a bill brings none back unseen.
    const party = { b2bId: FOO, name: "Foo", bankAccountNumber: "666666666666" };
    const later = new Date(TODAY.getTime() + 1000);
    await transact(buyer, (tx) => keepParty(tx, buyer, party, later));
    expect(await getCounterparty(buyer, FOO, "payable", later)).toMatchObject({
      account: { number: "666666666666" },
      accountChange: { at: later.toISOString(), isFirst: true },
    });
    expect(await events()).toHaveLength(2);
  });
});

test("only parties of one's own, and only those that are there", async () => {
  const call = await apiOf(await makeBusiness("Stranger"));
  const { version } = await read();
  for (const b2bId of [FOO, "NOBODY@BCB"])
    expect((await call(PATCH, { method: "PATCH", params: { b2bId }, body: { version, name: "X" } })).status).toBe(404);
  expect(await read()).toMatchObject({ name: "Foo Traders" });
});

test("a viewer may look, and not change", async () => {
  const viewer = mintScope({ ...buyer, role: "VIEWER" });
  expect(await getCounterparty(viewer, FOO)).toMatchObject({ name: "Foo Traders" });
  expect(changeCounterpartyOperation.role).toBe("FINANCE");
  expect(() => requireRole(viewer, "FINANCE")).toThrow(/Your role in this business lets you look/);
});

test.each([
  ["a wrong IFSC", { bankIfsc: "NOPE" }, "bankIfsc"],
  ["no name", { name: " " }, "name"],
  ["another B2B ID", { b2bId: "BAR@BCB" }, "b2bId"],
  ["a version that is none", { version: "1" }, "version"],
])("%s is refused, with its field", async (_, given, path) => {
  const call = await apiOf(buyer);
  const body = { version: (await read()).version, ...given };
  const response = await call(PATCH, { method: "PATCH", params: { b2bId: FOO }, body });
  expect([response.status, (await response.json()).errors]).toMatchObject([422, [{ path }]]);
});

describe("a party on this portal", () => {
  const account = { bankAccountNumber: "500100001111", bankIfsc: "HDFC0000001" };

  test("keeps its own details, and is only brought up to what it says itself", async () => {
    const supplier = await makeBusiness("Kaveri");
    const at = { where: { id: supplier.businessId } };
    await prisma.business.update({ ...at, data: account });
    await createShared(supplier, billOf(buyer));
    const { b2bId } = supplier;
    expect(await getCounterparty(buyer, b2bId)).toMatchObject({
      isSupplier: true,
      isBuyer: false,
      account: { number: "500100001111" },
      theirs: { name: "Kaveri", account: { number: "500100001111" } },
    });
    const refused = change({ bankAccountNumber: "666666666666" }, undefined, TODAY, b2bId);
    await expect(refused).rejects.toMatchObject({
      code: "CONFLICT",
      message: /^Kaveri is on Chukta and keeps its own/,
    });

    await prisma.business.update({ ...at, data: { bankAccountNumber: "500100002222" } });
    const before = await getCounterparty(buyer, b2bId);
    expect([before.account.number, before.theirs?.account.number]).toEqual(["500100001111", "500100002222"]);
    const taken = await change({ bankAccountNumber: "500100002222" }, undefined, TODAY, b2bId);
    expect(taken).toMatchObject({ account: { number: "500100002222" }, accountChange: { isFirst: false } });
  });

  test("is taken over by the name that it has, in whichever form its letters were kept", async () => {
    const other = await makeBusiness("Deccan");
    const where = { id: other.businessId };
    await prisma.business.update({ where, data: { tradeName: "Bada\u0915\u095c" } });
    await createInvoice(buyer, billOf(other, { side: "receivable" }), TODAY);
    const { theirs } = await getCounterparty(buyer, other.b2bId);
    expect(await change({ name: theirs?.name }, undefined, TODAY, other.b2bId)).toMatchObject({
      name: "Bada\u0915\u0921\u093c",
      theirs: { name: "Bada\u0915\u0921\u093c" },
    });
  });

  test("is taken over without its account where it is only a buyer: nobody pays it", async () => {
    const other = await makeBusiness("Deccan");
    await createInvoice(buyer, billOf(other, { side: "receivable" }), TODAY);
    const data = { ...account, tradeName: "Deccan Steel" };
    await prisma.business.update({ where: { id: other.businessId }, data });
    expect(await change({ name: "Deccan Steel" }, undefined, TODAY, other.b2bId)).toMatchObject({
      name: "Deccan Steel",
      account: { number: null, ifsc: null },
    });
    await expect(change(account, undefined, TODAY, other.b2bId)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("where a buyer has its account is not told", async () => {
    const other = await makeBusiness("Deccan");
    await prisma.business.update({ where: { id: other.businessId }, data: account });
    await createInvoice(buyer, billOf(other, { side: "receivable" }), TODAY);
    expect(await getCounterparty(buyer, other.b2bId)).toMatchObject({
      isSupplier: false,
      isBuyer: true,
      account: { number: null },
      theirs: { account: { number: null } },
    });
  });
});

describe("the list", () => {
  test("is read page by page, forth and back, and found by name, B2B ID or GSTIN", async () => {
    for (const name of ["Bar", "Baz", "Qux"])
      await prisma.counterparty.create({
        data: {
          businessId: buyer.businessId,
          b2bId: `${name.toUpperCase()}@BCB`,
          name,
          gstin: `27AAPFU0939F1Z${name[0]}`,
        },
      });
    const names = ({ items }: Awaited<ReturnType<typeof listCounterparties>>) => items.map((item) => item.name);
    const first = await listCounterparties(buyer, { limit: 2 });
    expect([names(first), first.more, first.previousCursor]).toEqual([["Bar", "Baz"], true, null]);
    const second = await listCounterparties(buyer, { limit: 2, cursor: first.nextCursor ?? "" });
    expect([names(second), second.more]).toEqual([["Foo Traders", "Qux"], false]);
    const back = await listCounterparties(buyer, { limit: 2, cursor: second.previousCursor ?? "" });
    expect(names(back)).toEqual(["Bar", "Baz"]);
    for (const [q, found] of [
      ["traders", ["Foo Traders"]],
      ["baz@", ["Baz"]],
      ["f1zq", ["Qux"]],
      ["%", []],
    ] as const)
      expect(names(await listCounterparties(buyer, { q }))).toEqual(found);
  });

  test("finds a name that was kept before names had one form", async () => {
    const kept = "Café Tapi".normalize("NFD");
    await prisma.counterparty.create({ data: { businessId: buyer.businessId, b2bId: "TAPI@BCB", name: kept } });
    for (const q of ["café", "CAFÉ".normalize("NFD")])
      expect((await listCounterparties(buyer, { q })).items.map(({ b2bId }) => b2bId)).toEqual(["TAPI@BCB"]);
  });

  test("shows accounts by their last four characters where it isn't for paying", async () => {
    const call = await apiOf(buyer);
    const response = await call(GET, { params: { b2bId: FOO }, search: "?side=receivable" });
    expect(await response.json()).toMatchObject({ account: { number: "XXXXXXXXXX5678" }, theirs: null });
  });
});
