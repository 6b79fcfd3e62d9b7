const held = globalThis as { chuktaStopping?: boolean; chuktaMigrations?: readonly string[] };

/** From now on this process reports itself as not ready, so that no new work is sent to it. */
export function beginStopping(): void {
  held.chuktaStopping = true;
}

export function isStopping(): boolean {
  return held.chuktaStopping === true;
}

/**
 * The migrations without which this process can't work: its own release's. What a newer release adds beside it, perhaps for minutes, is
 * no reason to take no work (docs/decisions/025).
 */
export function needMigrations(names: readonly string[]): void {
  held.chuktaMigrations = names;
}

export function neededMigrations(): readonly string[] {
  return held.chuktaMigrations ?? [];
}
