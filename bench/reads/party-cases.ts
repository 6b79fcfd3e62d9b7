import { getAgeing } from "@/features/ageing/data";
import { AGEING_SORTS, ageingQuerySchema } from "@/features/ageing/schema";
import { getCounterparty, listCounterparties } from "@/features/counterparties/data";
import { exportLedger, getLedger } from "@/features/ledger/data";
import { ledgerQuerySchema } from "@/features/ledger/schema";
import { NOW } from "./fill-sql";
import type { Firm } from "./firm";
import type { ReadCase } from "./read-case";

/** The ledgers of the party with whom there is most, of one in the middle and of one with whom there is little. */
function ledgerCases({ scope, parties }: Firm): ReadCase[] {
  const busiest = parties[0] ?? "";
  return (["payable", "receivable"] as const).flatMap((side): ReadCase[] => {
    const ask = (b2bId: string, query: object) =>
      getLedger(scope, b2bId, ledgerQuerySchema.parse({ side, limit: 100, ...query }), NOW);
    const one = (name: string, run: ReadCase["run"], group: ReadCase["group"] = "parties"): ReadCase => ({
      name: `ledger, ${side}, ${name}`,
      group,
      run,
    });
    const all = { from: "2000-01-01", to: "2100-12-31" };
    const middle = new Map<object, Promise<string | undefined>>();
    const after = (period: object) => {
      const found = middle.get(period) ?? cursorInTheMiddle((query) => ask(busiest, { ...period, ...query }));
      middle.set(period, found);
      return found;
    };
    const year = { from: "2025-04-01", to: "2026-03-31" };
    return [
      one("busiest, this year", () => ask(busiest, {})),
      one("busiest, all years", () => ask(busiest, all)),
      one("busiest, last year, in its middle", async () => ask(busiest, { ...year, cursor: await after(year) })),
      one("any", (i) => ask(parties[(i * 7) % parties.length] ?? "", {})),
      one(
        "busiest, exported, first 500",
        async () => {
          const { lines } = await exportLedger(scope, busiest, ledgerQuerySchema.parse({ side, ...all }), NOW);
          return (await lines.next()).value;
        },
        "exports",
      ),
    ];
  });
}

/** The cursor of a later page, some ten pages on. */
async function cursorInTheMiddle(list: (query: object) => Promise<{ nextCursor: string | null }>) {
  let cursor: string | undefined;
  for (let pages = 0; pages < 10; pages++) cursor = (await list({ cursor })).nextCursor ?? cursor;
  return cursor;
}

const SEARCHED = ["k", "me", "kav", "metals", "kaveri metals", "P0X17", "zzz"];

/** Parties, what is due with them by age, and their ledgers. */
export function partyCases(firm: Firm): ReadCase[] {
  const { scope, parties } = firm;
  return [
    ...ledgerCases(firm),
    ...(["payable", "receivable"] as const).flatMap((side): ReadCase[] => [
      ...AGEING_SORTS.map(
        (sort): ReadCase => ({
          name: `parties by age, ${side} by ${sort}`,
          group: "parties",
          run: () => getAgeing(scope, ageingQuerySchema.parse({ side, sort }), NOW),
        }),
      ),
      { name: `parties, ${side}`, group: "parties", run: () => listCounterparties(scope, { side }) },
      {
        name: `parties searched, ${side}`,
        group: "parties",
        run: (i) => listCounterparties(scope, { side, q: SEARCHED[i % SEARCHED.length] }),
      },
      {
        name: `one party, ${side}`,
        group: "parties",
        run: (i) => getCounterparty(scope, parties[i % parties.length] ?? "", side),
      },
    ]),
  ];
}
