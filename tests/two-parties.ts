import { beforeEach } from "vitest";
import { makeBusiness } from "@/tests/books";

export type Business = Awaited<ReturnType<typeof makeBusiness>>;

/** Who buys and who sells in a file of tests that imports them: made anew before each of its tests. */
export let buyer: Business;
export let supplier: Business;

beforeEach(async () => {
  buyer = await makeBusiness("Anvaya");
  supplier = await makeBusiness("Kaveri");
});
