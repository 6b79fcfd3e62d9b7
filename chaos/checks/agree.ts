import { by, type Check, isForPeople, pairs, rupees } from "@/chaos/checks/check";
import type { PaymentFact } from "@/chaos/facts";

type Field = "type" | "mode" | "utr" | "net" | "adjustment" | "total";
const SAME: readonly Field[] = ["type", "mode", "utr", "net", "adjustment", "total"];
const AMOUNTS: readonly Field[] = ["net", "adjustment", "total"];

function differences(outgoing: PaymentFact, incoming: PaymentFact): string[] {
  const say = (field: Field, payment: PaymentFact) =>
    AMOUNTS.includes(field) ? rupees(payment[field] as number) : String(payment[field]);
  const fields = SAME.filter((field) => outgoing[field] !== incoming[field]).map(
    (field) => `${field} ${say(field, outgoing)} at the buyer, ${say(field, incoming)} at the supplier`,
  );
  if (outgoing.status !== incoming.status && !isForPeople({ outgoing, incoming }))
    fields.push(`${outgoing.status} at the buyer, ${incoming.status} at the supplier`);
  if (outgoing.status === "ACCEPTED" || outgoing.status === "REJECTED")
    for (const field of ["response", "remarks"] as const)
      if (outgoing[field] !== incoming[field])
        fields.push(`${field} “${outgoing[field]}” at the buyer, “${incoming[field]}” at the supplier`);
  return fields;
}

const bothSides: Check = {
  name: "both sides agree",
  promise: "buyer and supplier have the same answer, amounts and status of each payment",
  find(facts) {
    return [...pairs(facts)].flatMap(([objectId, { outgoing, incoming }]) => {
      if (outgoing && incoming) return differences(outgoing, incoming).map((words) => `payment ${objectId}: ${words}`);
      if (outgoing && facts.hosted.includes(outgoing.counterparty) && outgoing.status !== "FAILED")
        return [`payment ${objectId}: ${outgoing.status} at the buyer, and unknown to the supplier`];
      if (incoming && facts.hosted.includes(incoming.counterparty))
        return [`payment ${objectId}: ${incoming.status} at the supplier, and unknown to the buyer`];
      return [];
    });
  },
};

const network: Check = {
  name: "the network's word stands",
  promise:
    "what was answered to the network stands in the books of whoever answered, and what it told in the books of whoever was told",
  find({ transfers, payments, hosted }) {
    const rows = by(payments, ({ objectId, side }) => `${objectId} ${side}`);
    const find = (objectId: string, side: string) => rows.get(`${objectId} ${side}`)?.[0];
    const findings: string[] = [];
    const told = (side: string, objectId: string, words: string) =>
      findings.push(`payment ${objectId}: ${words} (${side})`);
    for (const { operation, objectId, buyer, supplier, response, result } of transfers) {
      const outgoing = find(objectId, "OUTGOING");
      const incoming = find(objectId, "INCOMING");
      if (result !== "SUCCESS") continue;
      if (operation === "req-pay") {
        if (hosted.includes(supplier) && !incoming)
          told(supplier, objectId, "taken from the network, but it does not exist");
        if (hosted.includes(buyer) && outgoing?.status === "FAILED")
          told(buyer, objectId, "FAILED, but the supplier's platform took it");
        continue;
      }
      const end = response === "ACCEPT" ? "ACCEPTED" : "REJECTED";
      if (hosted.includes(buyer) && outgoing?.status !== end)
        told(
          buyer,
          objectId,
          `the answer ${response} was taken from the network, but it is ${outgoing?.status ?? "not there"}`,
        );
      if (hosted.includes(supplier) && incoming?.status !== end)
        told(supplier, objectId, `the answer ${response} arrived, but it is ${incoming?.status ?? "not there"}`);
    }
    return findings;
  },
};

const elsewhere: Check = {
  name: "other platforms agree",
  promise: "the books of a buyer on another platform say the same",
  find({ remote, payments }) {
    const incoming = new Map(payments.filter(({ side }) => side === "INCOMING").map((row) => [row.objectId, row]));
    return remote.flatMap(({ objectId, status, totalAmount }) => {
      const row = incoming.get(objectId);
      if (!row) return status === "FAILED" ? [] : [`payment ${objectId}: ${status} elsewhere, and unknown here`];
      if (row.status !== status && !(status === "FAILED" && row.failureCode === "EXCEEDS_DUE"))
        return [`payment ${objectId}: ${status} elsewhere, ${row.status} here`];
      return row.total === Math.round(totalAmount * 100)
        ? []
        : [`payment ${objectId}: ${totalAmount.toFixed(2)} elsewhere, ${rupees(row.total)} here`];
    });
  },
};

export const AGREE: readonly Check[] = [bothSides, network, elsewhere];
