/** The statuses that each side knows, in few words: for lists and filters. `statusWords` of a payment says more. */
export const SHORT_STATUS = {
  outgoing: {
    SENDING: "Being sent",
    AWAITING_CONFIRMATION: "Waiting",
    ACCEPTED: "Accepted",
    REJECTED: "Rejected",
    FAILED: "Failed",
  },
  incoming: {
    AWAITING_CONFIRMATION: "To confirm",
    CONFIRMING: "Answer on its way",
    ACCEPTED: "Accepted",
    REJECTED: "Rejected",
  },
} as const;
