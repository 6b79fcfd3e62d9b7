import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "@/scripts/environment";

export interface Service {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  networks?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  volumes?: string[];
  ports?: string[];
  read_only?: boolean;
  tmpfs?: string[];
}

export const COMPOSE_TEXT = readFileSync(join(ROOT, "compose.yaml"), "utf8");

/** compose.yaml as it is read, its values with their variables. */
export const COMPOSE = parse(COMPOSE_TEXT, { merge: true }) as {
  services: Record<string, Service>;
  networks: Record<
    string,
    { internal?: boolean; enable_ipv6?: string; ipam?: { config: { subnet: string }[] } } | null
  >;
  volumes: Record<string, null>;
};

/** A value with its variables filled in: what is asked for gets something that fits, the rest its default. */
export function filledIn(value: string, given: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest?: string) =>
    kind === "-" ? (given[name] ?? rest ?? "") : (given[name] ?? `no ${name}`),
  );
}

/** What PostgreSQL is told with `-c name=value`, where nobody chose otherwise. */
export function postgresSettings(): Record<string, string> {
  const words = COMPOSE.services.postgres?.command ?? [];
  const told = words.filter((_, at) => words[at - 1] === "-c");
  return Object.fromEntries(told.map((word) => filledIn(word, {}).split("=")));
}
