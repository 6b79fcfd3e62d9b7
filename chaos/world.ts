import { ACCEPTING_SUPPLIER, REFUSING_SUPPLIER, REJECTING_SUPPLIER, REMOTE_BUYER } from "@/sandbox/counterparties";

/** A business of the run, hosted on the portal, and its ERP's API key. */
export interface Business {
  readonly id: string;
  readonly slug: string;
  readonly b2bId: string;
  readonly name: string;
  readonly key: string;
  /** Those who approve what its software pays, and what they sign in with; none where no payment needs it. */
  readonly approvers: readonly { readonly email: string; readonly password: string }[];
}

/** From this amount on, in paise, a second person approves what `APPROVING` pays. */
export const APPROVAL_FROM = 1_000_000;

/** Anyone who buys or sells, here or on another platform. */
export interface Party {
  readonly b2bId: string;
  readonly name: string;
}

/** Who is hosted here; `setup.ts` makes them. */
export const HOSTED = [
  { slug: "anvaya", b2bId: "CHAOSANVAYA@BCB", name: "Anvaya" },
  { slug: "bhavani", b2bId: "CHAOSBHAVANI@BCB", name: "Bhavani" },
  { slug: "kaveri", b2bId: "CHAOSKAVERI@BCB", name: "Kaveri" },
  { slug: "deccan", b2bId: "CHAOSDECCAN@BCB", name: "Deccan" },
] as const;

const [ANVAYA, BHAVANI, KAVERI, DECCAN] = HOSTED;

/** The one whose payments a second person approves. */
export const APPROVING = BHAVANI;

/**
 * Who buys from whom. Between two businesses of the portal, from suppliers on other platforms (one accepts, one rejects, one refuses
 * every payment), and by a buyer on another platform.
 */
export const TRADES: readonly { readonly buyer: Party; readonly supplier: Party; readonly writer: Party }[] = [
  { buyer: ANVAYA, supplier: KAVERI, writer: KAVERI },
  { buyer: ANVAYA, supplier: DECCAN, writer: DECCAN },
  { buyer: BHAVANI, supplier: KAVERI, writer: KAVERI },
  { buyer: BHAVANI, supplier: DECCAN, writer: BHAVANI },
  { buyer: DECCAN, supplier: KAVERI, writer: KAVERI },
  { buyer: ANVAYA, supplier: ACCEPTING_SUPPLIER, writer: ANVAYA },
  { buyer: BHAVANI, supplier: REJECTING_SUPPLIER, writer: BHAVANI },
  { buyer: ANVAYA, supplier: REFUSING_SUPPLIER, writer: ANVAYA },
  { buyer: REMOTE_BUYER, supplier: KAVERI, writer: KAVERI },
];

/** A business of its own whose messages only take up room, so that the table is larger than a limit on file sizes. */
export const DECOY = { slug: "decoy", b2bId: "CHAOSDECOY@BCB", name: "Decoy" } as const;
