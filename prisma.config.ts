import { defineConfig } from "prisma/config";

/** For `prisma generate`. Migrations go through scripts/migrate.ts, which needs no engine from outside the npm registry. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
