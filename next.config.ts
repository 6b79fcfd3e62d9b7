import type { NextConfig } from "next";
import { DATA_POLICY, SECURITY_HEADERS, transportHeaders } from "./lib/http/security-headers";

const listOf = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([key, value]) => ({ key, value }));

const config: NextConfig = {
  // The tests build into a folder of their own, so that they run beside a demo that is up.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // Programs with files or connections of their own: loaded from node_modules, not bundled.
  serverExternalPackages: ["pg", "pino", "graphile-worker", "prom-client"],
  // A page's Content-Security-Policy carries a nonce, so proxy.ts sets it request by request.
  headers: async () => [
    { source: "/:path*", headers: listOf(SECURITY_HEADERS) },
    { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: DATA_POLICY }] },
    {
      source: "/:path*",
      has: [{ type: "header", key: "x-forwarded-proto", value: "https.*" }],
      headers: listOf(transportHeaders({ https: true })),
    },
  ],
};

export default config;
