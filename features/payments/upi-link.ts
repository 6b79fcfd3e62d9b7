import { type Paise, toInputText } from "@/lib/money";

/** What UPI apps take of a note: longer ones are refused or cut. */
const NOTE_LIMIT = 50;

interface UpiPayment {
  vpa: string;
  name: string;
  /** What is to be paid, in paise. */
  net: Paise;
  /** At most 35 characters: a payment's `objectId` has just these. */
  reference: string;
  note: string;
}

/** A link that opens a UPI app with everything filled in (docs/protocol.md, "Usual values"). */
export function upiLink({ vpa, name, net, reference, note }: UpiPayment): string {
  // Cut by whole characters: half of one has no place in an address.
  const tn = [...note].slice(0, NOTE_LIMIT).join("");
  const fields = { pa: vpa, pn: name, am: toInputText(net), cu: "INR", tr: reference, tn };
  // Not URLSearchParams: UPI apps show its "+" for a blank as a plus sign. They want the address's @ as it is.
  const text = Object.entries(fields).map(([key, value]) => `${key}=${encodeURIComponent(value).replace("%40", "@")}`);
  return `upi://pay?${text.join("&")}`;
}
