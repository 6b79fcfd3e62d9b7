import { POST } from "@/app/api/auth/[...all]/route";
import { TEST_PASSWORD } from "./business";

export const ORIGIN = "http://localhost:3000";

/** A call of the sign-in API, as a browser on one of the portal's pages makes it. */
export function callAuth(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const url = `${ORIGIN}/api/auth${path}`;
  const sent = { "content-type": "application/json", origin: ORIGIN, ...headers };
  return POST(new Request(url, { method: "POST", headers: sent, body: JSON.stringify(body) }));
}

/** The cookies a reply sets, as the browser would send them back. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0] ?? "")
    .join("; ");
}

/** Signs a person in, and returns the headers of their next request. */
export async function signIn(email: string, password: string = TEST_PASSWORD): Promise<Headers> {
  const response = await callAuth("/sign-in/email", { email, password });
  if (response.status !== 200) throw new Error(`${email} could not sign in: ${await response.text()}`);
  return new Headers({ cookie: cookiesOf(response), origin: ORIGIN });
}
