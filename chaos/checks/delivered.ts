import type { Check } from "@/chaos/checks/check";

const messages: Check = {
  name: "no message is stuck",
  promise: "everything that was to be sent was sent, and the network knows it",
  find({ messages, transfers }) {
    const known = new Set(transfers.map(({ reqMsgId }) => reqMsgId));
    return messages
      .filter(({ direction }) => direction === "OUT")
      .flatMap(({ business, operation, objectId, state, lastError, reqMsgId }) => {
        const name = `payment ${objectId}: ${business}'s ${operation}`;
        if (state !== "DELIVERED" && state !== "REFUSED")
          return [`${name} is ${state}${lastError ? ` (${lastError})` : ""}`];
        if (state === "REFUSED") return [`${name} was refused by the network${lastError ? `: ${lastError}` : ""}`];
        return reqMsgId !== null && !known.has(reqMsgId)
          ? [`${name} is DELIVERED as ${reqMsgId}, which the network does not know`]
          : [];
      });
  },
};

const unsent: Check = {
  name: "no change without its message",
  promise: "a payment and an answer have their message, written with them, unless a second person said no before",
  find({ payments, messages, events }) {
    const sent = new Set(
      messages
        .filter(({ direction }) => direction === "OUT")
        .map((one) => `${one.business} ${one.operation} ${one.objectId}`),
    );
    const declined = new Set(
      events
        .filter(({ action }) => action === "payment.declined")
        .map(({ business, payment }) => `${business} ${payment}`),
    );
    return payments.flatMap(({ business, objectId, side, status, response }) => {
      if (status === "FAILED" && declined.has(`${business} ${objectId}`)) return [];
      if (side === "OUTGOING" && !sent.has(`${business} REQ_PAY ${objectId}`))
        return [`payment ${objectId}: ${status} in ${business}'s books, and its REQ_PAY was never written`];
      if (side === "INCOMING" && response && !sent.has(`${business} REQ_PAY_CONFIRMATION ${objectId}`))
        return [
          `payment ${objectId}: answered ${response} by ${business}, and its REQ_PAY_CONFIRMATION was never written`,
        ];
      return [];
    });
  },
};

const network: Check = {
  name: "the network is done",
  promise: "every request that the network took has its answer, and the sender knows it",
  find({ transfers }) {
    return transfers
      .filter(({ settled }) => !settled)
      .map(({ operation, objectId, result, buyer, supplier }) => {
        const [from, to] = operation === "req-pay" ? [buyer, supplier] : [supplier, buyer];
        return result === null
          ? `payment ${objectId}: ${to} has not answered ${operation}`
          : `payment ${objectId}: ${from} has not taken the outcome (${result}) of ${operation}`;
      });
  },
};

const chains: Check = {
  name: "the audit chains verify",
  promise: "every business's audit chain holds, and covers all that happened",
  find: ({ brokenChains, unsealed }) =>
    unsealed > 0 ? [...brokenChains, `${unsealed} events of the audit trail are not sealed`] : [...brokenChains],
};

export const DELIVERED: readonly Check[] = [messages, unsent, network, chains];
