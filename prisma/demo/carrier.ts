import { handleOperation } from "@/features/gateway/handle";
import type { Operation } from "@/features/protocol/schema";
import { signWebhook } from "@/features/protocol/signing";
import { system } from "@/lib/db";
import { env } from "@/lib/env";
import { mintReqMsgId, uuidv7 } from "@/lib/ids";

/** A message on its way to one of the portal's four paths. */
export interface Envelope {
  operation: Operation;
  content: Record<string, unknown>;
}

export interface CarriedReply {
  status: number;
  body: { response_code: number; response_message: string; payload: unknown };
}

const OUTCOME_OF = { "req-pay": "resp-pay", "req-pay-confirmation": "resp-pay-confirmation" } as const;

/**
 * The network between two businesses of this portal, without sockets: it hands their messages to the same handlers that HTTP does,
 * signed, at whatever time it is told. The demo's past is made with it, and the tests bend it.
 */
export class Carrier {
  readonly waiting: Envelope[] = [];
  private readonly collected = new Set<string>();
  private readonly acked = new Map<string, string>();

  /** @param only the businesses whose messages it carries; everyone's when left out */
  constructor(
    private readonly clock: () => Date,
    private readonly only?: readonly { businessId: string }[],
  ) {}

  /** Takes the portal's new outgoing messages, as a real network does when they are delivered to it. */
  async collect(): Promise<number> {
    const sent = await system.message.findMany({
      where: {
        direction: "OUT",
        id: { notIn: [...this.collected] },
        ...(this.only && { businessId: { in: this.only.map((scope) => scope.businessId) } }),
      },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    for (const message of sent) {
      this.collected.add(message.id);
      const reqMsgId = mintReqMsgId();
      this.acked.set(message.body, reqMsgId);
      const operation = message.operation === "REQ_PAY" ? "req-pay" : "req-pay-confirmation";
      this.waiting.push({ operation, content: JSON.parse(message.body) });
    }
    return sent.length;
  }

  /** Delivers one message; a request's answer becomes the outcome that waits to go back to its sender. */
  async deliver(envelope: Envelope): Promise<CarriedReply> {
    const reply = await postToPortal(envelope.operation, JSON.stringify(envelope.content), this.clock());
    const outcome = OUTCOME_OF[envelope.operation as keyof typeof OUTCOME_OF];
    if (outcome) this.waiting.push({ operation: outcome, content: this.outcomeOf(envelope, reply) });
    return reply;
  }

  /** Carries until nothing is under way. */
  async carryAll(): Promise<void> {
    do {
      for (let next = this.waiting.shift(); next; next = this.waiting.shift()) await this.deliver(next);
    } while ((await this.collect()) > 0 || this.waiting.length > 0);
  }

  private outcomeOf({ operation, content }: Envelope, { body }: CarriedReply): Record<string, unknown> {
    const { resp } = body.payload as { resp: Record<string, unknown> };
    const { device: _device, additionalInfos, ...rest } = content;
    const reqMsgId = this.acked.get(JSON.stringify(content)) ?? mintReqMsgId();
    const infos = operation === "req-pay" ? { additionalInfos: additionalInfos ?? [] } : { additionalInfo: [] };
    return { resp: { ...resp, reqMsgId }, ...rest, ...infos };
  }
}

/** Calls one of the portal's paths as the network: signed, at the given time. */
export async function postToPortal(operation: Operation, body: string, now: Date): Promise<CarriedReply> {
  const bytes = Buffer.from(body);
  const signature = signWebhook({ webhookId: uuidv7(), body, secrets: env.NETWORK_SIGNING_SECRETS, now });
  const headers: Record<string, string> = { ...signature, "content-type": "application/json" };
  const response = await handleOperation(
    operation,
    {
      method: "POST",
      header: (name) => headers[name.toLowerCase()] ?? null,
      readBody: async () => bytes,
      address: "127.0.0.1",
      requestId: uuidv7(),
    },
    () => now,
  );
  return { status: response.status, body: JSON.parse(response.body) };
}
