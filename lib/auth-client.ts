import { ProblemError } from "@/lib/http/client";

/*
 * The three things the browser asks of better-auth. Plain fetch: its own client brings stores and plugins that nothing here uses.
 */

async function post(path: string, body: object): Promise<void> {
  let response: Response;
  try {
    const headers = { "content-type": "application/json", accept: "application/json" };
    response = await fetch(`/api/auth${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  } catch {
    throw new ProblemError(0, "OFFLINE", "The portal can't be reached just now. Check your connection and try again.");
  }
  if (response.ok) return;
  const answer = (await response.json().catch(() => ({}))) as { code?: string; message?: string; detail?: string };
  const words = answer.detail ?? answer.message ?? "Something went wrong. Please try again.";
  throw new ProblemError(response.status, answer.code ?? "INTERNAL", words);
}

/**
 * Opens a session.
 * @throws ProblemError: 401 for a wrong e-mail address or password, told apart by nothing; 429 after too many attempts.
 */
export function signIn(credentials: { email: string; password: string }): Promise<void> {
  return post("/sign-in/email", credentials);
}

/** Ends the session. @throws ProblemError */
export function signOut(): Promise<void> {
  return post("/sign-out", {});
}

/**
 * Changes the password, and ends the person's sessions elsewhere.
 * @throws ProblemError: code INVALID_PASSWORD when the current one is wrong.
 */
export function changePassword(passwords: { currentPassword: string; newPassword: string }): Promise<void> {
  return post("/change-password", { ...passwords, revokeOtherSessions: true });
}
