/** How a counterparty that the sandbox plays behaves. */
export type Behaviour = "accepts" | "rejects" | "silent" | "refuses" | "remote-buyer";

/** A business that lives on some other platform, played by the sandbox. Plain data: the demo seeds bills from it too. */
export interface Counterparty {
  readonly key: string;
  readonly b2bId: string;
  readonly role: "supplier" | "buyer";
  readonly behaviour: Behaviour;
  readonly name: string;
  readonly gstin: string;
  /** What it is for, for people who read the demo's list or the sandbox's page. */
  readonly about: string;
  /** `latitude,longitude`, as the wire's GEOCODE tag has it. */
  readonly geocode: string;
  readonly bank: {
    readonly accountNumber: string;
    readonly ifsc: string;
    readonly beneficiaryName: string;
    readonly bankName: string;
  };
  readonly vpa: string;
}

export const ACCEPTING_SUPPLIER: Counterparty = {
  key: "accepting-supplier",
  b2bId: "29AAICV4410K1Z2@BCB",
  role: "supplier",
  behaviour: "accepts",
  name: "Vindhya Packaging Private Limited",
  gstin: "29AAICV4410K1Z2",
  about: "A supplier on another platform that accepts every payment within seconds.",
  geocode: "12.9716,77.5946",
  bank: {
    accountNumber: "50200041873306",
    ifsc: "HDFC0000523",
    beneficiaryName: "Vindhya Packaging Private Limited",
    bankName: "HDFC Bank",
  },
  vpa: "vindhyapackaging@hdfcbank",
};

export const REJECTING_SUPPLIER: Counterparty = {
  key: "rejecting-supplier",
  b2bId: "24AAFCT8126M1Z0@BCB",
  role: "supplier",
  behaviour: "rejects",
  name: "Tapi Textiles Private Limited",
  gstin: "24AAFCT8126M1Z0",
  about: "A supplier on another platform that rejects payments made off the platform, and accepts those made on it.",
  geocode: "21.1702,72.8311",
  bank: {
    accountNumber: "003105014427",
    ifsc: "ICIC0000031",
    beneficiaryName: "Tapi Textiles Private Limited",
    bankName: "ICICI Bank",
  },
  vpa: "tapitextiles@icici",
};

export const SILENT_SUPPLIER: Counterparty = {
  key: "silent-supplier",
  b2bId: "33AADCN5093R1ZV@BCB",
  role: "supplier",
  behaviour: "silent",
  name: "Nilgiri Office Supplies LLP",
  gstin: "33AADCN5093R1ZV",
  about: "A supplier on another platform that receives payments and never answers them.",
  geocode: "13.0827,80.2707",
  bank: {
    accountNumber: "39284710562",
    ifsc: "SBIN0000800",
    beneficiaryName: "Nilgiri Office Supplies LLP",
    bankName: "State Bank of India",
  },
  vpa: "nilgirioffice@sbi",
};

export const REFUSING_SUPPLIER: Counterparty = {
  key: "refusing-supplier",
  b2bId: "27AAGCO7718P1ZO@BCB",
  role: "supplier",
  behaviour: "refuses",
  name: "Orchid Chemicals Limited",
  gstin: "27AAGCO7718P1ZO",
  about: "A supplier whose platform refuses every payment: it does not know the invoice.",
  geocode: "19.0760,72.8777",
  bank: {
    accountNumber: "917020048830162",
    ifsc: "UTIB0000004",
    beneficiaryName: "Orchid Chemicals Limited",
    bankName: "Axis Bank",
  },
  vpa: "orchidchemicals@axisbank",
};

export const REMOTE_BUYER: Counterparty = {
  key: "remote-buyer",
  b2bId: "07AAHCM2264Q1ZY@BCB",
  role: "buyer",
  behaviour: "remote-buyer",
  name: "Meghna Retail Private Limited",
  gstin: "07AAHCM2264Q1ZY",
  about: "A buyer on another platform. It pays one of our suppliers when told to: POST /_sandbox/remote-buyer/pay.",
  geocode: "28.6139,77.2090",
  bank: {
    accountNumber: "1247104000098317",
    ifsc: "IBKL0001247",
    beneficiaryName: "Meghna Retail Private Limited",
    bankName: "IDBI Bank",
  },
  vpa: "meghnaretail@idbi",
};

export const COUNTERPARTIES: readonly Counterparty[] = [
  ACCEPTING_SUPPLIER,
  REJECTING_SUPPLIER,
  SILENT_SUPPLIER,
  REFUSING_SUPPLIER,
  REMOTE_BUYER,
];
