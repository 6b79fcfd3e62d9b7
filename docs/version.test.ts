import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import packageJson from "../package.json";
import previous from "../prisma/rolling/previous-release.json";

const read = (file: string) => readFileSync(join(import.meta.dirname, "..", file), "utf8");

test("the version is the same wherever it stands, and the changelog knows the release before", () => {
  const [newest, before] = [...read("CHANGELOG.md").matchAll(/^## (\d+\.\d+\.\d+)/gm)].map(([, version]) => version);
  expect(newest).toBe(packageJson.version);
  expect(before).toBe(previous.release);
  const packageLock = JSON.parse(read("package-lock.json"));
  expect(packageLock.version).toBe(packageJson.version);
  expect(packageLock.packages[""].version).toBe(packageJson.version);
  expect(/chukta:\$\{CHUKTA_VERSION:-(.+?)\}/.exec(read("compose.yaml"))?.[1]).toBe(packageJson.version);
});
