import { z } from "zod";
import {
  type ApiDocument,
  type ApiOperation,
  type ApiResponse,
  DIALECT,
  type Schema,
} from "@/features/openapi/document";
import { headersOf } from "@/features/openapi/headers";
import { toSchema } from "@/features/openapi/json-schema";
import { ERRORS, refuse } from "@/features/protocol/errors";
import {
  PAYMENT_CONFIRMATION_RESPONSE_EXAMPLE,
  PAYMENT_RESPONSE_EXAMPLE,
  REQ_PAY_CONFIRMATION_EXAMPLE,
  REQ_PAY_EXAMPLE,
  RESP_PAY_CONFIRMATION_EXAMPLE,
  RESP_PAY_EXAMPLE,
  STRING_ACK_EXAMPLE,
} from "@/features/protocol/examples";
import { refusalReply } from "@/features/protocol/reply";
import {
  PaymentConfirmationResponse,
  PaymentResponse,
  Reply,
  ReqPay,
  ReqPayConfirmation,
  RespPay,
  RespPayConfirmation,
  StringAck,
} from "@/features/protocol/schema";

interface WireOperation {
  path: string;
  id: string;
  summary: string;
  description: string;
  request: { name: string; schema: z.ZodType; example: unknown };
  /** What the network gets; a business's own software always gets the string ack. */
  reply: { name: string; schema: z.ZodType; example: unknown };
  /** A business's own software may call it too. */
  businesses: boolean;
}

const ack = { name: "StringAck", schema: StringAck, example: STRING_ACK_EXAMPLE };
const taken = (payload: unknown) => ({ response_code: 0, response_message: "Success", payload });

const OPERATIONS: readonly WireOperation[] = [
  {
    path: "/api/v0/payment/req-pay",
    id: "reqPay",
    summary: "Pay invoices; a payment request arrives",
    description:
      "From a business's own software, with its API key: the portal makes the outgoing payment exactly as its page does, and sends it on to the network; the ack's payload is the reqMsgId to correlate by. From the network: a buyer somewhere has paid one of our suppliers.",
    request: { name: "ReqPay", schema: ReqPay, example: REQ_PAY_EXAMPLE },
    reply: {
      name: "PaymentReply",
      schema: Reply.extend({ payload: PaymentResponse }),
      example: taken(PAYMENT_RESPONSE_EXAMPLE),
    },
    businesses: true,
  },
  {
    path: "/api/v0/payment/resp-pay",
    id: "respPay",
    summary: "The outcome of a payment request that we sent",
    description: "From the network alone. A late FAILURE never undoes an ACCEPT.",
    request: { name: "RespPay", schema: RespPay, example: RESP_PAY_EXAMPLE },
    reply: ack,
    businesses: false,
  },
  {
    path: "/api/v0/payment/req-pay-confirmation",
    id: "reqPayConfirmation",
    summary: "Confirm a payment; a confirmation arrives",
    description:
      "From the network: a supplier has answered one of our buyers' payments. From a business's own software, with its API key: that supplier answers, as its page does. REJECT only where the payment's type is OFFPLATFORM.",
    request: { name: "ReqPayConfirmation", schema: ReqPayConfirmation, example: REQ_PAY_CONFIRMATION_EXAMPLE },
    reply: {
      name: "PaymentConfirmationReply",
      schema: Reply.extend({ payload: PaymentConfirmationResponse }),
      example: taken(PAYMENT_CONFIRMATION_RESPONSE_EXAMPLE),
    },
    businesses: true,
  },
  {
    path: "/api/v0/payment/resp-pay-confirmation",
    id: "respPayConfirmation",
    summary: "The outcome of a confirmation that we sent",
    description: "From the network alone.",
    request: { name: "RespPayConfirmation", schema: RespPayConfirmation, example: RESP_PAY_CONFIRMATION_EXAMPLE },
    reply: ack,
    businesses: false,
  },
];

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const CODES = Object.keys(ERRORS) as (keyof typeof ERRORS)[];
const REQ_MSG_ID = STRING_ACK_EXAMPLE.payload;

/** Every code of the one list, by the HTTP status that it comes with. */
function refusals(): Record<string, ApiResponse> {
  const statuses = [...new Set(CODES.map((code) => ERRORS[code].status))].filter((status) => status !== 200).sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = CODES.filter((code) => ERRORS[code].status === status);
      const examples = Object.fromEntries(
        codes.slice(0, 1).map((code) => [code, { value: refusalReply(refuse(code), REQ_MSG_ID).body }]),
      );
      const description = codes.map((code) => `${code}: ${ERRORS[code].words}`).join("\n");
      const content = { "application/json": { schema: ref("Refusal"), examples } };
      return [String(status), { description, headers: headersOf(status), content }];
    }),
  );
}

function successOf({ reply, businesses }: WireOperation): ApiResponse {
  const network = { network: { summary: "To the network", value: reply.example } };
  const business = { business: { summary: "To a business's own software", value: ack.example } };
  const no = CODES.filter((code) => ERRORS[code].status === 200);
  const hasBoth = businesses && reply !== ack;
  return {
    description: `response_code 0: taken. response_code 1: well-formed, but the answer is no, with errorCd one of ${no.join(", ")}.`,
    headers: headersOf(200),
    content: {
      "application/json": {
        schema: { anyOf: [ref(reply.name), ...(hasBoth ? [ref(ack.name)] : []), ref("Refusal")] },
        examples: {
          ...network,
          ...(hasBoth ? business : {}),
          no: {
            summary: "A business answer that is no",
            value: refusalReply(refuse("INVOICE_NOT_FOUND", "payment.invoicesPayInfos[0].objectId"), REQ_MSG_ID).body,
          },
        },
      },
    },
  };
}

function toApiOperation(operation: WireOperation): ApiOperation {
  // As this portal is set up: one of them, or both.
  const network: ApiOperation["security"] = [
    { networkSignature: [] },
    { networkBearer: [] },
    { networkSignature: [], networkBearer: [] },
  ];
  const { name, example } = operation.request;
  return {
    operationId: operation.id,
    tags: ["Payments over Bharat Connect"],
    summary: operation.summary,
    description: operation.description,
    security: operation.businesses ? [...network, { apiKey: [] }] : network,
    requestBody: {
      required: true,
      content: { "application/json": { schema: ref(name), examples: { example: { value: example } } } },
    },
    responses: { "200": successOf(operation), ...refusals() },
  };
}

const Refusal = Reply.extend({
  payload: z.looseObject({
    resp: z.object({
      reqMsgId: z.string(),
      result: z.literal("FAILURE"),
      errorCd: z.enum(Object.keys(ERRORS) as [string, ...string[]]),
      errorDtl: z.string(),
      errorField: z.string().meta({ description: "The JSON path of the offending field; empty when there is none." }),
    }),
  }),
});

/** The OpenAPI 3.1 document of the four paths that Bharat Connect and businesses' software call, from the schemas that read them. */
export function v0Document(publicUrl: string): ApiDocument {
  const schemas: Record<string, Schema> = {};
  for (const { request, reply } of OPERATIONS) {
    schemas[request.name] = toSchema(request.schema, "input", schemas);
    schemas[reply.name] = toSchema(reply.schema, "output", schemas);
  }
  schemas.Refusal = toSchema(Refusal, "output", schemas);
  return {
    openapi: "3.1.1",
    jsonSchemaDialect: DIALECT,
    info: {
      title: "Chukta: payments over Bharat Connect",
      version: "0",
      description:
        "The messages of B2B invoice payments, to the letter of the network's own documents. Amounts are rupees with at most two decimals. A message that was taken, sent again with the same content, gets its first reply again and changes nothing; the same objectId with other content gets 409.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: publicUrl }],
    tags: [{ name: "Payments over Bharat Connect" }],
    paths: Object.fromEntries(OPERATIONS.map((operation) => [operation.path, { post: toApiOperation(operation) }])),
    components: {
      schemas,
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description: "A business's API key, `$CHUKTA_KEY` in the examples: the portal acts as its page does.",
        },
        networkBearer: { type: "http", scheme: "bearer", description: "The network's token, when one is configured." },
        networkSignature: {
          type: "apiKey",
          in: "header",
          name: "webhook-signature",
          description:
            "When a signing secret is configured, as Standard Webhooks has it: `webhook-id`, new for each message and the same each time that it is sent again; `webhook-timestamp`, seconds since 1970, within five minutes of the portal's clock; `webhook-signature`, which is `v1,` and the base64 of the HMAC-SHA256 over id, timestamp and raw body, joined by full stops. The key is what the secret's base64 behind `whsec_` stands for. docs/protocol.md has it for the shell.",
        },
      },
    },
  };
}
