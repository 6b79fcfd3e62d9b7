import { base32 } from "@better-auth/utils/base32";
import { createOTP } from "@better-auth/utils/otp";
import { callAuth, cookiesOf, ORIGIN, signIn } from "@/tests/sign-in";
import { TEST_PASSWORD, type TestPerson } from "./business";

const STEP_MS = 30_000;

/** What an authenticator app shows for this secret, `stepsAhead` codes from now. */
export function codeOf(totpURI: string, stepsAhead = 0): Promise<string> {
  const secret = new TextDecoder().decode(base32.decode(new URL(totpURI).searchParams.get("secret") ?? ""));
  return createOTP(secret).hotp(Math.floor(Date.now() / STEP_MS) + stepsAhead);
}

/** What a browser sends along after an answer: its cookies, and the page's origin. */
export function nextOf(response: Response, before?: Headers): Headers {
  const kept = new Map<string, string>();
  for (const cookie of [...(before?.get("cookie")?.split("; ") ?? []), ...cookiesOf(response).split("; ")]) {
    const [name = "", ...value] = cookie.split("=");
    if (value.join("=") === "") kept.delete(name);
    else kept.set(name, value.join("="));
  }
  return new Headers({ cookie: Array.from(kept, ([name, value]) => `${name}=${value}`).join("; "), origin: ORIGIN });
}

/** A call of the sign-in API with what a browser has. */
export function callWith(headers: Headers, path: string, body: object): Promise<Response> {
  return callAuth(path, body, Object.fromEntries(headers));
}

export interface Enrolled {
  totpURI: string;
  recoveryCodes: string[];
  /** The browser in which it was set up, still signed in. */
  here: Headers;
}

/** Sets up a second factor for a person, in a browser of their own; the code that it takes is the present step's. */
export async function enrol(person: TestPerson): Promise<Enrolled> {
  const before = await signIn(person.email);
  const begun = await callWith(before, "/two-factor/enable", { password: TEST_PASSWORD });
  const { totpURI, backupCodes } = (await begun.json()) as { totpURI: string; backupCodes: string[] };
  const confirmed = await callWith(before, "/two-factor/verify-totp", { code: await codeOf(totpURI) });
  if (confirmed.status !== 200) throw new Error(`${person.email} could not enrol: ${await confirmed.text()}`);
  return { totpURI, recoveryCodes: backupCodes, here: nextOf(confirmed, before) };
}

/** The password's step: what the browser holds when it is asked for the code. */
export async function givePassword(person: TestPerson): Promise<Headers> {
  const response = await callAuth("/sign-in/email", { email: person.email, password: TEST_PASSWORD });
  if (response.status !== 200) throw new Error(`${person.email}: ${await response.text()}`);
  return nextOf(response);
}
