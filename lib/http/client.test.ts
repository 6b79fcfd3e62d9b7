import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import {
  callApi,
  formFieldName,
  operationUrl,
  ProblemError,
  SIGNED_OUT,
  showProblem,
  TIMED_OUT,
} from "@/lib/http/client";
import { defineOperation } from "@/lib/http/operation";

const operation = defineOperation({
  id: "listThings",
  method: "GET",
  path: "/api/v1/businesses/{business}/things",
  tag: "Things",
  summary: "For the test",
  role: "VIEWER",
  response: z.object({ things: z.array(z.string()) }),
});

afterEach(() => vi.unstubAllGlobals());

const answer = (response: Response | Error) =>
  vi.stubGlobal(
    "fetch",
    vi.fn(() => (response instanceof Error ? Promise.reject(response) : Promise.resolve(response))),
  );

test("an address is filled in, empty values are left out, lists repeat", () => {
  const query = { q: "a&b", status: ["PAID", "CREATED"], page: undefined, sort: "" };
  expect(operationUrl(operation, { business: "27AA@BCB" }, query)).toBe(
    "/api/v1/businesses/27AA%40BCB/things?q=a%26b&status=PAID&status=CREATED",
  );
});

describe("a call", () => {
  test("returns the answer", async () => {
    answer(Response.json({ things: ["one"] }));
    expect(await callApi(operation, { params: { business: "acme" } })).toEqual({ things: ["one"] });
  });

  test("throws the problem in the portal's words", async () => {
    answer(Response.json({ status: 409, code: "CONFLICT", detail: "Already paid." }, { status: 409 }));
    const call = callApi(operation, { params: { business: "acme" } });
    await expect(call).rejects.toMatchObject({
      status: 409,
      code: "CONFLICT",
      message: "Already paid.",
      mayPass: false,
    });
  });

  test("says so when the portal can't be reached, or answers nonsense", async () => {
    answer(new TypeError("fetch failed"));
    await expect(callApi(operation, { params: {} })).rejects.toMatchObject({ code: "OFFLINE", mayPass: true });
    answer(new Response("<html>", { status: 502 }));
    await expect(callApi(operation, { params: {} })).rejects.toMatchObject({ status: 502, mayPass: true });
    answer(new Response('{"thi', { status: 200 }));
    await expect(callApi(operation, { params: {} })).rejects.toMatchObject({ code: "OFFLINE" });
  });

  test("that has no answer in time may pass, and one that nobody waits for any more is no problem", async () => {
    const hang = (_: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    vi.stubGlobal("fetch", hang);
    const late = callApi(operation, { params: {}, signal: AbortSignal.timeout(1) });
    await expect(late).rejects.toMatchObject({ code: TIMED_OUT, status: 0, mayPass: true });
    const left = new AbortController();
    const call = callApi(operation, { params: {}, signal: left.signal });
    left.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
  });

  test("that people wait for is cut off by itself, whether its answer never comes or never ends", async () => {
    const limit = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => AbortSignal.abort(timeUp));
    const timeUp = new DOMException("", "TimeoutError");
    answer(timeUp);
    const call = () => callApi(operation, { params: {}, signal: new AbortController().signal });
    await expect(call()).rejects.toMatchObject({ code: TIMED_OUT });
    answer(new Response('{"thi', { status: 200 }));
    await expect(call()).rejects.toMatchObject({ code: TIMED_OUT });
    expect(limit).toHaveBeenCalledWith(20_000);
    limit.mockRestore();
  });

  test("is cut off without asking for it, whether it writes or reads", async () => {
    const timeUp = new DOMException("", "TimeoutError");
    const limit = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => AbortSignal.abort(timeUp));
    answer(timeUp);
    const write = { ...operation, method: "POST" } as const;
    await expect(callApi(write, { params: {} })).rejects.toMatchObject({ code: TIMED_OUT });
    // An import, too, which ends when its page is left.
    const { signal } = new AbortController();
    await expect(callApi(write, { params: {}, signal })).rejects.toMatchObject({ code: TIMED_OUT });
    await expect(callApi(operation, { params: {} })).rejects.toMatchObject({ code: TIMED_OUT });
    limit.mockRestore();
  });
});

test("a problem's words stand beside the fields they are about, the rest above the form", () => {
  expect(formFieldName("lines[1].splits[0].value")).toBe("lines.1.splits.0.value");
  const fields = [
    { path: "lines[0].net", message: "Too much." },
    { path: "hidden", message: "No." },
  ];
  const setError = vi.fn();
  showProblem(new ProblemError(422, "INVALID", "See the fields.", fields), setError, ["lines"]);
  expect(setError.mock.calls.map(([name]) => name)).toEqual(["lines.0.net", "root.server"]);
});

test("whoever is signed out meanwhile is told apart, so that the form can offer to sign in", () => {
  const setError = vi.fn();
  showProblem(new ProblemError(401, "UNAUTHENTICATED", "Please sign in first."), setError, []);
  expect(setError).toHaveBeenCalledWith("root.server", { type: SIGNED_OUT, message: "Please sign in first." });
});
