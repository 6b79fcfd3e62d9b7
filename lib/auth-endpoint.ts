import "server-only";
import { auth } from "@/lib/auth";
import { withCurrentSignatures } from "@/lib/auth-secrets";
import { nothingHere } from "@/lib/errors";
import { readBounded } from "@/lib/http/body";
import { withClientAddress } from "@/lib/http/client-address";
import { assertSameOrigin } from "@/lib/http/origin";

/**
 * What is offered of better-auth, and what of its answer leaves: it brings more than the portal uses, and what isn't used can't be
 * misused. A session's token leaves in its cookie alone, where no script can read it.
 */
const OFFERED: Record<string, readonly string[]> = {
  "/sign-in/email": ["twoFactorRedirect"],
  "/sign-out": [],
  "/change-password": [],
  "/two-factor/enable": ["totpURI", "backupCodes"],
  "/two-factor/disable": [],
  "/two-factor/generate-backup-codes": ["backupCodes"],
  "/two-factor/verify-totp": [],
  "/two-factor/verify-backup-code": [],
  "/end-sessions": [],
  "/passkey/sign-in-options": ["options"],
  "/passkey/sign-in": [],
  "/passkey/begin": ["options"],
  "/passkey/add": [],
  "/passkey/rename": [],
  "/passkey/remove": [],
};

const MAX_BODY_BYTES = 8 * 1024;

/**
 * Answers a POST to /api/auth/….
 * @throws AppError NOT_FOUND for what is not offered; FORBIDDEN from another origin; PAYLOAD_TOO_LARGE; INVALID.
 */
export async function answerAuth(request: Request): Promise<Response> {
  const fields = OFFERED[new URL(request.url).pathname.replace(/^\/api\/auth/, "")];
  if (!fields) throw nothingHere();
  assertSameOrigin(request.headers);
  const current = withCurrentSignatures(request.headers);
  const known = withClientAddress(new Request(await bounded(request), { headers: current }));
  return await onlyWith(fields, await auth().handler(known));
}

/** The request with a body that is known to be small: better-auth itself would read any. */
async function bounded(request: Request): Promise<Request> {
  const body = await readBounded(request, MAX_BODY_BYTES);
  return new Request(request.url, { method: request.method, headers: request.headers, body });
}

/** The answer with nothing in it but these fields. A refusal stays as it is. */
async function onlyWith(fields: readonly string[], response: Response): Promise<Response> {
  if (!response.ok) return response;
  const answer = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  headers.set("cache-control", "no-store");
  const kept = fields.filter((field) => answer?.[field] !== undefined).map((field) => [field, answer?.[field]]);
  return Response.json(Object.fromEntries(kept), { status: response.status, headers });
}
