import { PASSWORD, type Person } from "./people";

type Send = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Signs a person in as their browser does, and returns the cookies of their next request.
 * @param send calls the portal; over HTTP unless said otherwise
 */
export async function signIn(portalUrl: string, person: Person, send: Send = fetch): Promise<string> {
  const response = await send(`${portalUrl}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: portalUrl },
    body: JSON.stringify({ email: person.email, password: PASSWORD }),
  });
  const text = await response.text();
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  if (response.status !== 200 || cookies.length === 0) throw new Error(`${person.email} could not sign in: ${text}`);
  return cookies.join("; ");
}
