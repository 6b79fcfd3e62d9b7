import { PASSWORD } from "../world/people";
import type { World } from "../world/world";
import type { Secret } from "./find";
import { secretsInDatabase, secretsOfSettings } from "./secrets";

/** Everything secret of the attacked portal, as it stands now. */
export async function secretsOfRun(world: World): Promise<Secret[]> {
  const keys = [world.alpha.apiKey, world.beta.apiKey, world.gamma.apiKey, world.revokedKey];
  return [
    ...secretsOfSettings(process.env),
    ...keys.map((value) => ({ what: "an API key", value })),
    { what: "a password", value: PASSWORD },
    ...(await secretsInDatabase(process.env.DATABASE_URL ?? "")),
  ];
}
