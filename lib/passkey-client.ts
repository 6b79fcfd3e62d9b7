import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { postAuth } from "@/lib/auth-client";
import { ProblemError } from "@/lib/http/client";

/*
 * Passkeys in the browser. The library is loaded when one is asked for: most people sign in with their password, and wait for nothing.
 */
const webauthn = () => import("@simplewebauthn/browser");

/** What a browser throws when people close its window, or when another one takes its place. */
const isCalledOff = (error: unknown) =>
  error instanceof Error && (error.name === "NotAllowedError" || error.name === "AbortError");

const WORDS: Record<string, string> = {
  InvalidStateError: "There is a passkey for your account on this device or in this password manager already.",
  ConstraintError: "This device can't verify you by fingerprint, face or PIN. Set that up there, or use another one.",
  NotSupportedError: "Passkeys of this portal don't work on this device, or in this browser. Use another one.",
};

/** What went wrong between browser and authenticator, in words. */
const deviceProblem = (error: unknown) =>
  new ProblemError(
    0,
    "PASSKEY_DEVICE",
    (error instanceof Error && WORDS[error.name]) || "Your device didn't manage that. Try again, or use another one.",
  );

/** Runs what asks a person for a passkey. @returns null when they called it off */
async function unlessCalledOff<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask();
  } catch (error) {
    if (isCalledOff(error)) return null;
    throw deviceProblem(error);
  }
}

interface AskedFor {
  /** Whether it waits among what the browser offers for the field of the e-mail address, instead of in a window. */
  autofill: boolean;
  /** Says that it is not wanted any more; what asks next takes its place in the browser. */
  signal?: AbortSignal;
}

/**
 * Asks for a passkey and signs in by it.
 * @returns false when none was given
 * @throws ProblemError: 401 for one that doesn't sign in here, or that took too long; 429
 */
export async function signInByPasskey({ autofill, signal }: AskedFor): Promise<boolean> {
  type Asked = { options: PublicKeyCredentialRequestOptionsJSON };
  const [{ startAuthentication }, { options }] = await Promise.all([
    webauthn(),
    postAuth<Asked>("/passkey/sign-in-options", {}),
  ]);
  if (signal?.aborted) return false;
  const signed = await unlessCalledOff(() =>
    startAuthentication({ optionsJSON: options, useBrowserAutofill: autofill }),
  );
  if (!signed) return false;
  const { id, rawId, type, response } = signed;
  await postAuth("/passkey/sign-in", { answer: { id, rawId, type, response } });
  return true;
}

/** Whether the browser can offer passkeys where it offers kept passwords. */
export async function canOfferPasskeys(): Promise<boolean> {
  return (await window.PublicKeyCredential?.isConditionalMediationAvailable?.()) === true;
}

/** What a passkey is made with. */
export type PasskeyOptions = PublicKeyCredentialCreationOptionsJSON;

/** Begins adding a passkey. @throws ProblemError: code INVALID_PASSWORD; TOO_MANY_PASSKEYS. */
export async function beginPasskey(password: string): Promise<PasskeyOptions> {
  return (await postAuth<{ options: PasskeyOptions }>("/passkey/begin", { password })).options;
}

/**
 * Has the device make a passkey, and adds it to the account.
 * @returns false when the person called it off; it can be tried again with the same options
 * @throws ProblemError
 */
export async function addPasskey(options: PasskeyOptions, name: string): Promise<boolean> {
  const { startRegistration } = await webauthn();
  const made = await unlessCalledOff(() => startRegistration({ optionsJSON: options }));
  if (!made) return false;
  const { id, rawId, type, response } = made;
  const { clientDataJSON, attestationObject } = response;
  await postAuth("/passkey/add", {
    name,
    answer: { id, rawId, type, response: { clientDataJSON, attestationObject } },
  });
  return true;
}

/** @throws ProblemError: code NO_SUCH_PASSKEY */
export async function renamePasskey(passkey: string, name: string): Promise<void> {
  await postAuth("/passkey/rename", { passkey, name });
}

/** Removes one, and ends the person's sessions elsewhere. @throws ProblemError: code INVALID_PASSWORD; NO_SUCH_PASSKEY */
export async function removePasskey(passkey: string, password: string): Promise<void> {
  await postAuth("/passkey/remove", { passkey, password });
}
