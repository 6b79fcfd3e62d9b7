import type { Schema } from "@/features/openapi/document";
import { resolve } from "@/features/openapi/json-schema";

/** One field of a message, as the reference lists it. */
export interface FieldRow {
  /** `lines[].splits[].name` */
  path: string;
  type: string;
  required: boolean;
  description: string;
}

type Components = Record<string, Schema>;

const alternatives = (schema: Schema): Schema[] => schema.anyOf ?? schema.oneOf ?? [];
const isNull = (schema: Schema) => schema.type === "null";

/** What kind of value a schema asks for, in a few words: `text`, `whole number or null`, `list of text`. */
export function typeWords(given: Schema, components: Components): string {
  const schema = resolve(given, components);
  if (schema.enum) return schema.enum.length <= 12 ? schema.enum.map(String).join(" | ") : "one of a list";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const options = alternatives(schema);
  if (options.length > 0) return [...new Set(options.map((option) => typeWords(option, components)))].join(" or ");
  return [schema.type ?? "any"]
    .flat()
    .map((type) => {
      if (type === "array") return `list of ${schema.items ? typeWords(schema.items, components) : "anything"}`;
      if (type === "string") return schema.format ?? "text";
      return { object: "object", integer: "whole number", number: "number", boolean: "true or false" }[type] ?? type;
    })
    .join(" or ");
}

function limits(schema: Schema): string {
  const words = [];
  if (schema.minLength !== undefined || schema.maxLength !== undefined)
    words.push(`${schema.minLength ?? 0} to ${schema.maxLength ?? "any number of"} characters.`);
  if (schema.minimum !== undefined) words.push(`At least ${schema.minimum}.`);
  if (schema.maximum !== undefined) words.push(`At most ${schema.maximum}.`);
  if (schema.maxItems !== undefined) words.push(`At most ${schema.maxItems} of them.`);
  if (schema.pattern !== undefined) words.push(`Pattern ${schema.pattern}`);
  if (schema.default !== undefined && schema.default !== "")
    words.push(`${JSON.stringify(schema.default)} when left out.`);
  return words.join(" ");
}

/** Words about one value: what it is for, and what it must be. */
export function fieldWords(given: Schema, components: Components): string {
  const schema = resolve(given, components);
  return [given.description ?? schema.description, limits(schema)].filter(Boolean).join(" ");
}

/** The object that a schema leads to, through references, lists and "or null". */
function objectIn(given: Schema, components: Components): { schema: Schema; suffix: string } | null {
  const schema = resolve(given, components);
  if (schema.properties) return { schema, suffix: "" };
  if (schema.items) {
    const inner = objectIn(schema.items, components);
    return inner && { ...inner, suffix: `[]${inner.suffix}` };
  }
  const [only, ...others] = alternatives(schema).filter((option) => !isNull(option));
  return only && others.length === 0 ? objectIn(only, components) : null;
}

/** Every field of a message, nested ones by their path, in the order of the schema. */
export function fieldRows(given: Schema, components: Components, prefix = ""): FieldRow[] {
  const found = objectIn(given, components);
  if (!found) return [];
  const start = prefix || found.suffix ? `${prefix}${found.suffix}.` : "";
  return Object.entries(found.schema.properties ?? {}).flatMap(([name, property]) => [
    {
      path: `${start}${name}`,
      type: typeWords(property, components),
      required: found.schema.required?.includes(name) ?? false,
      description: fieldWords(property, components),
    },
    ...fieldRows(property, components, `${start}${name}`),
  ]);
}
