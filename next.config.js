/**
 * Headers that are the same for every response. The Content-Security-Policy isn't here: it carries a nonce, so proxy.ts
 * sets it request by request. HSTS isn't either: it belongs to whatever ends TLS in front of the portal.
 */
const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  // A payment may carry the place it was made from, so the portal's own pages may ask for it; nothing else is used.
  { key: "Permissions-Policy", value: "geolocation=(self), camera=(), microphone=(), payment=(), usb=()" },
];

/** @type {import("next").NextConfig} */
const config = {
  // The tests build into a folder of their own, so that they run beside a demo that is up.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // Programs with files or connections of their own: loaded from node_modules, not bundled.
  serverExternalPackages: ["pg", "pino", "graphile-worker"],
  headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
};

export default config;
