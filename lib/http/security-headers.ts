/*
 * The headers that keep the portal's replies safe in a browser: the one place where they are written. The portal's server puts them
 * on every reply (server/), and proxy.ts gives each page its policy. Pure and free of imports, so that both can.
 */

/** On every reply, whatever it is: a page, a file, JSON, an error. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  // For browsers that don't know frame-ancestors; the policies below say the same.
  "x-frame-options": "DENY",
  // Addresses name a business and its payments: no other site gets to know them. Our own writes still carry Origin.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "x-permitted-cross-domain-policies": "none",
  // A payment may carry the place it was made from, so the portal's own pages may ask for it; nothing else is used.
  "permissions-policy":
    "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), serial=(), hid=(), midi=(), display-capture=()",
};

/** For two years, and for every name below this one. Not `preload`: that is a promise for the operator's whole domain. */
const STRICT_TRANSPORT = "max-age=63072000; includeSubDomains";

/**
 * What a reply that is no page may do in a browser: nothing. JSON and exports are read by programs; opened as a page, by a link
 * that someone sent, they load and run nothing.
 */
const DATA_POLICY =
  "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The headers of a reply that is no page.
 * @param https whether the browser speaks TLS, be it with us or with a proxy of ours; over plain http HSTS means nothing.
 */
export function dataHeaders({ https }: { https: boolean }): Record<string, string> {
  return { ...SECURITY_HEADERS, "content-security-policy": DATA_POLICY, ...transportHeaders({ https }) };
}

/** HSTS over https; nothing over plain http, where it has no meaning and a demo on localhost must go on working. */
export function transportHeaders({ https }: { https: boolean }): Record<string, string> {
  return https ? { "strict-transport-security": STRICT_TRANSPORT } : {};
}

/**
 * Whether the browser speaks TLS. Behind a load balancer the portal itself is spoken to in plain http. Who forges this header
 * harms only their own reply.
 */
export function isHttps(forwardedProto: string | null | undefined, protocol = "http:"): boolean {
  return (forwardedProto ?? protocol).trim().toLowerCase().startsWith("https");
}

/**
 * sonner puts its styles into the page by a <style> that takes no nonce, so this one text is allowed by its hash, and the
 * empty text that the element has before. security-headers.test.ts says what the first must be after an upgrade.
 */
const SONNER_STYLES =
  "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

interface PolicyOptions {
  /** New for each reply. */
  nonce: string;
  development: boolean;
  https: boolean;
}

/** The Content-Security-Policy of one page: nothing from elsewhere, and no script that the server did not write itself. */
export function contentSecurityPolicy({ nonce, development, https }: PolicyOptions): string {
  // React rebuilds server stacks with eval, and the error overlay styles itself: in development only.
  const scripts = `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`;
  const styles = development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}' ${SONNER_STYLES}`;
  const directives = [
    "default-src 'none'",
    "object-src 'none'",
    `script-src ${scripts}`,
    "script-src-attr 'none'",
    `style-src ${styles}`,
    // No exception for style attributes either: the server writes none, and those that scripts set one by one are no inline styles.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  if (https) directives.push("upgrade-insecure-requests");
  return directives.join("; ");
}
