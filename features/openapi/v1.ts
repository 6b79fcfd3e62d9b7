import { z } from "zod";
import {
  type ApiDocument,
  type ApiOperation,
  type ApiResponse,
  DIALECT,
  type Parameter,
  type Schema,
} from "@/features/openapi/document";
import { headersOf } from "@/features/openapi/headers";
import { resolve, toSchema } from "@/features/openapi/json-schema";
import { V1_OPERATIONS } from "@/features/openapi/operations";
import { V1_EXAMPLES, V1_PARAMETERS } from "@/features/openapi/v1-examples";
import { APP_ERROR_STATUS, FIELD_CODES } from "@/lib/errors";
import { MAX_BODY_BYTES, type Operation, TABLE_TYPES } from "@/lib/http/operation";

/** What comes out may get new ones one day, so they are told in words. */
const FIELD_CODE_WORDS = `For software: ${Object.entries(FIELD_CODES)
  .map(([code, words]) => `\`${code}\` (${words})`)
  .join(", ")}.`;

const problemSchema = z
  .object({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "Words for people." }),
    instance: z.string(),
    code: z.enum(Object.keys(APP_ERROR_STATUS) as [string, ...string[]]).meta({ description: "For software." }),
    requestId: z.string().meta({ description: "Also in the header x-request-id; tell it to the operator." }),
    errors: z
      .array(
        z.object({
          path: z.string(),
          message: z.string().meta({ description: "Words for people." }),
          code: z.string().optional().meta({ description: FIELD_CODE_WORDS }),
          invoiceId: z.uuid().optional().meta({ description: "With DUPLICATE_INVOICE: the one that is there." }),
        }),
      )
      .optional()
      .meta({ description: "What is wrong with which field: `lines[1].netPaise`." }),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details." });

const FILE_NAME = { "Content-Disposition": { description: "The file's name.", schema: { type: "string" } } };

const MAX_BODY = `${MAX_BODY_BYTES / 1024} KB`;

const WORDS: Record<number, string> = {
  401: "Nobody is signed in, or the API key is not valid.",
  403: "The caller's role is not enough, or an API key asks for what only people do.",
  404: "There is no such thing in this business, or no such business for this caller.",
  409: "It doesn't fit what is in the books; `detail` and `errors` say why.",
  413: `The body has more than ${MAX_BODY}.`,
  415: "The body is not sent as `application/json`, or it is packed (`Content-Encoding`).",
  422: "A field can't be used as sent; `errors` names each.",
  429: "Too many calls; Retry-After says when to come again.",
  500: "A defect here. Send the same request again to learn what became of it; tell the operator if it stays so.",
  503: "The database is away. Nothing was saved; Retry-After says when to come again.",
};

function problems(operation: Operation, schema: Schema): Record<string, ApiResponse> {
  const writes = operation.method !== "GET";
  const takes = operation.query || operation.body || operation.params;
  const statuses = [
    401,
    403,
    404,
    ...(writes ? [409] : []),
    ...(operation.body ? [413, 415] : []),
    ...(takes ? [422] : []),
    429,
    500,
    503,
  ];
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: WORDS[status] ?? "",
        headers: headersOf(status),
        content: { "application/problem+json": { schema } },
      },
    ]),
  );
}

function withExample(name: string, schema: Schema): Schema {
  const example = V1_PARAMETERS[name];
  return example === undefined ? schema : { ...schema, examples: [example] };
}

function parametersOf(operation: Operation, components: Record<string, Schema>): Parameter[] {
  const business = { type: "string", description: "The business's slug or B2B ID." };
  const fields = (schema: z.ZodType | undefined) =>
    schema ? resolve(toSchema(schema, "input", components), components) : {};
  const path = fields(operation.params).properties ?? {};
  const query = fields(operation.query);
  return [
    ...Object.entries({ business, ...path }).map(([name, { description, ...schema }]: [string, Schema]): Parameter => {
      return {
        name,
        in: "path",
        required: true,
        ...(description ? { description } : {}),
        schema: withExample(name, schema),
      };
    }),
    ...Object.entries(query.properties ?? {}).map(([name, { description, ...schema }]): Parameter => {
      // Given several times it is a list; the list alone says all.
      const list = schema.anyOf?.find((option) => option.type === "array");
      const required = query.required?.includes(name) ?? false;
      return {
        name,
        in: "query",
        required,
        ...(description ? { description } : {}),
        schema: withExample(name, list ?? schema),
      };
    }),
  ];
}

function success(operation: Operation, components: Record<string, Schema>): Record<string, ApiResponse> {
  const status = operation.status ?? (operation.response || operation.produces ? 200 : 204);
  const schema = operation.response && toSchema(operation.response, "output", components);
  const types: Record<string, { schema: Schema }> = operation.produces
    ? Object.fromEntries(Object.values(TABLE_TYPES).map((type) => [type, { schema: { type: "string" } }]))
    : schema
      ? { "application/json": { schema } }
      : {};
  const headers = { ...headersOf(status), ...(operation.produces ? FILE_NAME : {}) };
  const done = { description: "Done.", headers, ...(Object.keys(types).length > 0 ? { content: types } : {}) };
  // What carries an id of the caller's own may be sent again.
  const repeated = { ...done, description: "The same request was carried out before; nothing was done again." };
  const isRepeatable = ["createInvoice", "createPayment"].includes(operation.id);
  return isRepeatable ? { "200": repeated, "201": done } : { [status]: done };
}

function toApiOperation(operation: Operation, components: Record<string, Schema>, problem: Schema): ApiOperation {
  const example = V1_EXAMPLES[operation.id];
  const who = operation.role === "INVITED" ? "Needs an invitation" : `Needs the role ${operation.role}`;
  const needs = `${who}${operation.callers === "session" ? "; people only, no API keys" : ""}.`;
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: operation.description ? `${operation.description}\n\n${needs}` : needs,
    security: operation.callers === "session" ? [{ session: [] }] : [{ apiKey: [] }, { session: [] }],
    parameters: parametersOf(operation, components),
    ...(operation.body
      ? {
          requestBody: {
            required: true,
            description: `At most ${MAX_BODY} of JSON.`,
            content: {
              "application/json": {
                schema: toSchema(operation.body, "input", components),
                ...(example === undefined ? {} : { examples: { example: { value: example } } }),
              },
            },
          },
        }
      : {}),
    responses: { ...success(operation, components), ...problems(operation, problem) },
  };
}

/** The OpenAPI 3.1 document of the portal's own API, from the schemas that the routes themselves parse by. */
export function v1Document(publicUrl: string): ApiDocument {
  const schemas: Record<string, Schema> = {};
  const problem = toSchema(problemSchema, "output", schemas);
  const paths: ApiDocument["paths"] = {};
  for (const operation of V1_OPERATIONS) {
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = toApiOperation(operation, schemas, problem);
    paths[operation.path] = path;
  }
  return {
    openapi: "3.1.1",
    jsonSchemaDialect: DIALECT,
    info: {
      title: "Chukta API",
      version: "1",
      description: `Bills, invoices and payments of one business, for its own software and for the portal's pages: the same code. Amounts are whole paise (100 are one rupee) in fields whose names end in \`Paise\`; in files (CSV, .xlsx) they are rupees. Days are 2026-11-20, as India has them, instants ISO 8601 with an offset, both of the years 2000 to 2100. What people read is taken without the blanks around it, and refused where a character in it can't be seen, such as a zero byte. A request's body is JSON of at most ${MAX_BODY}. An address that there isn't is answered 404, and a method that an address doesn't take 405 with \`Allow\`. Lists come in pages: follow \`nextCursor\` until it is null. Whoever creates something mints its id and sends it again on a retry, so that nothing is done twice. To keep another system in step, ask \`listInvoiceChanges\` and \`listPaymentChanges\` every few minutes what has changed since the last time: no change is left out. An API key may be used a hundred times at once and fifty times a second; what is more gets 429, and is sent again after \`Retry-After\`.`,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: publicUrl }],
    tags: [...new Set(V1_OPERATIONS.map((operation) => operation.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description:
            "A business's API key, made by its owner under Settings: `Authorization: Bearer chk_…`, `$CHUKTA_KEY` in the examples. It acts with the rights of the role FINANCE.",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "chukta.session_token",
          description:
            "A person who is signed in: the browser's cookie, `$CHUKTA_COOKIE` in the examples, whose name begins with `__Host-` over https. A write must come from the portal's own Origin.",
        },
      },
    },
  };
}
