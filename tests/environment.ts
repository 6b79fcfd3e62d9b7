import { loadEnvFile } from "node:process";
import fc from "fast-check";

/** Every test runs with the demo's settings, and says nothing in the log unless LOG_LEVEL asks for it. */
loadEnvFile(".env.demo");
process.env.CHUKTA_DEMO = "1";
process.env.LOG_LEVEL ||= "silent";
process.env.WORKER = "off";
// A unit test that reaches for a database fails at once; `tests/database.ts` gives the integration tests theirs.
process.env.DATABASE_URL = "postgresql://unit-tests-have-none@localhost:1/none";

// The same properties are tried with the same values on every run; another FC_SEED tries others.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_120) });
