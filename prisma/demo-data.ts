// Who is in the demo: plain data, as its invoices and payments are (prisma/demo). prisma/seed.ts puts it in through the portal's own mutations.

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
