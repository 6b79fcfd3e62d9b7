import { expect, test } from "vitest";
import { b2bIdHint, changeOf, type Party, toldBy, typedB2bIdHint, usualB2bId } from "@/features/counterparties/rules";
import { partyChangeWords, partyDifferences } from "@/features/counterparties/words";

const account = { number: "00112233445678", ifsc: "HDFC0001234", beneficiaryName: "Kaveri Metals", vpa: null };
const party: Party = { name: "Kaveri Metals", gstin: null, account };
const changed = (changes: Partial<Party["account"]>): Party => ({ ...party, account: { ...account, ...changes } });
const none = { number: null, ifsc: null, beneficiaryName: null, vpa: null };

test.each<[string, Party, Party, string, string | null]>([
  [
    "an account",
    party,
    changed({ number: "99991234" }),
    "Changed Kaveri Metals' account from ••••5678 to ••••1234",
    null,
  ],
  [
    "an account with its bank",
    party,
    changed({ number: "99991234", ifsc: "ICIC0000009" }),
    "Changed Kaveri Metals' account from ••••5678 to ••••1234",
    "IFSC from HDFC0001234 to ICIC0000009",
  ],
  [
    "an account that ends alike",
    party,
    changed({ number: "99995678" }),
    "Changed Kaveri Metals' account: it ends in ••••5678 as before",
    null,
  ],
  ["a first account", changed({ number: null }), party, "Entered Kaveri Metals' account: ••••5678", null],
  ["no account any more", party, changed({ number: null }), "Removed Kaveri Metals' account: ••••5678", null],
  ["a UPI address", party, changed({ vpa: "kaveri@bank" }), "Entered Kaveri Metals' UPI address: kaveri@bank", null],
  [
    "an IFSC",
    party,
    changed({ ifsc: "ICIC0000009" }),
    "Changed Kaveri Metals' IFSC from HDFC0001234 to ICIC0000009",
    null,
  ],
  ["a name", party, { ...party, name: "Kaveri Steel" }, "Renamed Kaveri Metals to Kaveri Steel", null],
  [
    "a name and a GSTIN",
    party,
    { ...party, name: "Asha", gstin: "27AAPFU0939F1ZV" },
    "Entered Asha's GSTIN: 27AAPFU0939F1ZV",
    "name from Kaveri Metals to Asha",
  ],
])("a change of %s", (_, was, is, words, detail) => {
  const [before, after] = changeOf(was, is);
  expect(partyChangeWords(before, after)).toEqual({ words, detail });
  expect(JSON.stringify([before, after])).not.toMatch(/00112233|9999(1234|5678)/);
});

test("what a party says of itself that is not known so, in one line", () => {
  const theirs = { ...changed({ number: "99991234", ifsc: null, vpa: "km@bank" }), name: "Kaveri Steel" };
  expect(partyDifferences(...changeOf(party, theirs))).toBe(
    "name Kaveri Steel (you have Kaveri Metals), account ••••1234 (you have ••••5678), UPI address km@bank (you have none), no IFSC (you have HDFC0001234)",
  );
});

test("a B2B ID without the usual shape gets a hint, and is not refused", () => {
  for (const usual of ["27AAPFU0939F1ZV@BCB", "AAPFU0939F@BCB", " FOO@BCB ", ""])
    expect(b2bIdHint(usual)).toBeUndefined();
  for (const odd of ["27ABCDE1234F1Z5", "@BCB", "FOO@", "A B@BCB", "A@B@C"]) expect(b2bIdHint(odd)).toMatch(/check it/);
});

test("one that was typed in small letters, with blanks or without its end is read as it is usually written", () => {
  for (const typed of ["29aagck8215m1z0@bcb", "29AAGCK8215M1Z0", " 29AAG CK8215M1Z0 @BCB", "29aagck8215m1z0"])
    expect(usualB2bId(typed)).toBe("29AAGCK8215M1Z0@BCB");
  expect([usualB2bId(""), usualB2bId(" x@y ")]).toEqual(["", "X@Y"]);
  expect(typedB2bIdHint("29aagck8215m1z0@bcb")).toMatch(/in capitals/);
  expect(typedB2bIdHint("29aagck8215m1z0")).toMatch(/with an @/);
  expect(typedB2bIdHint(" 29AAGCK8215M1Z0@BCB ")).toBeUndefined();
});

test("a party here is known by what it says itself, and its account only to those it sends bills to", () => {
  const theirs: Party = { name: "KM", gstin: null, account: { ...none, vpa: "km@bank" } };
  const kept = { ...party, gstin: "27AAPFU0939F1ZV" };
  expect(toldBy(theirs, kept, true)).toEqual({ name: "KM", gstin: kept.gstin, account: theirs.account });
  expect(toldBy(theirs, kept, false)).toEqual({ name: "KM", gstin: kept.gstin, account });
  expect(toldBy({ ...theirs, account: none }, kept, true).account).toEqual(account);
});
