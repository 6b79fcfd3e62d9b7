import { loadEnvFile } from "node:process";

/** Every test runs with the demo's settings, and says nothing in the log unless LOG_LEVEL asks for it. */
loadEnvFile(".env.demo");
process.env.CHUKTA_DEMO = "1";
process.env.LOG_LEVEL ||= "silent";
process.env.WORKER = "off";
// A unit test that reaches for a database fails at once; `tests/database.ts` gives the integration tests theirs.
process.env.DATABASE_URL = "postgresql://unit-tests-have-none@localhost:1/none";
