import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { V1_OPERATIONS } from "@/features/openapi/operations";
import { OPERATIONS } from "@/features/protocol/schema";
import { problemWith } from "@/security/fuzz/judge";
import { prepareTargets } from "@/security/fuzz/prepare";
import { Random } from "@/security/fuzz/random";
import { fuzzTarget } from "@/security/fuzz/run";
import type { Target } from "@/security/fuzz/target";
import { closeRows, rows } from "@/security/world/sql";

/** A short form of `npm run security -- fuzz`; FUZZ_SEED and FUZZ_INPUTS try others, and more. */
const INPUTS = Number(process.env.FUZZ_INPUTS ?? 200);
const seed = process.env.FUZZ_SEED ?? "chukta";

let targets: Target[];
beforeAll(async () => {
  // Enough bills that large payments don't use them all up.
  targets = await prepareTargets(Math.max(3, Math.ceil(INPUTS / 100)));
});

afterAll(closeRows);

const options = { seed, inputs: INPUTS, concurrency: 16, careful: 20 };

describe("hostile inputs", () => {
  test("every operation of both APIs is among them", () => {
    const names = targets.map((target) => target.name);
    for (const operation of V1_OPERATIONS) expect(names).toContain(operation.id);
    for (const operation of OPERATIONS) expect(names).toContain(`${operation} as the network`);
  });

  test("none is answered with a 5xx or not at all, and at most 64 KB are kept of a refused one", {
    timeout: 180_000 + INPUTS * 1_000,
  }, async () => {
    for (const target of targets) {
      const result = await fuzzTarget(target, options);
      expect(result.findings).toEqual([]);
      expect(Object.values(result.statuses).reduce((sum, count) => sum + count, 0)).toBe(INPUTS);
    }
  });

  test("some get in, or the fuzz would only knock", { timeout: 60_000 + INPUTS * 200 }, async () => {
    for (const name of [
      "req-pay as the network",
      "req-pay as a business",
      "createPayment",
      "createInvoice",
      "listInvoices",
    ]) {
      const target = targets.find((one) => one.name === name) as Target;
      const { taken, statuses } = await fuzzTarget(target, { ...options, seed: `${seed} again` });
      expect(taken, `${name} ${JSON.stringify(statuses)}`).toBeGreaterThan(INPUTS / 50);
      expect(INPUTS - taken, name).toBeGreaterThan(INPUTS / 10);
    }
  });
});

describe("the fuzz itself", () => {
  const api = "v1" as const;
  const broken = (call: Target["call"]): Target => ({
    name: "broken",
    api,
    make: () => ({ method: "GET", path: "/", headers: {}, params: {} }),
    call,
  });
  const few = { seed, inputs: 3, concurrency: 1 };

  test("sees a 500, an exception, and a page where a problem document belongs", async () => {
    const crash = await fuzzTarget(
      broken(async () => new Response("{}", { status: 500 })),
      few,
    );
    expect(crash.findings).toHaveLength(3);
    const thrown = await fuzzTarget(
      broken(async () => Promise.reject(new Error("out of order"))),
      few,
    );
    expect(thrown.findings[0]).toContain("out of order");
    expect(problemWith({ api }, { status: 404, type: "text/html", text: "<html>" })).toContain("no problem document");
    expect(problemWith({ api: "v0" }, { status: 200, type: "application/json", text: "{}" })).toContain("no reply");
  });

  test("sees that something was refused and changed the books all the same", async () => {
    const target = broken(async () => {
      await rows(
        "INSERT INTO app_user (id, email, name) VALUES (gen_random_uuid(), gen_random_uuid()::text, 'Nobody')",
      );
      return Response.json(
        { code: "CONFLICT", status: 409 },
        { status: 409, headers: { "content-type": "application/problem+json" } },
      );
    });
    const { findings } = await fuzzTarget(target, { ...few, careful: 1 });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain("changed app_user");
  });

  test("the same seed makes the same inputs, another seed others", () => {
    const [target] = targets;
    const made = (from: string) => target?.make(Random.of(from, target.name, 7)).body?.toString("latin1");
    expect(made("a")).toBe(made("a"));
    expect(made("a")).not.toBe(made("b"));
  });
});
