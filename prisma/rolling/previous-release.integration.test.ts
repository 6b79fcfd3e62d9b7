import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, inject, test } from "vitest";
import { makeOwnedDatabase, type OwnedDatabase } from "@/tests/owned-database";
import { ROOT } from "../../scripts/environment";
import previous from "./previous-release.json";

/*
 * The previous release's own tests, on its own code, against this release's schema: what an older portal does while it is being
 * replaced. Connected as a user who owns the database and is no superuser, since a superuser would not notice what is closed to others.
 *
 * It shows that the older code works on the newer schema. It doesn't show both releases at work at the same moment, nor how long a
 * migration takes (rules.test.ts looks after that). Without the older release's commit, as in a shallow clone, it is left out.
 */

/** What portal and worker do with the tables: both sides of a payment's life, deliveries, lists. */
const ITS_TESTS = [
  "features/gateway/exactly-once",
  "features/payments/life",
  "features/messages/delivery",
  "features/invoices/list",
  "features/invoices/mutations/share",
];

/** What it asks of the tables themselves and they don't say any more: ids are each party's own (20261122002402). */
const BUT = "nobody reaches a third party's invoice by using its id";

const server = inject("postgresUrl");
/** A database with this release's schema, for the older release's tests to copy. */
let template: OwnedDatabase | undefined;
const folder = mkdtempSync(join(tmpdir(), "chukta-previous-"));
const hasHistory = spawnSync("git", ["cat-file", "-e", `${previous.commit}^{commit}`], { cwd: ROOT }).status === 0;

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await template?.drop();
});

/** The older release's files, with its client generated, and its tests led to the template. */
async function unpack({ name, url }: OwnedDatabase): Promise<void> {
  const archive = spawn("git", ["archive", previous.commit], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const tar = spawn("tar", ["-x", "-C", folder], { stdio: [archive.stdout, "ignore", "inherit"] });
  expect(await once(tar, "exit")).toEqual([0, null]);
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const generated = join(folder, "lib/generated");
  mkdirSync(generated, { recursive: true });
  await run(["--import", "tsx", "--conditions=react-server", "scripts/generate.ts"]);
  const file = join(folder, "tests/database.ts");
  writeFileSync(file, readFileSync(file, "utf8").replace("chukta_template", name));
  writeFileSync(
    join(folder, "tests/postgres.ts"),
    `export default (project: { provide: (name: string, value: string) => void }) =>
       project.provide("postgresUrl", ${JSON.stringify(url("postgres"))});`,
  );
}

async function run(args: string[]): Promise<string> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: "", NODE_ENV: "test", VITEST: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return out + err;
}

test.skipIf(!hasHistory)(
  `release ${previous.release} works on this release's tables`,
  async () => {
    template = await makeOwnedDatabase(server, `previous_${process.pid}`);
    await unpack(template);
    const vitest = join(createRequire(import.meta.url).resolve("vitest/package.json"), "../vitest.mjs");
    const report = join(folder, "report.json");
    const said = await run([
      vitest,
      "run",
      "--project",
      "integration",
      "--reporter=json",
      // Two runs of tests at once on a busy machine are slow, and that is not what is asked here.
      "--testTimeout=120000",
      `--testNamePattern=^(?!.*${BUT})`,
      `--outputFile=${report}`,
      ...ITS_TESTS,
    ]);
    expect(existsSync(report), said).toBe(true);
    const { testResults, numPassedTests } = JSON.parse(readFileSync(report, "utf8"));
    const failed = testResults.flatMap(
      ({ assertionResults, message }: { assertionResults: Result[]; message: string }) => [
        ...assertionResults
          .filter(({ status }) => status === "failed")
          .map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]?.slice(0, 300)}`),
        ...(message ? [message] : []),
      ],
    );
    expect(failed).toEqual([]);
    expect(numPassedTests).toBeGreaterThan(40);
  },
  240_000,
);

interface Result {
  status: string;
  fullName: string;
  failureMessages: string[];
}
