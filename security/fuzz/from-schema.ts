import fc from "fast-check";
import type { Schema } from "@/features/openapi/document";
import type { Random } from "./random";

/** Texts that mean something in the books, by the name of the field: without them a fuzz never gets past the first look-up. */
export type Words = Readonly<Record<string, (random: Random) => unknown>>;

const patterns = new Map<string, readonly string[]>();

/** Some texts that match a pattern; made once. Of a pattern that can't be turned around: none. */
function matching(pattern: string): readonly string[] {
  const known = patterns.get(pattern);
  if (known) return known;
  let made: string[] = [];
  try {
    made = fc.sample(fc.stringMatching(new RegExp(pattern, "u")), { numRuns: 60, seed: 1 });
  } catch {
    // Unicode classes and the like: ordinary words do.
  }
  patterns.set(pattern, made);
  return made;
}

const LETTERS = "abcdefghij KLMNOP0123456789/-.@अआइ";

function text(schema: Schema, random: Random): string {
  switch (schema.format) {
    case "uuid":
      return `${random.hex(8)}-${random.hex(4)}-7${random.hex(3)}-8${random.hex(3)}-${random.hex(12)}`;
    case "date":
      return `20${10 + random.int(89)}-0${1 + random.int(9)}-1${random.int(10)}`;
    case "date-time":
      return `2026-1${random.int(2)}-${10 + random.int(18)}T1${random.int(10)}:00:00+05:30`;
    case "email":
      return `person${random.int(50)}@example.in`;
  }
  const found = schema.pattern ? matching(schema.pattern) : [];
  if (found.length > 0 && random.chance(0.9)) return random.pick(found);
  const [least, most] = [schema.minLength ?? 0, schema.maxLength ?? 60];
  const size = random.chance(0.05) ? most + random.int(2) : Math.max(least, random.length(Math.min(most, 100)));
  return Array.from({ length: Math.max(0, size) }, () => LETTERS.charAt(random.int(LETTERS.length))).join("");
}

function numeral(schema: Schema, random: Random): number {
  const [least, most] = [schema.minimum ?? 0, schema.maximum ?? 1_000_000];
  if (random.chance(0.1)) return random.pick([least, most, least - 1, most + 1]);
  const whole = least + Math.floor(random.length(Math.min(most - least, 1_000_000)));
  return schema.type === "integer" || random.chance(0.6) ? whole : whole + random.int(100) / 100;
}

/**
 * A value that the schema allows, or nearly: each message of the fuzz begins as one.
 * @param resolve finds what a `$ref` stands for
 */
export function fromSchema(
  schema: Schema,
  random: Random,
  { words, resolve, name = "" }: { words: Words; resolve: (schema: Schema) => Schema; name?: string },
): unknown {
  const meant = words[name];
  if (meant && random.chance(0.8)) return meant(random);
  const { type, ...known } = resolve(schema);
  const inner = (part: Schema, partName = name) => fromSchema(part, random, { words, resolve, name: partName });
  if (known.const !== undefined) return known.const;
  if (known.enum) return random.pick(known.enum);
  const choices = known.anyOf ?? known.oneOf;
  if (choices) return inner(random.pick(choices));
  const kind = Array.isArray(type) ? random.pick(type) : type;
  switch (kind) {
    case "object":
      return Object.fromEntries(
        Object.entries(known.properties ?? {})
          .filter(([key]) => known.required?.includes(key) || random.chance(0.5))
          .map(([key, part]) => [key, inner(part, key)]),
      );
    case "array": {
      const most = Math.min(known.maxItems ?? 3, 3);
      const count = Math.max(known.minItems ?? 0, random.int(most + 1));
      return Array.from({ length: count }, () => inner(known.items ?? {}));
    }
    case "string":
      return text(known, random);
    case "integer":
    case "number":
      return numeral({ type, ...known } as Schema, random);
    case "boolean":
      return random.chance(0.5);
    case "null":
      return null;
    default:
      return random.pick<unknown>(["text", 1, null]);
  }
}
