import { join } from "node:path";
import { demoEnvironment } from "../../scripts/environment";
import type { Secret } from "../../security/leaks/find";
import { secretsInDatabase, secretsInDemoFile, secretsOfSettings } from "../../security/leaks/secrets";

/** Where the stack keeps its logs and the demo's file. */
export const stackFolder = () => process.env.CHUKTA_FOLDER ?? "";

const databaseUrl = () => process.env.CHUKTA_DATABASE_URL ?? "";

/** Everything secret of the portal that the tests look at, as it stands now. */
export async function portalSecrets(): Promise<Secret[]> {
  return [
    ...secretsOfSettings(demoEnvironment({ DATABASE_URL: databaseUrl() })),
    ...secretsInDemoFile(join(stackFolder(), "demo.json")),
    ...(await secretsInDatabase(databaseUrl())),
  ];
}
