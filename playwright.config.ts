import { defineConfig, devices } from "@playwright/test";
import { findChromium } from "./scripts/chromium";

const { executablePath, args, env } = await findChromium();

export default defineConfig({
  testDir: "e2e",
  // Emptied at each start: beside what a chaos run leaves, not over it.
  outputDir: "test-results/browser",
  // The tests share one portal and one sandbox, whose faults are set for all: one after the other.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    channel: undefined,
    // The stack says on which ports it is; Playwright puts what `wait` catches into the environment.
    baseURL: `http://localhost:${process.env.CHUKTA_PORTAL_PORT}`,
    locale: "en-IN",
    timezoneId: "Asia/Kolkata",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath, args, env: { ...(process.env as Record<string, string>), ...env } },
  },
  // What the others made the portal log is looked through at the end.
  projects: [
    { name: "portal", testIgnore: /secrets\.spec/ },
    { name: "secrets", testMatch: /secrets\.spec/, dependencies: ["portal"] },
  ],
  webServer: {
    command: "node --import tsx --conditions=react-server e2e/support/stack.ts",
    wait: {
      stdout:
        /Stack ready: portal (?<chukta_portal_port>\d+), sandbox (?<chukta_sandbox_port>\d+), database (?<chukta_database_url>\S+), folder (?<chukta_folder>\S+)/,
    },
    // Next.js chooses its conditions itself: what scripts/test.ts sets for the tests is not the portal's.
    env: { NODE_OPTIONS: "" },
    stdout: "pipe",
    stderr: "pipe",
    timeout: 300_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
  },
});
