import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { NODE_ARGS, ROOT } from "@/scripts/environment";
import { needlesslyAllowed, unknownInstallScripts } from "@/security/supply/install-scripts";
import { licencesDoc, unknownLicences } from "@/security/supply/licences";
import { type LockedPackage, readLock, resolveFrom } from "@/security/supply/lock";
import { bomOf, purlOf } from "@/security/supply/sbom";

const lock = readLock();
const bom = bomOf(lock);

const invented = (change: Partial<LockedPackage>): LockedPackage => ({
  place: "node_modules/invented",
  name: "invented",
  version: "1.0.0",
  licence: "MIT",
  integrity: null,
  dev: false,
  optional: false,
  hasInstallScript: false,
  needs: [],
  ...change,
});

describe("licences", () => {
  test("each of a package that runs or builds the portal is on the list", () => {
    expect(unknownLicences(lock.packages)).toEqual([]);
  });

  test("one that isn't would be seen, and one that was looked at holds for its own package alone", () => {
    const licences = ["AGPL-3.0-only", "GPL-3.0-or-later", "UNLICENSED", "MPL-2.0", "MIT AND GPL-2.0-only", null];
    const packages = licences.map((licence) => invented({ licence }));
    expect(unknownLicences(packages)).toHaveLength(licences.length);
    expect(
      unknownLicences([
        invented({ licence: "(GPL-2.0-only OR MIT)" }),
        invented({ licence: "AGPL-3.0-only", dev: true }),
      ]),
    ).toEqual([]);
  });

  test("docs/licences.md is what the lock file makes", async () => {
    await expect(licencesDoc()).toMatchFileSnapshot("../../docs/licences.md");
  });
});

describe("install scripts", () => {
  test("each is on the list with a reason, and nothing else is", () => {
    expect(unknownInstallScripts(lock.packages)).toEqual([]);
    expect(needlesslyAllowed(lock.packages)).toEqual([]);
  });

  test("one that isn't would be seen", () => {
    expect(unknownInstallScripts([invented({ hasInstallScript: true, name: "prisma-helper" })])).toHaveLength(1);
  });
});

describe("the bill of materials", () => {
  test("has every package of the lock file once, with a hash and a licence", () => {
    const expected = new Set(lock.packages.filter((one) => one.place !== "").map(purlOf));
    expect(new Set(bom.components.map((component) => component.purl))).toEqual(expected);
    expect(bom.components).toHaveLength(expected.size);
    for (const { purl, hashes, licenses } of bom.components) {
      expect(hashes?.[0]?.content, purl).toMatch(/^[0-9a-f]{128}$/);
      expect(licenses, purl).toHaveLength(1);
    }
  });

  // The rules of the CycloneDX 1.6 schema that a list of packages can break.
  test("keeps the format's rules: references that are unique and lead somewhere, each component once in the graph", () => {
    const refs = [bom.metadata.component["bom-ref"], ...bom.components.map((component) => component["bom-ref"])];
    expect(new Set(refs).size).toBe(refs.length);
    expect(bom.dependencies.map(({ ref }) => ref).sort()).toEqual([...refs].sort());
    for (const { dependsOn } of bom.dependencies) {
      expect(new Set(dependsOn).size).toBe(dependsOn.length);
      for (const ref of dependsOn) expect(refs).toContain(ref);
    }
    for (const component of bom.components) {
      expect(Object.values(component).every((value) => value !== undefined)).toBe(true);
      expect(["required", "optional", "excluded"]).toContain(component.scope);
    }
  });

  test("says who needs whom, as Node finds it", () => {
    const next = bom.dependencies.find(({ ref }) => ref.startsWith("pkg:npm/next@"));
    expect(next?.dependsOn.some((ref) => ref.startsWith("pkg:npm/%40swc/helpers@"))).toBe(true);
    const outer = invented({ place: "node_modules/b", name: "b" });
    const inner = invented({ place: "node_modules/a/node_modules/b", name: "b", version: "2.0.0" });
    const places = new Map([outer, inner].map((one) => [one.place, one]));
    expect(resolveFrom(places, "node_modules/a", "b")).toBe(inner);
    expect(resolveFrom(places, "node_modules/c", "b")).toBe(outer);
    expect(resolveFrom(places, "", "missing")).toBeNull();
  });

  test("what is only for tests is marked as such", () => {
    const scopes = new Map(bom.components.map(({ name, scope }) => [name, scope]));
    expect(scopes.get("next")).toBe("required");
    expect(scopes.get("biome")).toBe("excluded");
  });
});

test("an option that the bill of materials doesn't know is refused, and no file's name", () => {
  const args = (word: string) => [...NODE_ARGS, "security/supply/main.ts", word];
  try {
    const { status, stderr } = spawnSync(process.execPath, args("--help"), { cwd: ROOT, encoding: "utf8" });
    expect({ status, said: stderr }).toEqual({ status: 1, said: expect.stringMatching(/^Unknown option '--help'/) });
    expect(existsSync(join(ROOT, "--help"))).toBe(false);
  } finally {
    rmSync(join(ROOT, "--help"), { force: true });
  }
});
