import { ANVAYA, DECCAN, type DemoBusiness, KAVERI } from "@/prisma/demo-data";
import {
  ACCEPTING_SUPPLIER,
  REFUSING_SUPPLIER,
  REJECTING_SUPPLIER,
  REMOTE_BUYER,
  SILENT_SUPPLIER,
} from "@/sandbox/counterparties";

// The demo's invoices: plain data.

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
