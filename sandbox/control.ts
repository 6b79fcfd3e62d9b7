import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { OPERATIONS } from "@/features/protocol/schema";
import { checked, controlError } from "@/sandbox/control-answers";
import { COUNTERPARTIES } from "@/sandbox/counterparties";
import { readDemo } from "@/sandbox/demo";
import { FaultsPatch } from "@/sandbox/faults";
import { type HttpReply, isJson, readBytes } from "@/sandbox/http";
import { payAsRemoteBuyer, payableInvoices } from "@/sandbox/remote-buyer-desk";
import type { Sandbox } from "@/sandbox/sandbox";
import { SendOrder, sendByHand } from "@/sandbox/send";
import { streamMessages } from "@/sandbox/stream";

const MAX_BODY = 2 * 1024 * 1024;

interface ControlRequest {
  readonly sandbox: Sandbox;
  readonly url: URL;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The JSON body; `{}` when there is none. */
  readonly body: unknown;
}

/** Answers a request of the control API; undefined when the handler answers by itself. */
type Handler = (request: ControlRequest) => Promise<HttpReply | undefined> | HttpReply | undefined;

const ok = (body: unknown): HttpReply => ({ status: 200, body });

const MessagesQuery = z.object({
  objectId: z.string().optional(),
  b2bId: z.string().optional(),
  operation: z.enum(OPERATIONS).optional(),
  since: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
});

const Participants = z.strictObject({
  participants: z
    .array(
      z.strictObject({
        url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, "")),
        b2bIds: z.array(z.string().min(1).max(100)).optional(),
      }),
    )
    .max(100),
});

const ROUTES: Record<string, Handler> = {
  "GET /_sandbox/health": ({ sandbox }) => ok(sandbox.health()),
  "GET /_sandbox/faults": ({ sandbox }) => ok(sandbox.faults.current),
  "PUT /_sandbox/faults": ({ sandbox, body }) => {
    const patch = checked(FaultsPatch, body);
    return patch.ok ? ok(sandbox.faults.set(patch.value)) : patch.reply;
  },
  "POST /_sandbox/reset": async ({ sandbox }) => {
    await sandbox.reset();
    return ok({ reset: true });
  },
  "GET /_sandbox/messages": ({ sandbox, url }) => {
    const query = checked(MessagesQuery, Object.fromEntries(url.searchParams));
    if (!query.ok) return query.reply;
    const messages = sandbox.traffic.list(query.value);
    const last = messages.reduce((highest, { changed }) => Math.max(highest, changed), query.value.since ?? 0);
    return ok({ messages, next: query.value.since === undefined ? sandbox.traffic.position : last });
  },
  "GET /_sandbox/messages/stream": ({ sandbox, request, response }) => streamMessages(sandbox, request, response),
  "POST /_sandbox/send": async ({ sandbox, body }) => {
    const order = checked(SendOrder, body);
    return order.ok ? ok(await sendByHand(sandbox, order.value)) : order.reply;
  },
  "GET /_sandbox/participants": ({ sandbox }) => ok({ participants: sandbox.directory.addresses }),
  "PUT /_sandbox/participants": ({ sandbox, body }) => {
    const given = checked(Participants, body);
    if (!given.ok) return given.reply;
    sandbox.directory.setAddresses(given.value.participants);
    return ok({ participants: sandbox.directory.addresses });
  },
  "GET /_sandbox/counterparties": () => ok({ counterparties: COUNTERPARTIES }),
  "POST /_sandbox/remote-buyer/pay": ({ sandbox, body }) => payAsRemoteBuyer(sandbox, body),
  "GET /_sandbox/remote-buyer/payments": ({ sandbox, url }) => {
    const objectId = url.searchParams.get("objectId");
    const payments = sandbox.office.remoteBuyer.list();
    return ok({ payments: objectId ? payments.filter((payment) => payment.objectId === objectId) : payments });
  },
  "GET /_sandbox/remote-buyer/invoices": ({ sandbox, url }) =>
    payableInvoices(sandbox, url.searchParams.get("supplierB2BId") ?? ""),
  "GET /_sandbox/demo": async ({ sandbox }) => {
    const demo = await readDemo(sandbox.demoFile);
    if (!demo)
      return controlError(404, "There is no demo here: demo.json is not in the data folder. `npm run demo` makes it.");
    const { signingSecrets, bearerTokens } = sandbox.credentials;
    return ok({
      ...demo,
      networkUrl: sandbox.url,
      signingSecret: signingSecrets[0] ?? demo.signingSecrets[0] ?? null,
      bearerToken: bearerTokens[0] ?? null,
      counterparties: COUNTERPARTIES,
    });
  },
};

/** Carries out a request of the control API; whether it may be asked at all was checked before. */
export async function handleControl(
  sandbox: Sandbox,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<HttpReply | undefined> {
  const handler = ROUTES[`${request.method} ${url.pathname}`];
  if (!handler) {
    const methods = Object.keys(ROUTES).filter((route) => route.endsWith(` ${url.pathname}`));
    return methods.length > 0
      ? controlError(405, `Use ${methods.map((route) => route.split(" ")[0]).join(" or ")} here.`)
      : controlError(404, "There is nothing here. docs/sandbox.md lists the control API.");
  }
  if (request.method === "GET") return handler({ sandbox, url, request, response, body: {} });
  const bytes = await readBytes(request, MAX_BODY);
  if (!bytes) return controlError(413, "The request is larger than 2 MB.");
  // A form of another web page can't send this label, so this also keeps strangers' pages out.
  if (bytes.length > 0 && !isJson(request)) return controlError(415, "Send JSON, with Content-Type: application/json.");
  let body: unknown = {};
  try {
    if (bytes.length > 0) body = JSON.parse(bytes.toString("utf8"));
  } catch {
    return controlError(400, "The request isn't valid JSON.");
  }
  return handler({ sandbox, url, request, response, body });
}
