import { afterEach, expect, test, vi } from "vitest";
import { beginSecondFactor, changePassword, signIn } from "@/lib/auth-client";
import { TIMED_OUT } from "@/lib/http/client";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const answer = (response: Response | Error) =>
  vi.stubGlobal(
    "fetch",
    vi.fn(() => (response instanceof Error ? Promise.reject(response) : Promise.resolve(response))),
  );

const CREDENTIALS = { email: "latha@kaveri.example", password: "settled-in-full" };

test("signing in says whether a code is asked for", async () => {
  answer(Response.json({ twoFactorRedirect: true }));
  expect(await signIn(CREDENTIALS)).toEqual({ needsCode: true });
  answer(Response.json({ token: "" }));
  expect(await signIn(CREDENTIALS)).toEqual({ needsCode: false });
});

test("what was refused has a code and words, and what is no answer of the portal's says that something went wrong", async () => {
  answer(Response.json({ code: "INVALID_PASSWORD", message: "Invalid password" }, { status: 400 }));
  await expect(changePassword({ currentPassword: "a", newPassword: "b" })).rejects.toMatchObject({
    code: "INVALID_PASSWORD",
  });
  answer(new Response("<h1>Bad gateway</h1>", { status: 502 }));
  await expect(signIn(CREDENTIALS)).rejects.toMatchObject({
    status: 502,
    message: expect.stringMatching(/went wrong/),
  });
  answer(new TypeError("fetch failed"));
  await expect(signIn(CREDENTIALS)).rejects.toMatchObject({ code: "OFFLINE", mayPass: true });
});

test("nobody waits without end, whether the answer never comes or never ends, and half an answer is none", async () => {
  const timeUp = new DOMException("", "TimeoutError");
  vi.spyOn(AbortSignal, "timeout").mockImplementation(() => AbortSignal.abort(timeUp));
  answer(timeUp);
  await expect(signIn(CREDENTIALS)).rejects.toMatchObject({ code: TIMED_OUT, mayPass: true });
  const half = new ReadableStream({ start: (stream) => stream.error(timeUp) });
  answer(new Response(half, { status: 200 }));
  await expect(beginSecondFactor("secret")).rejects.toMatchObject({ code: TIMED_OUT });
});
