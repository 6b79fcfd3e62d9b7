import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../../scripts/environment";

/** PostgreSQL's settings as compose.yaml has them where nobody chose others: `-c name=value`, or `-c name=${VARIABLE:-value}`. */
export function composeSettings(): Record<string, string> {
  const { services } = parse(readFileSync(join(ROOT, "compose.yaml"), "utf8"), { merge: true });
  const words: string[] = services.postgres.command;
  const settings = words.flatMap((word, at) => {
    const [name, value] = /^(\w+)=(?:\$\{\w+:-)?([^}]*)\}?$/.exec(word)?.slice(1) ?? [];
    return words[at - 1] === "-c" && name && value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(settings);
}
