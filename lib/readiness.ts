const held = globalThis as { chuktaStopping?: boolean };

/** From now on this process reports itself as not ready, so that no new work is sent to it. */
export function beginStopping(): void {
  held.chuktaStopping = true;
}

export function isStopping(): boolean {
  return held.chuktaStopping === true;
}
