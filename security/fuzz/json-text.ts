/** Text that is written into a message as it is, JSON or not. */
export class Raw {
  constructor(readonly text: string) {}
}

/** An object whose members are written as they are given: a name may come twice, or be `__proto__`. */
export class Members {
  constructor(readonly entries: [string, unknown][]) {}
}

/** The members of an object, however it is held; null for anything else. */
export function entriesOf(value: unknown): [string, unknown][] | null {
  if (value instanceof Members) return value.entries;
  if (value === null || typeof value !== "object" || Array.isArray(value) || value instanceof Raw) return null;
  return Object.entries(value);
}

/** A value as the text of a message. */
export function writeJson(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeJson).join(",")}]`;
  const entries = entriesOf(value);
  if (entries)
    return `{${entries
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`)
      .join(",")}}`;
  return JSON.stringify(value) ?? "null";
}
