/** @type {import("next").NextConfig} */
const config = {
  // The tests build into a folder of their own, so that they run beside a demo that is up.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // The portal has no pictures to make smaller: nobody is offered the machinery for it.
  images: { unoptimized: true },
  // Programs with files or connections of their own: loaded from node_modules, not bundled.
  serverExternalPackages: ["pg", "pino", "graphile-worker", "prom-client"],
};

export default config;
