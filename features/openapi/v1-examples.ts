/**
 * What a caller would send, by operation, with parties of the demo, so that it can be pasted there; the tests hold each against the
 * operation's own schema.
 */
export const V1_EXAMPLES: Readonly<Record<string, unknown>> = {
  createInvoice: {
    objectId: "INV019aa0d5c1f07c3e8a4b5d6e7f8091aa",
    side: "payable",
    counterparty: {
      b2bId: "29AAGCK8215M1Z0@BCB",
      name: "Kaveri Metals",
      bankAccountNumber: "50100234567812",
      bankIfsc: "HDFC0000123",
      bankBeneficiaryName: "Kaveri Metals Private Limited",
    },
    supplierInvoiceNumber: "KM/2026-27/0141",
    description: "Copper tubes, 120 kg",
    issueDate: "2026-11-01",
    dueDate: "2026-12-01",
    totalPaise: 11_800_000,
  },
  importInvoices: {
    side: "payable",
    dryRun: true,
    invoices: [
      {
        objectId: "INV019aa0d5c1f07c3e8a4b5d6e7f8091ab",
        counterparty: { name: "Kaveri Metals" },
        supplierInvoiceNumber: "KM/2026-27/0142",
        issueDate: "2026-11-03",
        dueDate: "2026-12-03",
        totalPaise: 4_720_000,
      },
    ],
  },
  editInvoice: {
    version: 1,
    supplierInvoiceNumber: "KM/2026-27/0141",
    description: "Copper tubes, 118 kg",
    issueDate: "2026-11-01",
    dueDate: "2026-12-10",
    totalPaise: 11_600_000,
  },
  answerInvoice: { response: "RETURN", remarks: "The rate is 12 %, as in our order 4711", version: 1 },
  putBackInvoice: { version: 2 },
  createPayment: {
    objectId: "PMT019aa0d5c1f07c3e8a4b5d6e7f809102",
    supplierB2BId: "29AAGCK8215M1Z0@BCB",
    type: "OFFPLATFORM",
    mode: "NEFT",
    utr: "HDFCN26324123456",
    paidAt: "2026-11-20T14:05:00+05:30",
    lines: [
      {
        invoiceId: "019aa0d5-c1f0-7c3e-8a4b-5d6e7f8091aa",
        netPaise: 5_790_000,
        adjustmentPaise: 10_000,
        splits: [{ name: "TDS", valuePaise: 10_000, refNo: "393(1) Sl. 8(ii)" }],
      },
    ],
  },
  declinePayment: { remarks: "The UTR is that of another supplier's money" },
  answerPayment: { response: "ACCEPT", remarks: "Received in our account" },
  changeCounterparty: {
    version: "2026-11-20T08:35:00.000Z",
    bankAccountNumber: "50100299998888",
    bankIfsc: "HDFC0000123",
    bankBeneficiaryName: "Kaveri Metals Private Limited",
  },
  changeBusiness: { requireSecondFactor: true, approvalFromPaise: 50_000_000 },
  addMember: { email: "asha@example.in", name: "Asha Rao", role: "FINANCE" },
  resetMember: { removeSecondFactor: false },
  joinBusiness: { code: "k7mp-q3xn-8dhu-v5ta" },
  changeMemberRole: { role: "VIEWER" },
  createApiKey: { id: "019aa0d5-c1f0-7c3e-8a4b-5d6e7f8091ab", name: "Accounting software" },
};

/** What stands for a path or query parameter in an example. */
export const V1_PARAMETERS: Readonly<Record<string, string>> = {
  business: "anvaya-retail",
  id: "019aa0d5-c1f0-7c3e-8a4b-5d6e7f8091aa",
  objectId: "PMT019aa0d5c1f07c3e8a4b5d6e7f809102",
  b2bId: "29AAGCK8215M1Z0@BCB",
  userId: "019aa0d5-c1f0-7c3e-8a4b-5d6e7f8091ac",
  utr: "HDFCN26324123456",
};

/** What an example takes from another reply: the variable of the shell that stands for it, and where it is found. */
export interface Taken {
  /** What stands in its place in the examples above. */
  value: string;
  variable: string;
  from: string;
}

const idOf = (variable: string, from: string, value = V1_PARAMETERS.id ?? ""): Taken => ({ value, variable, from });
const paymentOf = (from: string) => idOf("PAYMENT_ID", from, V1_PARAMETERS.objectId);
const personOf = (from: string) => idOf("USER_ID", from, V1_PARAMETERS.userId);

const WRITTEN = idOf("INVOICE_ID", "the `id` that `createInvoice` gave");
const UNDELIVERED = paymentOf("the `objectId` of a payment that `listPayments` gives with `todo=send-again`");
const TO_APPROVE = "the `objectId` of a payment that `listPayments` gives with `status=AWAITING_APPROVAL`";
const MEMBER = personOf("the `userId` of one whom `listMembers` gives");

/** By operation. What isn't here stands as it is: a payment goes by the id that `createPayment`'s example gives it. */
export const V1_TAKEN: Readonly<Record<string, readonly Taken[]>> = {
  getInvoice: [WRITTEN],
  editInvoice: [WRITTEN],
  cancelInvoice: [idOf("INVOICE_ID", "the `id` of an invoice that `listInvoices` gives with `cancellable`: true")],
  answerInvoice: [
    idOf(
      "INVOICE_ID",
      "the `id` of a bill that `listInvoices` gives with `answerable`: true; `version` is that bill's",
    ),
  ],
  putBackInvoice: [
    idOf("INVOICE_ID", "the `id` of the bill that was returned or rejected; `version` is what `answerInvoice` gave"),
  ],
  createPayment: [
    idOf("INVOICE_ID", "the `id` of a bill of this supplier, as `createInvoice` or `listInvoices` gave it"),
  ],
  answerPayment: [
    paymentOf(
      "the `objectId` of a payment that `listPayments` gives with `side=incoming` and `status=AWAITING_CONFIRMATION`",
    ),
  ],
  sendPaymentAgain: [UNDELIVERED],
  giveUpPayment: [UNDELIVERED],
  approvePayment: [paymentOf(`${TO_APPROVE}, and that somebody else made`)],
  declinePayment: [paymentOf(`${TO_APPROVE}; an API key takes back its own`)],
  changeCounterparty: [
    idOf(
      "PARTY",
      "the `b2bId`, in an address (`%40` for `@`), of a party that `listCounterparties` gives and that isn't on this portal, where it keeps its own details",
      V1_PARAMETERS.b2bId,
    ),
    idOf("VERSION", "the `version` of it that `getCounterparty` gave", "2026-11-20T08:35:00.000Z"),
  ],
  changeMemberRole: [MEMBER],
  removeMember: [MEMBER],
  resetMember: [MEMBER],
  withdrawInvitation: [personOf("the `userId` of one whom `listInvitations` gives")],
  revokeApiKey: [idOf("KEY_ID", "the `id` of a key that `listApiKeys` gives")],
};
