import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runAt } from "@/tests/owned-database";
import { ensureDatabase, startPostgres } from "./postgres";

test("programs that start at once, on an empty folder and on one with data, share one server", async () => {
  const folder = mkdtempSync(join(tmpdir(), "chukta-at-once-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const when of ["empty", "with data"]) {
    const clusters = await Promise.all([1, 2, 3].map(() => startPostgres({ folder, throwaway: true })));
    expect(
      clusters.filter(({ adopted }) => !adopted),
      when,
    ).toHaveLength(1);
    const urls = await Promise.all(clusters.map((cluster) => ensureDatabase(cluster, "chukta")));
    for (const url of urls) expect(await runAt(url, "SELECT 1 AS one"), when).toEqual([{ one: 1 }]);
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  }
}, 120_000);
