import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const exclude = ["node_modules/**", ".next/**", ".next-test/**", ".data/**", "e2e/**"];
const resolve = {
  alias: [
    { find: "server-only", replacement: at("tests/server-only.ts") },
    { find: /^@\//, replacement: at("./") },
  ],
};

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...exclude, "**/*.integration.test.ts"],
          setupFiles: ["tests/environment.ts"],
          sequence: { groupOrder: 0 },
          // Property tests take a second; on a machine that is busy with other things, ten.
          testTimeout: 30_000,
        },
      },
      {
        resolve,
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude,
          globalSetup: ["tests/postgres.ts"],
          setupFiles: ["tests/environment.ts", "tests/database.ts"],
          // After the unit tests: the races in here want the processor to themselves.
          sequence: { groupOrder: 1 },
          // A database a file: more at once would only wait for each other.
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
