import { ANVAYA, DECCAN, type DemoBusiness, KAVERI } from "@/prisma/demo-data";

// What was paid in the demo's past, and what was said of bills in place of paying: plain data.

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
