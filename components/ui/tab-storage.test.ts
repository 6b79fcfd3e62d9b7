import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clearTabStorage, tabStorageOf } from "@/components/ui/tab-storage";
import { SessionStorage } from "@/tests/session-storage";

const asha = tabStorageOf("asha");
const ravi = tabStorageOf("ravi");

beforeEach(() => vi.stubGlobal("sessionStorage", new SessionStorage()));
afterEach(() => vi.unstubAllGlobals());

test("each person has their own in the same tab, and whoever comes back finds it", () => {
  asha.keep("chosen:anvaya", "bills");
  expect([ravi.read("chosen:anvaya"), ravi.keysOf("")]).toEqual([null, []]);
  ravi.keep("chosen:anvaya", "others");
  ravi.drop("chosen:kaveri");
  expect([asha.read("chosen:anvaya"), ravi.read("chosen:anvaya")]).toEqual(["bills", "others"]);
  ravi.drop("chosen:anvaya");
  expect([asha.keysOf("chosen:"), asha.keysOf("pay:"), ravi.keysOf("")]).toEqual([["chosen:anvaya"], [], []]);
});

test("sign-out leaves nothing of anybody's, also of what a release before has kept, and nothing else goes", () => {
  asha.keep("chosen:anvaya", "bills");
  ravi.keep("pay:anvaya::x", "draft");
  for (const key of ["chukta.chosen.anvaya", "chukta:pay:anvaya::x", "another's"]) sessionStorage.setItem(key, "x");
  clearTabStorage();
  expect(Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index))).toEqual(["another's"]);
});

test("where nothing can be kept, nothing is, and nothing fails", () => {
  vi.stubGlobal("sessionStorage", undefined);
  asha.keep("chosen:anvaya", "bills");
  asha.drop("chosen:anvaya");
  clearTabStorage();
  expect([asha.read("chosen:anvaya"), asha.keysOf("")]).toEqual([null, []]);
});

test("nothing of the portal's keeps anything in the browser past this", () => {
  const keeping = ["app", "components", "features", "lib"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.startsWith("generated"))
      .map((file) => join(folder, file))
      .filter((file) =>
        /\b(sessionStorage|localStorage|indexedDB|document\.cookie)\b/.test(readFileSync(file, "utf8")),
      ),
  );
  expect(keeping).toEqual(["components/ui/tab-storage.ts"]);
});
