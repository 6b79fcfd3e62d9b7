import { STATUS_CODES } from "node:http";
import { AppError } from "@/lib/errors";
import { isDatabaseAway } from "@/lib/outage";

/** Seconds after which a caller should try again while the database is away. */
const OUTAGE_RETRY_SECONDS = 5;

/** What the portal answers with when something was thrown: expected errors as they are, outages as UNAVAILABLE, defects as INTERNAL. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseAway(error)) {
    const words = "The portal can't reach its records just now. Nothing was saved; please try again in a moment.";
    return new AppError("UNAVAILABLE", words, [], OUTAGE_RETRY_SECONDS);
  }
  return new AppError("INTERNAL", "Something went wrong on our side. If it happens again, tell us the request number.");
}

/** An error as RFC 9457 problem details. `about:blank` because the status says what kind it is; `code` is for software to branch on. */
export function problemResponse(error: AppError, at: { instance: string; requestId: string }): Response {
  const body = {
    type: "about:blank",
    title: STATUS_CODES[error.status] ?? "Error",
    status: error.status,
    detail: error.message,
    instance: at.instance,
    code: error.code,
    requestId: at.requestId,
    ...(error.fields.length > 0 ? { errors: error.fields } : {}),
  };
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  headers.set("x-request-id", at.requestId);
  if (error.retryAfterSeconds !== undefined) headers.set("retry-after", String(error.retryAfterSeconds));
  if (error.code === "UNAUTHENTICATED") headers.set("www-authenticate", 'Bearer realm="chukta"');
  return new Response(JSON.stringify(body), { status: error.status, headers });
}
