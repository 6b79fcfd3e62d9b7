import { expect, test } from "vitest";
import type { CounterpartyDetail } from "@/features/counterparties/api";
import { changedPartySchema, isNewNumber, type PartyValues, partyValuesOf } from "@/features/counterparties/form";

const party: CounterpartyDetail = {
  b2bId: "FOO@BCB",
  name: "Foo",
  gstin: null,
  isSupplier: true,
  isBuyer: false,
  openCount: 0,
  duePaise: 0,
  account: { number: "00112233445566", ifsc: "HDFC0001234", beneficiaryName: null, vpa: null },
  accountChange: null,
  version: "2026-11-20T03:30:00.000Z",
  theirs: null,
};

const parse = (changes: Partial<PartyValues>) =>
  changedPartySchema(party).safeParse({ ...partyValuesOf(party), ...changes });
const wrong = (changes: Partial<PartyValues>) => parse(changes).error?.issues.map(({ path }) => path.join("."));

test("what was read and not touched is sent as it was, empty fields as nothing", () => {
  expect(parse({}).data).toEqual({
    version: party.version,
    name: "Foo",
    gstin: null,
    vpa: null,
    bankBeneficiaryName: null,
    bankAccountNumber: "00112233445566",
    bankIfsc: "HDFC0001234",
  });
});

test("numbers and codes are taken as people copy them", () => {
  const typed = { bankAccountNumber: "9988 7766 1234", again: "998877661234 ", bankIfsc: "icic0000009 " };
  expect(parse({ ...typed, gstin: "27aapfu 0939f1zv" }).data).toMatchObject({
    bankAccountNumber: "998877661234",
    bankIfsc: "ICIC0000009",
    gstin: "27AAPFU0939F1ZV",
  });
});

test("a new account number is typed twice, and one that was there or is taken away once", () => {
  expect(wrong({ bankAccountNumber: "998877661234" })).toEqual(["again"]);
  expect(wrong({ bankAccountNumber: "998877661234", again: "998877661243" })).toEqual(["again"]);
  expect(wrong({ bankAccountNumber: "998877661234", again: "", bankIfsc: "NOPE" })?.sort()).toEqual([
    "again",
    "bankIfsc",
  ]);
  expect(parse({ bankAccountNumber: "0011 2233 4455 66" }).success).toBe(true);
  expect(parse({ bankAccountNumber: "" }).data?.bankAccountNumber).toBeNull();
  expect([
    isNewNumber("0011 2233 4455 66", party.account.number),
    isNewNumber("", "1"),
    isNewNumber("12", null),
  ]).toEqual([false, false, true]);
});

test("a party has a name", () => expect(wrong({ name: "  " })).toEqual(["name"]));
