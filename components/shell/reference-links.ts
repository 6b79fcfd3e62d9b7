/** The reference of the portal's API, or of the one over Bharat Connect, for somebody who comes from a business (or from none). */
export function referenceHref(version: "v0" | "v1", from: string | undefined): string {
  const path = version === "v1" ? "/docs/api" : "/docs/api/v0";
  return from ? `${path}?from=${encodeURIComponent(from)}` : path;
}

/** The way home for somebody who came to the reference from a business; "/" leads to the first of their own, which may be another. */
export const homeHref = (from: string | undefined): string => (from ? `/b/${encodeURIComponent(from)}` : "/");
