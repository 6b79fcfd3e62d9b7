/** PostgreSQL's text holds neither U+0000 nor half a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

/** Where in a parsed value a text stands that the database can't keep; null when nowhere. */
export function unstorablePath(value: unknown, path: readonly PropertyKey[] = []): readonly PropertyKey[] | null {
  if (typeof value === "string") return isStorable(value) ? null : path;
  if (value === null || typeof value !== "object") return null;
  const members = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [name, member] of members) {
    const found = unstorablePath(member, [...path, name]);
    if (found) return found;
  }
  return null;
}
