import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { handleOperation } from "@/features/gateway/handle";

// Bodies that never come whole: nobody waits for them without end, and none of it is taken for a message.

const NOW = new Date("2026-11-20T10:00:00Z");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function called(readBody: () => Promise<Uint8Array | null>) {
  const header = () => null;
  const request = { method: "POST", header, readBody, address: "203.0.113.9", requestId: "r" };
  const answer = handleOperation("req-pay", request, () => NOW).then(({ status, body }) => ({
    status,
    code: JSON.parse(body).payload.resp.errorCd,
  }));
  const waiting = () => Promise.race([answer, Promise.resolve("waiting")]);
  await vi.advanceTimersByTimeAsync(9_999);
  const before = await waiting();
  await vi.advanceTimersByTimeAsync(1);
  return { before, answer: await waiting() };
}

test("one that dribbles in is waited for ten seconds", async () => {
  const { before, answer } = await called(() => new Promise(() => {}));
  expect(before).toBe("waiting");
  expect(answer).toEqual({ status: 408, code: "TOO_SLOW" });
});

test("one that breaks off is no JSON", async () => {
  const { before } = await called(() => Promise.reject(new Error("gone")));
  expect(before).toEqual({ status: 400, code: "MALFORMED_JSON" });
});

test("one that is larger than is read is told so", async () => {
  const { before } = await called(async () => null);
  expect(before).toEqual({ status: 413, code: "TOO_LARGE" });
});
