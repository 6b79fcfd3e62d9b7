import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "@/scripts/environment";
import { matrixDoc } from "@/security/matrix/doc";
import { exportedMethods, findRoutes, isRouteOf } from "@/security/matrix/routes";
import { CALLER_NAMES, matrixRows, rowName, TABLE } from "@/security/matrix/table";

const routes = findRoutes();
const matrix = matrixRows();

describe("the access matrix", () => {
  test("every page and every method of an API route has a row", () => {
    const without = routes.filter(
      (route) => !matrix.some((row) => row.method === route.method && isRouteOf(route, row.path)),
    );
    expect(without.map(rowName)).toEqual([]);
  });

  test("every row has a page or a route", () => {
    const without = matrix.filter(
      (row) => !routes.some((route) => route.method === row.method && isRouteOf(route, row.path)),
    );
    expect(without.map(rowName)).toEqual([]);
  });

  test("each operation of signing in that is offered has a row", () => {
    const source = readFileSync(join(ROOT, "lib/auth-endpoint.ts"), "utf8");
    const list = /const OFFERED[^{]*\{([^}]*)\}/.exec(source)?.[1] ?? "";
    const offered = [...list.matchAll(/"(\/[\w/-]+)":/g)].map((match) => `POST /api/auth${match[1]}`);
    expect(offered.length).toBeGreaterThan(5);
    expect(offered.filter((name) => !matrix.some((row) => rowName(row) === name))).toEqual([]);
  });

  test("no row stands there twice, and each has a cell for every caller", () => {
    expect(new Set(matrix.map(rowName)).size).toBe(matrix.length);
    for (const row of matrix) expect(Object.keys(row.cells)).toEqual(CALLER_NAMES);
  });

  test("the routes are found: pages, route groups, and methods however they are exported", () => {
    expect(routes.length).toBeGreaterThan(60);
    expect(routes.map(rowName)).toContain("GET /b/[business]/bills/[id]/edit");
    expect(routes.map(rowName)).toContain("PATCH /api/v0/payment/req-pay");
    expect(exportedMethods("export { handle as DELETE, handle as GET };\nexport async function POST() {}")).toEqual([
      "GET",
      "POST",
      "DELETE",
    ]);
    expect(exportedMethods("export const { GET, POST: PUT } = handlers;\nexport const dynamic = 1;")).toEqual([
      "GET",
      "PUT",
    ]);
  });

  test("a line that can't be read is refused, not skipped", () => {
    const lines = TABLE.trim().split("\n");
    const [header = "", row = ""] = lines;
    expect(() => matrixRows(`${header}\n${row} 200`)).toThrow("cells");
    expect(() => matrixRows(`${header}\n${row.replace("sign-in", "sign-on")}`)).toThrow("sign-on");
    expect(() => matrixRows(header.replace("viewer", "reader"))).toThrow("callers");
  });

  // Whoever isn't known gets in nowhere, whatever is written in the table later.
  test("nobody, forged and old signatures and revoked keys are never let in where a business's data is", () => {
    const closed = matrix.filter(({ path }) => /\[business\]|\/api\/v0\//.test(path));
    expect(closed.length).toBeGreaterThan(50);
    for (const row of closed)
      for (const caller of [
        "none",
        "forged",
        "old",
        "revoked",
        "removed",
        "stranger",
        "other key",
        "newcomer",
      ] as const)
        expect(row.cells[caller], `${rowName(row)} by ${caller}`).not.toMatch(/^2/);
    const openToInvited = closed.filter((row) => row.cells.invited.startsWith("2")).map(rowName);
    expect(openToInvited).toEqual(["POST /api/v1/businesses/[business]/join"]);
  });

  test("docs/access-matrix.md is what the table makes", async () => {
    await expect(matrixDoc()).toMatchFileSnapshot("../../docs/access-matrix.md");
  });
});
