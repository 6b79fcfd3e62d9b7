import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ApiDocument, Schema } from "@/features/openapi/document";
import { V1_OPERATIONS } from "@/features/openapi/operations";
import { v0Document } from "@/features/openapi/v0";
import { v1Document } from "@/features/openapi/v1";
import { V1_EXAMPLES, V1_PARAMETERS } from "@/features/openapi/v1-examples";
import { FIELD_CODES } from "@/lib/errors";
import { ANVAYA, KAVERI } from "@/prisma/demo-data";

const documents: [string, ApiDocument][] = [
  ["v0", v0Document("https://portal.example")],
  ["v1", v1Document("https://portal.example")],
];

/** Every object in a document with its JSON pointer. */
function* walk(value: unknown, at = "#"): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield [at, value as Record<string, unknown>];
  for (const [key, inner] of Object.entries(value)) {
    if (key === "examples" || key === "example") continue;
    yield* walk(inner, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
}

function lookUp(document: ApiDocument, pointer: string): unknown {
  return pointer
    .slice(2)
    .split("/")
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], document);
}

const operationsOf = (document: ApiDocument) =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );

const KEYWORDS = new Set(
  "$ref type title description format pattern enum const default examples minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems uniqueItems properties required additionalProperties propertyNames items prefixItems anyOf oneOf allOf not".split(
    " ",
  ),
);
const TYPES = ["object", "array", "string", "integer", "number", "boolean", "null"];

function checkSchema(schema: Schema, at: string): void {
  for (const key of Object.keys(schema)) expect(KEYWORDS, `${at} has ${key}`).toContain(key);
  for (const type of [schema.type ?? []].flat()) expect(TYPES, at).toContain(type);
  if (schema.pattern !== undefined) expect(() => new RegExp(schema.pattern ?? "", "u"), at).not.toThrow();
  for (const name of schema.required ?? []) expect(Object.keys(schema.properties ?? {}), at).toContain(name);
  for (const [name, inner] of Object.entries(schema.properties ?? {})) checkSchema(inner, `${at}.${name}`);
  if (typeof schema.additionalProperties === "object") checkSchema(schema.additionalProperties, `${at}.*`);
  if (schema.items) checkSchema(schema.items, `${at}[]`);
  for (const inner of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    checkSchema(inner, at);
}

describe.each(documents)("the OpenAPI document of %s", (_, document) => {
  test("is plain JSON, and stays the same through it", () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  test("has the fields that OpenAPI 3.1 asks for", () => {
    expect(document).toMatchObject({
      openapi: "3.1.1",
      info: { title: expect.any(String), version: expect.any(String) },
    });
    for (const { path, operation } of operationsOf(document)) {
      expect(path).toMatch(/^\/api\/v[01]\//);
      expect(Object.keys(operation.responses)).not.toHaveLength(0);
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[1-5]\d\d$/);
        expect(response.description).not.toBe("");
      }
      for (const tag of operation.tags) expect(document.tags.map(({ name }) => name)).toContain(tag);
      for (const scheme of operation.security.flatMap(Object.keys))
        expect(Object.keys(document.components.securitySchemes)).toContain(scheme);
    }
  });

  test("names each operation once", () => {
    const ids = operationsOf(document).map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("refers only to what is there", () => {
    for (const [at, value] of walk(document)) {
      if (typeof value.$ref === "string") expect(lookUp(document, value.$ref), `${at} → ${value.$ref}`).toBeDefined();
    }
  });

  test("declares exactly the parameters of each path", () => {
    for (const { path, operation } of operationsOf(document)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(declared.map(({ name }) => name).sort(), path).toEqual(inPath.sort());
      const all = (operation.parameters ?? []).map((parameter) => `${parameter.in}:${parameter.name}`);
      expect(new Set(all).size, path).toBe(all.length);
    }
  });

  test("has only schemas of JSON Schema 2020-12", () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) checkSchema(schema, name);
    for (const { operation } of operationsOf(document)) {
      const contents = [operation.requestBody, ...Object.values(operation.responses)].flatMap((one) =>
        Object.values(one?.content ?? {}),
      );
      for (const { schema } of contents) checkSchema(schema, operation.operationId);
      for (const { schema, name } of operation.parameters ?? [])
        checkSchema(schema, `${operation.operationId} ${name}`);
    }
  });
});

/** The routes under a folder with their methods, as the files declare them: `GET /api/v1/…/{business}`. */
function routesUnder(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("/route.ts"));
  return files.flatMap((found) => {
    const file = `${folder}/${found}`;
    const path = `/${file
      .replace(/^app\//, "")
      .replace(/\/route\.ts$/, "")
      .replace(/\[(\w+)\]/g, "{$1}")}`;
    const exported = readFileSync(file, "utf8").match(/^export \{[^}]*\}|^export .*$/gm) ?? [];
    const methods = exported.flatMap((line) => line.match(/\b(GET|POST|PUT|PATCH|DELETE)\b/g) ?? []);
    return methods.map((method) => `${method} ${path}`);
  });
}

const documented = (document: ApiDocument) =>
  operationsOf(document).map(({ path, method }) => `${method.toUpperCase()} ${path}`);

test("whoever may be asked to wait is told how long, and every reply has its request's id", () => {
  for (const [, document] of documents) {
    for (const { operation } of operationsOf(document)) {
      for (const [status, { headers = {} }] of Object.entries(operation.responses)) {
        const at = `${operation.operationId} ${status}`;
        expect("Retry-After" in headers, at).toBe(["429", "503"].includes(status));
        expect(headers, at).toHaveProperty("X-Request-Id");
      }
    }
  }
});

test("what any operation of /api/v1 may be refused with is in its document, a defect of the portal too", () => {
  for (const { operation } of operationsOf(v1Document("")))
    expect(Object.keys(operation.responses), operation.operationId).toEqual(
      expect.arrayContaining(["401", "403", "404", "429", "500", "503"]),
    );
});

test("every code that a field is refused with is told", () => {
  const { errors } = v1Document("").components.schemas.Problem?.properties ?? {};
  for (const code of Object.keys(FIELD_CODES)) expect(errors?.items?.properties?.code?.description).toContain(code);
});

test("amounts are no trap for validators, which divide by what `multipleOf` says", () => {
  for (const [at, schema] of walk(v0Document(""))) expect(schema, at).not.toHaveProperty("multipleOf");
});

test("patterns are such as every language's expressions have", () => {
  for (const [, document] of documents)
    for (const [at, { pattern }] of walk(document))
      if (typeof pattern === "string") expect(pattern, at).not.toMatch(/\\[pP0]/);
});

test("the examples name parties of the demo", () => {
  expect(V1_PARAMETERS).toMatchObject({ business: ANVAYA.slug, b2bId: KAVERI.b2bId });
  expect(V1_EXAMPLES.createInvoice).toMatchObject({ counterparty: { b2bId: KAVERI.b2bId, name: KAVERI.tradeName } });
  expect(V1_EXAMPLES.createPayment).toMatchObject({ supplierB2BId: KAVERI.b2bId });
});

test("every route of /api/v1 has an operation, and every operation a route", () => {
  expect(documented(v1Document("")).sort()).toEqual(routesUnder("app/api/v1").sort());
});

test("every path of /api/v0 is in its document", () => {
  // They take POST alone, and answer every other method with 405.
  const paths = new Set(routesUnder("app/api/v0").map((route) => `POST ${route.split(" ")[1]}`));
  expect(documented(v0Document("")).sort()).toEqual([...paths].sort());
});

test("every operation with a body has an example that its own schema takes", () => {
  for (const { id, body } of V1_OPERATIONS) {
    if (body) expect(body.safeParse(V1_EXAMPLES[id]), id).toMatchObject({ success: true });
  }
});

test("every operation of /api/v1 with a body says how large it may be, and what is answered to one that can't be used", () => {
  for (const { operation } of operationsOf(v1Document(""))) {
    const { operationId, requestBody, responses } = operation;
    if (requestBody) expect(requestBody.description, operationId).toBe("At most 64 KB of JSON.");
    for (const status of ["413", "415"])
      expect(status in responses, `${operationId} ${status}`).toBe(requestBody !== undefined);
  }
});
