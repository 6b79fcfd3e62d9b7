import { z } from "zod";
import type { Schema } from "@/features/openapi/document";

const PREFIX = "#/$defs/";

/**
 * Says the same in fewer words: bounds that every integer has, and patterns that only spell out a format. And control characters as every
 * language's expressions name them: Python's know no `\p{Cc}`, and a client made from the document compiles each pattern.
 */
function tidy(
  { zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: z.core.JSONSchema.BaseSchema },
  io: "input" | "output",
) {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (["date", "date-time", "uuid", "email"].includes(jsonSchema.format ?? "")) delete jsonSchema.pattern;
  jsonSchema.pattern &&= jsonSchema.pattern.replaceAll("\\p{Cc}", "\\x00-\\x1f\\x7f-\\x9f").replaceAll("\\0", "\\x00");
  // What goes out may get new fields one day; what comes in is strict.
  if (io === "output" && zodSchema._zod.def.type === "object") delete jsonSchema.additionalProperties;
}

/**
 * A zod schema as JSON Schema, in zod's own words. Schemas that carry an `id` become components, and are referred to.
 * @param components gets those; the same id always stands for the same schema.
 */
export function toSchema(schema: z.ZodType, io: "input" | "output", components: Record<string, Schema>): Schema {
  const {
    $schema: _,
    $defs = {},
    ...root
  } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io,
    unrepresentable: "any",
    override: (context) => tidy(context, io),
  });
  for (const [id, definition] of Object.entries($defs)) components[id] = withComponents(definition) as Schema;
  return withComponents(root) as Schema;
}

function withComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withComponents);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "id" || typeof (value as { id: unknown }).id !== "string")
      .map(([key, inner]) =>
        key === "$ref" && typeof inner === "string"
          ? [key, inner.replace(PREFIX, "#/components/schemas/")]
          : [key, withComponents(inner)],
      ),
  );
}

/** The schema that a reference stands for. */
export function resolve(schema: Schema, components: Record<string, Schema>): Schema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  if (name === undefined) return schema;
  const found = components[name];
  if (!found) throw new Error(`there is no schema ${name}`);
  return found;
}
