import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addPasskey, type PasskeyOptions, signInByPasskey } from "@/lib/passkey-client";

/** The device, as the library speaks to it. */
const device = vi.hoisted(() => ({ startAuthentication: vi.fn(), startRegistration: vi.fn() }));
vi.mock("@simplewebauthn/browser", () => device);

const sent: [path: string, body: unknown][] = [];
const OPTIONS = { challenge: "Y2hhbGxlbmdl" } as PasskeyOptions;
const SIGNED = { id: "id", rawId: "id", type: "public-key", response: { signature: "s" } };
const MADE = { id: "id", rawId: "id", type: "public-key", response: { clientDataJSON: "c", attestationObject: "a" } };

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", async (url: string, { body }: { body: string }) => {
    sent.push([url.replace("/api/auth/passkey", ""), JSON.parse(body)]);
    return Response.json(url.endsWith("-options") ? { options: OPTIONS } : {});
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

const named = (name: string) => Object.assign(new Error("what the browser says"), { name });

test("what a device has signed goes to the portal, and nothing that it says besides", async () => {
  device.startAuthentication.mockResolvedValue({ ...SIGNED, clientExtensionResults: { a: 1 } });
  expect(await signInByPasskey({ autofill: true })).toBe(true);
  expect(device.startAuthentication).toHaveBeenCalledWith({ optionsJSON: OPTIONS, useBrowserAutofill: true });
  expect(sent).toEqual([
    ["/sign-in-options", {}],
    ["/sign-in", { answer: SIGNED }],
  ]);
  const response = { ...MADE.response, transports: ["internal"], publicKey: "p" };
  device.startRegistration.mockResolvedValue({ ...MADE, response, clientExtensionResults: {} });
  expect(await addPasskey(OPTIONS, "Laptop")).toBe(true);
  expect(sent.at(-1)).toEqual(["/add", { name: "Laptop", answer: MADE }]);
});

test.each(["NotAllowedError", "AbortError"])(
  "called off (%s), nothing is sent and nothing has gone wrong",
  async (name) => {
    device.startAuthentication.mockRejectedValue(named(name));
    expect(await signInByPasskey({ autofill: false })).toBe(false);
    device.startRegistration.mockRejectedValue(named(name));
    expect(await addPasskey(OPTIONS, "Laptop")).toBe(false);
    expect(sent).toEqual([["/sign-in-options", {}]]);
  },
);

test("what is not wanted any more never asks the device, which asks for one thing at a time", async () => {
  expect(await signInByPasskey({ autofill: true, signal: AbortSignal.abort() })).toBe(false);
  expect(device.startAuthentication).not.toHaveBeenCalled();
});

test.each([
  ["InvalidStateError", /already/],
  ["ConstraintError", /verify you/],
  ["NotSupportedError", /don't work on this device/],
  ["UnknownError", /didn't manage/],
])("%s is told in words for people", async (name, words) => {
  device.startRegistration.mockRejectedValue(named(name));
  await expect(addPasskey(OPTIONS, "Laptop")).rejects.toMatchObject({ message: expect.stringMatching(words) });
});
