import { expect, test } from "vitest";
import { isDatabaseAway } from "@/lib/outage";

test.each([
  ["a refused connection", { code: "ECONNREFUSED" }],
  ["several addresses refused", Object.assign(new AggregateError([{ code: "ECONNREFUSED" }]), {})],
  ["Prisma can't reach it", { code: "P1001" }],
  ["the pool has run dry", { code: "P2024" }],
  [
    "an administrator stopped it",
    { code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "57P01" } } } },
  ],
  ["its disk is full", { code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "53100" } } } }],
  ["its files may not grow", new Error('could not extend file "base/5/16384": File too large')],
  ["the adapter's own error", { name: "DriverAdapterError", cause: { kind: "DatabaseNotReachable" } }],
  ["a socket that closed", new Error("Connection terminated unexpectedly")],
])("%s is an outage", (_, error) => {
  expect(isDatabaseAway(error)).toBe(true);
});

test.each([
  ["a taken key", { code: "P2002" }],
  ["a defect", new TypeError("x is undefined")],
  ["nothing", undefined],
])("%s is not", (_, error) => {
  expect(isDatabaseAway(error)).toBe(false);
});
