import { type ActivityQueryInput, activityQuerySchema } from "@/features/activity/api";
import { eachActivity, listActivity, listActors } from "@/features/activity/data";
import { getHome } from "@/features/home/data";
import { listInvoiceChanges } from "@/features/invoices/changes";
import { listPaymentChanges } from "@/features/payments/changes";
import { NOW } from "./fill-sql";
import type { Firm } from "./firm";
import { invoiceCases, paymentCases } from "./list-cases";
import { partyCases } from "./party-cases";
import type { ReadCase } from "./read-case";

function activityCases({ scope }: Firm): ReadCase[] {
  const list = (input: ActivityQueryInput) => listActivity(scope, activityQuerySchema.parse(input));
  const one = (name: string, input: (i: number) => ActivityQueryInput): ReadCase => ({
    name: `activity ${name}`,
    group: "activity",
    run: (i) => list(input(i)),
  });
  const day = (i: number) => `2026-05-${10 + (i % 20)}`;
  return [
    one("first page", () => ({})),
    {
      name: "activity second page",
      group: "activity",
      run: async () => list({ cursor: (await list({})).nextCursor ?? undefined }),
    },
    one("of people", () => ({ by: "people" })),
    one("of API keys", () => ({ by: "api-keys" })),
    one("of one person", () => ({ by: "01a20073-2fd8-74de-a58f-e075ee3dc6a6" })),
    { name: "activity by whom", group: "activity", run: () => listActors(scope) },
    one("about access", () => ({ about: "access" })),
    one("of a day", (i) => ({ from: day(i), to: day(i) })),
    one("of people of a day", (i) => ({ by: "people", from: day(i), to: day(i) })),
    {
      name: "activity exported, first 500",
      group: "exports",
      run: async () => (await eachActivity(scope, {}).next()).value,
    },
  ];
}

/** What another system asks again and again, to be in step. */
function changesCases({ scope, events, invoices, payments }: Firm): ReadCase[] {
  const placeOf = (place: object) => Buffer.from(JSON.stringify(place)).toString("base64url");
  const at = <T>(sample: readonly T[], i: number) => sample[i % sample.length] as T;
  const kinds = {
    invoices: { list: listInvoiceChanges, idAt: (i: number) => at(invoices.sample, i).id },
    payments: { list: listPaymentChanges, idAt: (i: number) => at(payments.sample, i).objectId },
  };
  return Object.entries(kinds).flatMap(([of, { list, idAt }]) => {
    const ask = (since?: string) => list(scope, { since, limit: 100 }, NOW);
    const one = (name: string, sinceAt: (i: number) => string | undefined): ReadCase => ({
      name: `changes of ${of}, ${name}`,
      group: "changes",
      run: (i) => ask(sinceAt(i)),
    });
    const last = async () => {
      const { next } = await ask();
      return placeOf({ ...JSON.parse(Buffer.from(next, "base64url").toString()), given: null });
    };
    let known: Promise<string> | undefined;
    return [
      one("all, first page", () => undefined),
      one("all, any page", (i) => placeOf({ of, mark: at(events, i), given: idAt(i) })),
      one("since any", (i) => placeOf({ of, mark: at(events, i), given: null })),
      one("since the very first", () => placeOf({ of, mark: null, given: null })),
      {
        name: `changes of ${of}, none since`,
        group: "changes",
        run: async () => {
          known ??= last();
          return ask(await known);
        },
      },
    ];
  });
}

/** Every read of one business's books. */
export function readCases(firm: Firm): ReadCase[] {
  return [
    { name: "home", group: "home", run: () => getHome(firm.scope, NOW) },
    ...invoiceCases(firm),
    ...paymentCases(firm),
    ...activityCases(firm),
    ...changesCases(firm),
    ...partyCases(firm),
  ];
}
