import { ProblemError, patience, UNKNOWN_PROBLEM, unanswered } from "@/lib/http/client";

/*
 * What the browser asks of better-auth. Plain fetch: its own client brings stores and plugins that nothing here uses.
 */

function parsed(text: string): { code?: string; message?: string; detail?: string } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** @throws ProblemError; of one without an answer, within the time that people wait for one */
export async function postAuth<Answer = unknown>(path: string, body: object): Promise<Answer> {
  const signal = patience();
  const headers = { "content-type": "application/json", accept: "application/json" };
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/api/auth${path}`, { method: "POST", headers, body: JSON.stringify(body), signal });
    text = await response.text();
  } catch {
    throw unanswered(signal);
  }
  const answer = parsed(text);
  if (response.ok) return answer as Answer;
  const words = answer.detail ?? answer.message ?? UNKNOWN_PROBLEM;
  throw new ProblemError(response.status, answer.code ?? "INTERNAL", words);
}

/** What a refused request is called where it comes from a wrong password. */
export const WRONG_PASSWORD = "INVALID_PASSWORD";

/** What a request is called whose password is longer than any that can be chosen. */
export const PASSWORD_TOO_LONG = "PASSWORD_TOO_LONG";

/**
 * Opens a session, or asks for the second step.
 * @throws ProblemError: 401 for a wrong e-mail address or password, told apart by nothing; code PASSWORD_TOO_LONG
 * for one that nobody can have; 429 after too many attempts.
 */
export async function signIn(credentials: { email: string; password: string }): Promise<{ needsCode: boolean }> {
  const { twoFactorRedirect } = await postAuth<{ twoFactorRedirect?: boolean }>("/sign-in/email", credentials);
  return { needsCode: twoFactorRedirect === true };
}

/**
 * The second step of signing in, or the last of setting it up: a code from the app.
 * @throws ProblemError: 401 for a wrong or used one; code INVALID_TWO_FACTOR_COOKIE when the first step was too long ago; 429.
 */
export async function giveCode(code: string): Promise<void> {
  await postAuth("/two-factor/verify-totp", { code });
}

/** The second step by one of the recovery codes, which is used up by it. @throws ProblemError as `giveCode`. */
export async function giveRecoveryCode(code: string): Promise<void> {
  await postAuth("/two-factor/verify-backup-code", { code });
}

/** Ends the session. @throws ProblemError */
export async function signOut(): Promise<void> {
  await postAuth("/sign-out", {});
}

/**
 * Changes the password, and ends the person's sessions elsewhere.
 * @throws ProblemError: code INVALID_PASSWORD when the current one is wrong, PASSWORD_TOO_COMMON when the new one is easily guessed or known.
 */
export async function changePassword(passwords: { currentPassword: string; newPassword: string }): Promise<void> {
  await postAuth("/change-password", passwords);
}

export interface SecondFactorSetup {
  /** What the QR code says: `otpauth://totp/…?secret=…`. */
  totpURI: string;
  backupCodes: string[];
}

/** Begins setting up a second factor; it counts once a code was given. @throws ProblemError: code INVALID_PASSWORD. */
export function beginSecondFactor(password: string): Promise<SecondFactorSetup> {
  return postAuth("/two-factor/enable", { password });
}

/** Turns the second factor off. @throws ProblemError: code INVALID_PASSWORD. */
export async function removeSecondFactor(password: string): Promise<void> {
  await postAuth("/two-factor/disable", { password });
}

/** New recovery codes, in place of all old ones. @throws ProblemError: code INVALID_PASSWORD. */
export async function renewRecoveryCodes(password: string): Promise<string[]> {
  return (await postAuth<{ backupCodes: string[] }>("/two-factor/generate-backup-codes", { password })).backupCodes;
}

/** Ends one of the person's sessions elsewhere, or without `session` all of them. @throws ProblemError: code INVALID_PASSWORD. */
export async function endSessions(input: { password: string; session?: string }): Promise<void> {
  await postAuth("/end-sessions", input);
}
