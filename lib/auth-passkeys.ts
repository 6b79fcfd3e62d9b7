import "server-only";
import { randomUUID } from "node:crypto";
import { APIError, createAuthEndpoint, sessionMiddleware } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import type { AuthContext } from "@/lib/auth-device";
import { assertProven } from "@/lib/auth-proven";
import { newSessionOf, sessionEnded } from "@/lib/auth-session";
import { logger } from "@/lib/logger";
import {
  challengeOf,
  creationOptions,
  madeSchema,
  NOBODYS_KEY,
  namesUser,
  type SignedAnswer,
  signedSchema,
  verifyMade,
  verifySigned,
} from "@/lib/passkey-answer";
import {
  CHALLENGE_SECONDS,
  type ChallengeBond,
  mintChallenge,
  readChallenge,
  takeChallenge,
} from "@/lib/passkey-challenge";
import { passkeyName } from "@/lib/passkey-name";
import { type PasskeyPlace, passkeyPlace } from "@/lib/passkey-place";
import {
  addPasskey,
  credentialIdsOf,
  findPasskey,
  MAX_PASSKEYS,
  openByPasskey,
  removePasskey,
  renamePasskey,
} from "@/lib/passkey-store";

/*
 * Passkeys, as endpoints of better-auth, so that what stands around its own (lib/auth-hooks.ts) stands around these: attempts are counted,
 * a session's rest ends it, and all of it is logged. See docs/decisions/041-passkeys.md.
 */

const TIMEOUT_MS = CHALLENGE_SECONDS * 1000;

/** For how long a browser that looks at the sign-in page keeps its cookie, in seconds: longer than any challenge that it holds. */
const BROWSER_SECONDS = 60 * 60;

/** The same whether a passkey is unknown, was removed, or has signed wrongly. */
const notTaken = () =>
  new APIError("UNAUTHORIZED", {
    code: "PASSKEY_REFUSED",
    message:
      "This passkey doesn't sign in here. Use your password, and see under Your account which passkeys you have.",
  });

const tooLate = (status: "UNAUTHORIZED" | "BAD_REQUEST") =>
  new APIError(status, { code: "PASSKEY_TOO_LATE", message: "This took too long. Please try again." });

/** @throws APIError 400 where browsers make no passkeys */
function placeHere(): PasskeyPlace {
  const place = passkeyPlace();
  if (place) return place;
  throw new APIError("BAD_REQUEST", {
    code: "NO_PASSKEYS_HERE",
    message: "Passkeys need the portal's name: they can't be used at an IP address.",
  });
}

const cookieOf = (ctx: AuthContext) => ctx.context.createAuthCookie("passkey", { maxAge: BROWSER_SECONDS });

const browserOf = (ctx: AuthContext) => ctx.getSignedCookie(cookieOf(ctx).name, ctx.context.secret);

/** Which browser asks, from a cookie that only the server makes; all of its tabs share it. */
async function knownBrowser(ctx: AuthContext): Promise<string> {
  const id = (await browserOf(ctx)) || randomUUID();
  const { name, attributes } = cookieOf(ctx);
  await ctx.setSignedCookie(name, id, ctx.context.secret, attributes);
  return id;
}

/**
 * The challenge of an answer, used up from now on.
 * @throws APIError 401 (400 for who is signed in) when it was not made for this holder, has run out, or was used
 */
async function takenChallenge(answer: Parameters<typeof challengeOf>[0], bond: ChallengeBond): Promise<string> {
  const text = challengeOf(answer);
  const challenge = text && readChallenge(text, bond, new Date());
  if (!challenge || !(await takeChallenge(challenge)))
    throw tooLate(bond.purpose === "add" ? "BAD_REQUEST" : "UNAUTHORIZED");
  return text;
}

/** What the sign-in page asks the browser with: no names, since the passkey says whose it is. */
const signInOptions = createAuthEndpoint("/passkey/sign-in-options", { method: "POST" }, async (ctx) => {
  const { rpId } = placeHere();
  const challenge = mintChallenge({ purpose: "sign-in", holder: await knownBrowser(ctx) }, new Date());
  return ctx.json({
    options: {
      challenge: challenge.toString("base64url"),
      rpId,
      userVerification: "required" as const,
      timeout: TIMEOUT_MS,
    },
  });
});

/** @returns the passkey that has signed, and its counter; null for one that is unknown, or an answer that doesn't hold */
async function signer(answer: SignedAnswer, challenge: string, place: PasskeyPlace) {
  const passkey = await findPasskey(answer.id);
  const counter = await verifySigned(answer, passkey?.publicKey ?? NOBODYS_KEY, { challenge, place });
  return passkey && counter !== null && namesUser(answer, passkey.userId) ? { passkey, counter } : null;
}

const signIn = createAuthEndpoint(
  "/passkey/sign-in",
  { method: "POST", body: z.strictObject({ answer: signedSchema }) },
  async (ctx) => {
    const { answer } = ctx.body;
    const place = placeHere();
    const holder = await browserOf(ctx);
    if (!holder) throw tooLate("UNAUTHORIZED");
    const challenge = await takenChallenge(answer, { purpose: "sign-in", holder });
    const found = await signer(answer, challenge, place);
    if (!found) throw notTaken();
    const { passkey, counter } = found;
    const session = await openByPasskey(passkey, counter, newSessionOf(ctx, new Date()));
    const user = session && (await ctx.context.internalAdapter.findUserById(passkey.userId));
    if (!user) {
      const { id: passkeyId, userId } = passkey;
      logger.warn(
        { event: "passkey refused", passkeyId, userId },
        "a passkey's counter didn't move on, so that it may be a copy; or it was removed at the same moment",
      );
      throw notTaken();
    }
    await setSessionCookie(ctx, { session, user });
    return ctx.json({});
  },
);

/**
 * Whoever was handed their password adds no passkey before they have chosen their own: who handed it out could else leave one behind.
 * @throws APIError 403
 */
function assertOwnPassword(user: Record<string, unknown>): void {
  if (user.mustChangePassword !== true) return;
  throw new APIError("FORBIDDEN", { code: "PASSWORD_FIRST", message: "Please choose a password of your own first." });
}

const full = () =>
  new APIError("BAD_REQUEST", {
    code: "TOO_MANY_PASSKEYS",
    message: `You have ${MAX_PASSKEYS} passkeys, as many as anyone can. Remove one that you don't use any more first.`,
  });

const begin = createAuthEndpoint(
  "/passkey/begin",
  { method: "POST", body: z.strictObject({ password: z.string() }), use: [sessionMiddleware] },
  async (ctx) => {
    const { user, session } = ctx.context.session;
    const place = placeHere();
    await ctx.context.password.checkPassword(user.id, ctx);
    assertOwnPassword(user);
    await assertProven(ctx.context.session);
    const known = await credentialIdsOf(user.id);
    if (known.length >= MAX_PASSKEYS) throw full();
    const challenge = Uint8Array.from(mintChallenge({ purpose: "add", holder: session.id }, new Date()));
    return ctx.json({ options: await creationOptions({ challenge, place, timeoutMs: TIMEOUT_MS, user, known }) });
  },
);

/** Only what `begin` asked for in this session is taken, so that the password was given a moment ago. */
const add = createAuthEndpoint(
  "/passkey/add",
  { method: "POST", body: z.strictObject({ name: passkeyName, answer: madeSchema }), use: [sessionMiddleware] },
  async (ctx) => {
    const { user, session } = ctx.context.session;
    const { name, answer } = ctx.body;
    const place = placeHere();
    const challenge = await takenChallenge(answer, { purpose: "add", holder: session.id });
    const made = await verifyMade(answer, { challenge, place });
    if (!made)
      throw new APIError("BAD_REQUEST", {
        code: "PASSKEY_NOT_MADE",
        message: "This passkey can't be used here. It has to ask for your fingerprint, face or PIN each time.",
      });
    const outcome = await addPasskey({ userId: user.id, sessionId: session.id }, { ...made, name }, new Date());
    if (outcome === "ended") throw sessionEnded("You were signed out meanwhile. Please sign in again.");
    if (outcome === "full") throw full();
    if (outcome === "known")
      throw new APIError("CONFLICT", { code: "PASSKEY_KNOWN", message: "This passkey was added before." });
    return ctx.json({});
  },
);

const noSuch = () =>
  new APIError("NOT_FOUND", { code: "NO_SUCH_PASSKEY", message: "You don't have this passkey any more." });

const rename = createAuthEndpoint(
  "/passkey/rename",
  { method: "POST", body: z.strictObject({ passkey: z.uuid(), name: passkeyName }), use: [sessionMiddleware] },
  async (ctx) => {
    const { passkey, name } = ctx.body;
    if (!(await renamePasskey(ctx.context.session.user.id, passkey, name))) throw noSuch();
    return ctx.json({});
  },
);

const remove = createAuthEndpoint(
  "/passkey/remove",
  { method: "POST", body: z.strictObject({ password: z.string(), passkey: z.uuid() }), use: [sessionMiddleware] },
  async (ctx) => {
    const { user, session } = ctx.context.session;
    await ctx.context.password.checkPassword(user.id, ctx);
    await assertProven(ctx.context.session);
    if (!(await removePasskey({ userId: user.id, sessionId: session.id }, ctx.body.passkey))) throw noSuch();
    return ctx.json({});
  },
);

export const passkeyEndpoints = {
  passkeySignInOptions: signInOptions,
  passkeySignIn: signIn,
  passkeyBegin: begin,
  passkeyAdd: add,
  passkeyRename: rename,
  passkeyRemove: remove,
};
