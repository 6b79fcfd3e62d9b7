import { answerAuth } from "@/lib/auth-endpoint";
import { nothingHere } from "@/lib/errors";
import { problemResponse, toAppError } from "@/lib/http/problem";
import { requestIdOf } from "@/lib/http/request-id";
import { logger } from "@/lib/logger";
import { inRequest } from "@/lib/request-context";

export async function POST(request: Request): Promise<Response> {
  const instance = new URL(request.url).pathname;
  const requestId = requestIdOf(request.headers.get("x-request-id"));
  try {
    return await inRequest(requestId, () => answerAuth(request));
  } catch (err) {
    const known = toAppError(err);
    if (known.status >= 500) logger.error({ err, requestId }, "sign-in request failed");
    else logger.info({ requestId, event: "auth refused", status: known.status, code: known.code }, "sign-in refused");
    return problemResponse(known, { instance, requestId });
  }
}

/** There are no GET endpoints: the pages look up the session on the server. */
export function GET(request: Request): Response {
  return problemResponse(nothingHere(), { instance: new URL(request.url).pathname, requestId: requestIdOf(null) });
}
