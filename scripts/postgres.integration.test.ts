import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startPostgres } from "./postgres";

test("programs that start at once, on an empty folder and on one with data, share one server", async () => {
  const folder = mkdtempSync(join(tmpdir(), "chukta-at-once-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const when of ["empty", "with data"]) {
    const clusters = await Promise.all([1, 2, 3].map(() => startPostgres({ folder, throwaway: true })));
    expect(
      clusters.filter(({ adopted }) => !adopted),
      when,
    ).toHaveLength(1);
    for (const cluster of clusters) expect((await cluster.admin("SELECT 1")).rowCount, when).toBe(1);
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  }
}, 120_000);
