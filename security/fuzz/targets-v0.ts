import { join } from "node:path";
import type { z } from "zod";
import type { Schema } from "@/features/openapi/document";
import { resolve, toSchema } from "@/features/openapi/json-schema";
import {
  type Operation,
  operationPath,
  ReqPay,
  ReqPayConfirmation,
  RespPay,
  RespPayConfirmation,
} from "@/features/protocol/schema";
import { signWebhook } from "@/features/protocol/signing";
import { env } from "@/lib/env";
import { uuidv7 } from "@/lib/ids";
import { ROOT } from "../../scripts/environment";
import { fromSchema, type Words } from "./from-schema";
import { hostileString } from "./hostile";
import { hostileMessage } from "./mutate";
import type { Pools } from "./pools";
import type { Random } from "./random";
import { type Input, requestOf, type Target } from "./target";

const SCHEMAS: Record<Operation, z.ZodType> = {
  "req-pay": ReqPay,
  "resp-pay": RespPay,
  "req-pay-confirmation": ReqPayConfirmation,
  "resp-pay-confirmation": RespPayConfirmation,
};

const CONTENT_TYPES = [
  "application/json; charset=utf-8",
  "application/json;",
  "text/plain",
  "application/x-www-form-urlencoded",
  "a/b;c=d",
];

/** Some of the requests have something wrong around the message, too. */
function spoilHeaders(headers: Record<string, string>, random: Random): void {
  if (random.chance(0.97)) return;
  const printable = hostileString(random)
    .replace(/[^\x20-\x7e]/g, "?")
    .trim();
  switch (random.int(5)) {
    case 0:
      headers["content-type"] = random.pick(CONTENT_TYPES);
      break;
    case 1:
      delete headers["content-type"];
      break;
    case 2:
      headers["x-request-id"] = printable.slice(0, 2000);
      break;
    case 3:
      headers["content-encoding"] = random.pick(["gzip", "br", "identity"]);
      break;
    default:
      headers[random.pick(["webhook-id", "webhook-timestamp", "webhook-signature", "authorization"])] = printable.slice(
        0,
        4000,
      );
  }
}

/** Whatever a message is about, most of them are about something new, so that they aren't just known again. */
function renewed(message: unknown, operation: Operation, random: Random): unknown {
  if (operation !== "req-pay") return message;
  const { payment, ...rest } = message as ReqPay;
  return { ...rest, payment: { ...payment, objectId: `PMT${random.hex(32)}` } };
}

interface Kind {
  operation: Operation;
  caller: "the network" | "a business";
  messages: readonly unknown[];
}

/** The four paths, as the network and as a business's own software. */
export async function v0Targets(pools: Pools): Promise<Target[]> {
  const { messages, keys, world } = pools;
  const components: Record<string, Schema> = {};
  const words: Words = {
    buyerB2BId: () => world.alpha.b2bId,
    supplierB2BId: () => world.beta.b2bId,
    objectId: (random) => (random.chance(0.5) ? `PMT${random.hex(32)}` : random.pick(pools.outgoing)),
    currency: () => "INR",
  };
  const kinds: Kind[] = [
    { operation: "req-pay", caller: "the network", messages: messages.reqPay },
    { operation: "resp-pay", caller: "the network", messages: messages.respPay },
    { operation: "req-pay-confirmation", caller: "the network", messages: messages.confirmations },
    { operation: "resp-pay-confirmation", caller: "the network", messages: messages.outcomes },
    { operation: "req-pay", caller: "a business", messages: messages.ownReqPay },
    { operation: "req-pay-confirmation", caller: "a business", messages: messages.ownConfirmations },
  ];
  return Promise.all(
    kinds.map(async ({ operation, caller, messages }): Promise<Target> => {
      const path = operationPath(operation);
      const schema = toSchema(SCHEMAS[operation], "input", components);
      const { POST } = (await import(join(ROOT, "app", path, "route.ts"))) as {
        POST: (request: Request) => Promise<Response>;
      };
      const good = (random: Random) =>
        random.chance(0.7)
          ? renewed(random.pick(messages), operation, random)
          : fromSchema(schema, random, { words, resolve: (part) => resolve(part, components) });
      const make = (random: Random): Input => {
        const body = hostileMessage(good(random), random);
        const credential: Record<string, string> =
          caller === "the network"
            ? { ...signWebhook({ webhookId: uuidv7(), body, secrets: env.NETWORK_SIGNING_SECRETS, now: new Date() }) }
            : { authorization: `Bearer ${random.pick(keys)}` };
        const headers: Record<string, string> = { "content-type": "application/json", ...credential };
        spoilHeaders(headers, random);
        return { method: "POST", path, headers, body, params: {} };
      };
      const call = (input: Input) => POST(requestOf(input, env.PUBLIC_URL));
      return { name: `${operation} as ${caller}`, api: "v0", make, call };
    }),
  );
}
