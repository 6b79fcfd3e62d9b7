import { auth } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { readBounded } from "@/lib/http/body";
import { withClientAddress } from "@/lib/http/client-address";
import { problemResponse, toAppError } from "@/lib/http/problem";
import { uuidv7 } from "@/lib/ids";
import { logger } from "@/lib/logger";

// better-auth brings more than the portal offers; what isn't used can't be misused.
const OFFERED = new Set(["/sign-in/email", "/sign-out", "/get-session", "/change-password"]);

const MAX_BODY_BYTES = 8 * 1024;

/** The request with a body that is known to be small: better-auth itself would read any. */
async function bounded(request: Request): Promise<Request> {
  if (request.method === "GET") return request;
  const body = await readBounded(request, MAX_BODY_BYTES);
  return new Request(request.url, { method: request.method, headers: request.headers, body });
}

async function handle(request: Request): Promise<Response> {
  const instance = new URL(request.url).pathname;
  const requestId = uuidv7();
  try {
    if (!OFFERED.has(instance.replace(/^\/api\/auth/, ""))) throw new AppError("NOT_FOUND", "There is nothing here.");
    return await auth().handler(withClientAddress(await bounded(request)));
  } catch (err) {
    const known = toAppError(err);
    if (known.status >= 500) logger.error({ err, requestId }, "sign-in request failed");
    return problemResponse(known, { instance, requestId });
  }
}

export const GET = handle;
export const POST = handle;
