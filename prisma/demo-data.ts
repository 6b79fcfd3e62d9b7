import {
  ACCEPTING_SUPPLIER,
  REFUSING_SUPPLIER,
  REJECTING_SUPPLIER,
  REMOTE_BUYER,
  SILENT_SUPPLIER,
} from "@/sandbox/counterparties";

// Who and what is in the demo: plain data. prisma/seed.ts puts it in through the portal's own mutations.

/** Everyone's password in the demo. */
export const DEMO_PASSWORD = "settled-in-full";

export interface DemoBusiness {
  slug: string;
  b2bId: string;
  legalName: string;
  tradeName: string;
  gstin: string;
  msmeClass: "MICRO" | "SMALL" | "MEDIUM" | "NONE";
  bankAccountNumber: string;
  bankIfsc: string;
  bankBeneficiaryName: string;
  vpa: string;
  geocode: string;
}

const business = (business: Omit<DemoBusiness, "b2bId" | "bankBeneficiaryName">): DemoBusiness => ({
  ...business,
  b2bId: `${business.gstin}@BCB`,
  bankBeneficiaryName: business.legalName,
});

export const ANVAYA = business({
  slug: "anvaya-retail",
  legalName: "Anvaya Retail Private Limited",
  tradeName: "Anvaya Retail",
  gstin: "27AAPFA4471K1Z1",
  msmeClass: "NONE",
  bankAccountNumber: "50200073310042",
  bankIfsc: "HDFC0000240",
  vpa: "anvaya@hdfcbank",
  geocode: "19.0760,72.8777",
});
export const KAVERI = business({
  slug: "kaveri-metals",
  legalName: "Kaveri Metals Private Limited",
  tradeName: "Kaveri Metals",
  gstin: "29AAGCK8215M1Z0",
  msmeClass: "SMALL",
  bankAccountNumber: "919020044174417",
  bankIfsc: "UTIB0000009",
  vpa: "kaverimetals@axisbank",
  geocode: "12.9716,77.5946",
});
export const DECCAN = business({
  slug: "deccan-packaging",
  legalName: "Deccan Packaging LLP",
  tradeName: "Deccan Packaging",
  gstin: "36AAJFD6630L1Z6",
  msmeClass: "MICRO",
  bankAccountNumber: "38127740915",
  bankIfsc: "SBIN0001234",
  vpa: "deccanpack@sbi",
  geocode: "17.3850,78.4867",
});
export const BUSINESSES: readonly DemoBusiness[] = [ANVAYA, KAVERI, DECCAN];

export interface DemoPerson {
  email: string;
  name: string;
  /** What they are for, in a few words. */
  what: string;
  roles: readonly { slug: string; role: "OWNER" | "FINANCE" | "VIEWER" }[];
}

export const PEOPLE: readonly DemoPerson[] = [
  {
    email: "asha@anvaya.example",
    name: "Asha Rao",
    what: "Owner of Anvaya Retail, who buys",
    roles: [{ slug: ANVAYA.slug, role: "OWNER" }],
  },
  {
    email: "ravi@anvaya.example",
    name: "Ravi Menon",
    what: "Pays Anvaya Retail's bills; may look at Deccan Packaging's books",
    roles: [
      { slug: ANVAYA.slug, role: "FINANCE" },
      { slug: DECCAN.slug, role: "VIEWER" },
    ],
  },
  {
    email: "suresh@kaveri.example",
    name: "Suresh Gowda",
    what: "Owner of Kaveri Metals, who sells",
    roles: [{ slug: KAVERI.slug, role: "OWNER" }],
  },
  {
    email: "latha@kaveri.example",
    name: "Latha Iyer",
    what: "Confirms Kaveri Metals' payments",
    roles: [{ slug: KAVERI.slug, role: "FINANCE" }],
  },
  {
    email: "imran@deccan.example",
    name: "Imran Sheikh",
    what: "Owner of Deccan Packaging, who buys and sells",
    roles: [{ slug: DECCAN.slug, role: "OWNER" }],
  },
];

export interface DemoParty {
  b2bId: string;
  name: string;
}

const party = (one: DemoBusiness | { b2bId: string; name: string }): DemoParty => ({
  b2bId: one.b2bId,
  name: "legalName" in one ? one.legalName : one.name,
});

/** A run of invoices from one supplier to one buyer. `[days until due, rupees, what for]`; each was raised 30 days before it is due. */
export interface DemoInvoices {
  supplier: DemoParty;
  buyer: DemoParty;
  prefix: string;
  from: number;
  items: readonly (readonly [dueInDays: number, rupees: number, what: string])[];
}

export const INVOICES: readonly DemoInvoices[] = [
  {
    supplier: party(KAVERI),
    buyer: party(ANVAYA),
    prefix: "KM/26-27/",
    from: 141,
    items: [
      [-34, 118000, "Steel racking, 40 bays"],
      [-21, 64900, "Shelf brackets"],
      [-12, 245380.5, "Gondola units, Pune store"],
      [-6, 87320, "Hooks and rails"],
      [-2, 158000, "Steel racking, 54 bays"],
      [1, 42480, "End caps"],
      [3, 310000, "Cold-store shelving"],
      [5, 76700, "Trolleys, 26"],
      [9, 129800, "Steel racking, 44 bays"],
      [14, 53100, "Shelf brackets"],
      [20, 1268500, "Warehouse mezzanine, first half"],
      [27, 91450, "Price rails"],
      [24, 57500, "Shelf brackets, 46"],
    ],
  },
  {
    supplier: party(DECCAN),
    buyer: party(ANVAYA),
    prefix: "DP-",
    from: 2207,
    items: [
      [-17, 23600, "Corrugated boxes, 4,000"],
      [-4, 38940, "Printed carry bags"],
      [2, 19470, "Bubble wrap, 60 rolls"],
      [8, 41300, "Corrugated boxes, 7,000"],
      [15, 27730, "Labels"],
      [22, 66080, "Gift boxes, Diwali"],
    ],
  },
  {
    supplier: party(KAVERI),
    buyer: party(DECCAN),
    prefix: "KM/26-27/D",
    from: 31,
    items: [
      [-9, 212400, "Die plates"],
      [6, 94400, "Cutter blades"],
      [18, 141600, "Die plates"],
      [25, 118000, "Steel racking, 40 bays"],
    ],
  },
  {
    supplier: party(ANVAYA),
    buyer: party(DECCAN),
    prefix: "AR/SVC/",
    from: 9,
    items: [
      [-3, 35400, "Shelf space, October"],
      [12, 35400, "Shelf space, November"],
    ],
  },
  {
    supplier: party(ACCEPTING_SUPPLIER),
    buyer: party(ANVAYA),
    prefix: "VP/",
    from: 880,
    items: [
      [-8, 54280, "Pouches"],
      [4, 33040, "Tape"],
      [16, 70800, "Pouches"],
    ],
  },
  {
    supplier: party(REJECTING_SUPPLIER),
    buyer: party(ANVAYA),
    prefix: "TT-26-",
    from: 411,
    items: [
      [-5, 187620, "Cotton sheets, 900"],
      [10, 96760, "Towels, 1,200"],
    ],
  },
  {
    supplier: party(SILENT_SUPPLIER),
    buyer: party(ANVAYA),
    prefix: "NOS/",
    from: 55,
    items: [
      [-1, 14160, "Printer paper"],
      [11, 8260, "Toner"],
    ],
  },
  {
    supplier: party(REFUSING_SUPPLIER),
    buyer: party(ANVAYA),
    prefix: "OC/2026/",
    from: 1203,
    items: [
      [-10, 49560, "Floor cleaner, 800 l"],
      [13, 29500, "Sanitiser"],
    ],
  },
  {
    supplier: party(KAVERI),
    buyer: party(REMOTE_BUYER),
    prefix: "KM/26-27/M",
    from: 12,
    items: [
      [-7, 165200, "Steel racking, 50 bays"],
      [2, 88500, "Trolleys, 30"],
      [19, 236000, "Gondola units"],
    ],
  },
];

/** What a buyer has said of a bill in place of paying it; its supplier finds it under "Came back". */
export interface DemoAnswer {
  buyer: DemoBusiness;
  number: string;
  response: "RETURN" | "REJECT";
  remarks: string;
  by: string;
  daysAgo: number;
}

export const ANSWERS: readonly DemoAnswer[] = [
  {
    buyer: ANVAYA,
    number: "KM/26-27/153",
    response: "RETURN",
    remarks: "We ordered 40 brackets at ₹1,250 and got 40, but 46 are charged. Please correct it to ₹50,000.",
    by: "Ravi Menon",
    daysAgo: 2,
  },
  {
    buyer: DECCAN,
    number: "KM/26-27/D34",
    response: "REJECT",
    remarks: "Not ours: we ordered no racking, and none came.",
    by: "Imran Sheikh",
    daysAgo: 1,
  },
];

/** A payment of the demo's past. `invoices`: number, share of the total that is settled, and how much of that is TDS (per cent). */
export interface DemoPayment {
  buyer: DemoBusiness;
  supplier: DemoBusiness;
  daysAgo: number;
  mode: "NEFT" | "IMPS" | "UPI" | "ACCOUNT_TRANSFER" | "CHEQUE";
  type?: "ONPLATFORM" | "OFFPLATFORM";
  utr: string;
  invoices: readonly { number: string; share: number; tdsPercent?: number }[];
  answer?: { response: "ACCEPT" | "REJECT"; remarks: string; by: string; daysAgo: number };
}

export const PAYMENTS: readonly DemoPayment[] = [
  {
    buyer: ANVAYA,
    supplier: KAVERI,
    daysAgo: 30,
    mode: "NEFT",
    utr: "HDFCN52026102101",
    invoices: [{ number: "KM/26-27/141", share: 1, tdsPercent: 0.1 }],
    answer: { response: "ACCEPT", remarks: "Received in Axis account on 22 Oct", by: "Latha Iyer", daysAgo: 29 },
  },
  {
    buyer: ANVAYA,
    supplier: KAVERI,
    daysAgo: 12,
    mode: "ACCOUNT_TRANSFER",
    utr: "HDFCR52026110900418823",
    invoices: [
      { number: "KM/26-27/142", share: 1 },
      { number: "KM/26-27/143", share: 0.5 },
    ],
    answer: { response: "ACCEPT", remarks: "Received, thank you", by: "Latha Iyer", daysAgo: 11 },
  },
  {
    buyer: ANVAYA,
    supplier: KAVERI,
    daysAgo: 8,
    mode: "CHEQUE",
    utr: "CHQ 004417",
    invoices: [{ number: "KM/26-27/144", share: 1 }],
    answer: { response: "REJECT", remarks: "Cheque returned unpaid by the bank", by: "Suresh Gowda", daysAgo: 4 },
  },
  {
    buyer: ANVAYA,
    supplier: KAVERI,
    daysAgo: 3,
    mode: "NEFT",
    utr: "HDFCN52026111804",
    invoices: [{ number: "KM/26-27/145", share: 0.6, tdsPercent: 0.1 }],
  },
  {
    buyer: DECCAN,
    supplier: KAVERI,
    daysAgo: 2,
    mode: "IMPS",
    utr: "632418207731",
    invoices: [{ number: "KM/26-27/D31", share: 1, tdsPercent: 0.1 }],
  },
  {
    buyer: ANVAYA,
    supplier: KAVERI,
    daysAgo: 1,
    mode: "UPI",
    type: "ONPLATFORM",
    utr: "632511904416",
    invoices: [{ number: "KM/26-27/146", share: 1 }],
  },
  {
    buyer: ANVAYA,
    supplier: DECCAN,
    daysAgo: 5,
    mode: "NEFT",
    utr: "HDFCN52026111602",
    invoices: [{ number: "DP-2207", share: 1 }],
    answer: { response: "ACCEPT", remarks: "Received", by: "Imran Sheikh", daysAgo: 5 },
  },
  {
    buyer: DECCAN,
    supplier: ANVAYA,
    daysAgo: 1,
    mode: "NEFT",
    utr: "SBINN52026112007",
    invoices: [{ number: "AR/SVC/9", share: 1, tdsPercent: 10 }],
  },
];

/** What the terminal says when the demo is up: who can sign in, and what to try. */
export function demoGuide({ portalUrl, sandboxUrl }: { portalUrl: string; sandboxUrl: string }): string {
  const people = PEOPLE.map(({ email, name, what }) => `  ${email.padEnd(24)}${name.padEnd(14)}${what}`);
  return [
    `Sign in with the password ${DEMO_PASSWORD} as`,
    ...people,
    "",
    "Try",
    "  As Ravi, choose two bills of Kaveri Metals, pay them in part with TDS, and watch the payment travel.",
    "  As Latha, find the money under To confirm, and accept or reject it with remarks.",
    "  As Latha, see on the home page what came back: correct the invoice that was returned, cancel the one that was rejected.",
    `  Pay Vindhya, Tapi, Nilgiri or Orchid: they live on another platform, and answer each in their own way.`,
    `  ${sandboxUrl}  the network's traffic, message by message, and its faults`,
    `  ${portalUrl}/docs/api  the API, for a business's own software`,
  ].join("\n");
}
