import type { ApiResponse } from "@/features/openapi/document";

type Headers = NonNullable<ApiResponse["headers"]>;

const REQUEST_ID: Headers = {
  "X-Request-Id": {
    description:
      "By which the operator finds the request: the caller's own, when it sent one of 8 to 64 letters, digits, dots, hyphens and underscores.",
    schema: { type: "string" },
  },
};

const RETRY_AFTER: Headers = {
  "Retry-After": { description: "Seconds after which to come again.", schema: { type: "integer", minimum: 1 } },
};

const OF_STATUS: Readonly<Record<number, Headers>> = {
  401: { "WWW-Authenticate": { description: "How to say who calls.", schema: { type: "string" } } },
  405: { Allow: { description: "The method that there is.", schema: { type: "string" } } },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

/** The headers that either API answers with at a status, beside those that every reply of HTTP has. */
export const headersOf = (status: number): Headers => ({ ...REQUEST_ID, ...OF_STATUS[status] });
