import { expect, test } from "vitest";
import { ProblemError, TIMED_OUT } from "@/lib/http/client";
import { isWorthRetrying } from "./query-client";

const answered = (status: number) => Object.assign(new Error("refused"), { status });

test.each([400, 401, 403, 404, 409, 422])("a refusal with %i is not asked again", (status) =>
  expect(isWorthRetrying(answered(status))).toBe(false),
);

test.each([408, 429, 500, 503])("%i may pass, so it is asked again", (status) =>
  expect(isWorthRetrying(answered(status))).toBe(true),
);

test("a lost connection is asked again", () => expect(isWorthRetrying(new TypeError("fetch failed"))).toBe(true));

test("what had no answer in time was waited for long enough", () =>
  expect(isWorthRetrying(new ProblemError(0, TIMED_OUT, "Too late."))).toBe(false));
