import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../../scripts/environment";
import { runMain } from "../../scripts/problem";
import { readLock } from "./lock";
import { bomOf } from "./sbom";

/** `npm run sbom [-- file]`: what the portal is made of, as CycloneDX 1.6, from the lock file. */
void runMain(async () => {
  // A word that begins with a dash is refused: it would else be a file of that name.
  const { positionals } = parseArgs({ allowPositionals: true });
  const file = positionals[0] ?? join(ROOT, "sbom.cdx.json");
  const bom = bomOf(readLock());
  writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`);
  const count = (scope: string) => bom.components.filter((component) => component.scope === scope).length;
  console.log(
    `${file}: ${bom.components.length} packages (${count("required")} required, ${count("optional")} optional, ${count("excluded")} for tests alone)`,
  );
  return 0;
});
