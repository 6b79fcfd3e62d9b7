import { randomBytes } from "node:crypto";
import { signWebhook } from "@/features/protocol/signing";
import { env } from "@/lib/env";
import { uuidv7 } from "@/lib/ids";
import { type Person, takeOut } from "../world/people";
import { signIn } from "../world/sign-in";
import type { World } from "../world/world";
import type { Caller } from "./table";

/** One way in which a caller asks: the headers of their request, and the business in whose address they ask. */
export interface Attempt {
  how: string;
  headers: Record<string, string>;
  business: string;
}

export type Cookies = Record<"viewer" | "finance" | "owner" | "removed" | "invited" | "newcomer" | "stranger", string>;

/** Everyone signs in; then one of them is taken out of the business. */
export async function signEveryoneIn(portalUrl: string, world: World): Promise<Cookies> {
  const { viewer, finance, owner, removed, invited, newcomer, stranger } = world;
  const people: Record<keyof Cookies, Person> = { viewer, finance, owner, removed, invited, newcomer, stranger };
  const cookies: Partial<Cookies> = {};
  for (const [name, person] of Object.entries(people)) cookies[name as keyof Cookies] = await signIn(portalUrl, person);
  await takeOut(removed);
  return cookies as Cookies;
}

const MINUTE_MS = 60_000;
const STRANGE_SECRET = `whsec_${randomBytes(32).toString("base64")}`;

function signed(body: string, { secret = env.NETWORK_SIGNING_SECRETS[0] ?? "", ageMs = 0, id = uuidv7() } = {}) {
  return { ...signWebhook({ webhookId: id, body, secrets: [secret], now: new Date(Date.now() - ageMs) }) };
}

/**
 * All the ways in which a caller asks in one cell; each must end as the cell says. What a browser sends by itself (its cookies and
 * the page's own origin) is part of it.
 * @param body the exact text that will be sent
 */
export function attemptsOf(
  caller: Caller,
  at: { world: World; cookies: Cookies; portalUrl: string; body: string },
): Attempt[] {
  const { world, cookies, portalUrl, body } = at;
  const { alpha, gamma } = world;
  const one = (how: string, headers: Record<string, string>, business = alpha.slug): Attempt => ({
    how,
    headers,
    business,
  });
  const browser = (cookie: string, origin = portalUrl) => ({ cookie, origin });
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  switch (caller) {
    case "none":
      return [
        one("no credential", { origin: portalUrl }),
        one("a made-up session", browser("chukta.session_token=made-up.made-up; __Host-chukta.session_token=made-up")),
      ];
    case "viewer":
    case "finance":
    case "owner":
    case "removed":
    case "invited":
    case "newcomer":
      return [one("signed in", browser(cookies[caller]))];
    case "foreign":
      return [one("from another site's page", browser(cookies.owner, "https://evil.example"))];
    case "stranger":
      return [
        one("in this business's address", browser(cookies.stranger)),
        one("with this business's ids in their own address", browser(cookies.stranger), gamma.slug),
      ];
    case "key":
      return [one("by slug", bearer(alpha.apiKey)), one("by B2B ID", bearer(alpha.apiKey), alpha.b2bId)];
    case "other key":
      return [
        one("in this business's address", bearer(gamma.apiKey)),
        one("with this business's ids in its own address", bearer(gamma.apiKey), gamma.slug),
      ];
    case "revoked":
      return [
        one("revoked", bearer(world.revokedKey)),
        one("made up", bearer(`chk_${"A".repeat(22)}_${"A".repeat(43)}`)),
        one("the business's own, with another secret", bearer(`${world.alpha.apiKey.slice(0, -4)}AAAA`)),
      ];
    case "network":
    case "replayed":
      return [one("signed", signed(body))];
    case "forged":
      return [
        one("with another secret", signed(body, { secret: STRANGE_SECRET })),
        one("of another text", signed(`${body} `)),
        one("under another webhook-id", { ...signed(body), "webhook-id": uuidv7() }),
        one("at another time", { ...signed(body), "webhook-timestamp": String(Math.floor(Date.now() / 1000) + 1) }),
      ];
    case "old":
      return [
        one("six minutes ago", signed(body, { ageMs: 6 * MINUTE_MS })),
        one("six minutes ahead", signed(body, { ageMs: -6 * MINUTE_MS })),
      ];
  }
}
