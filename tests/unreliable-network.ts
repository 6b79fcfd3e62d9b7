import type { Operation } from "@/features/protocol/schema";
import { deliverMessage } from "@/tests/deliver";
import { type Answer, callGateway, refusalIn } from "@/tests/gateway";
import { TestNetwork } from "@/tests/network";
import { prisma } from "@/tests/prisma";

/** What becomes of one attempt at sending a message to the network. */
export type Attempt = "acked" | "lost" | "ack-lost" | "refused";

interface Envelope {
  operation: Operation;
  body: Record<string, unknown>;
}

interface Transfer extends Envelope {
  reqMsgId: string;
}

const NO = {
  response_code: 1,
  response_message: "No",
  payload: { resp: { result: "FAILURE", errorCd: "NETWORK_NO" } },
};

/**
 * A network between two businesses of the portal that loses, repeats, reorders and lies, each time as it is told. The portal's
 * messages come to it over HTTP, by the worker's own attempts; what it carries goes to the portal's handlers.
 */
export class UnreliableNetwork {
  private readonly http = new TestNetwork();
  private readonly known = new Map<string, string>();
  /** Requests that it took, on their way to the other side. */
  requests: Transfer[] = [];
  /** Outcomes, on their way back. */
  outcomes: Envelope[] = [];
  now = new Date("2026-11-20T10:00:00Z");

  start = () => this.http.start();
  stop = () => this.http.stop();

  /** Forgets everything: another run begins. */
  reset(): void {
    this.http.reset();
    this.known.clear();
    this.requests = [];
    this.outcomes = [];
  }

  tick(ms = 1000): Date {
    this.now = new Date(this.now.getTime() + ms);
    return this.now;
  }

  /** The portal's messages that are to be sent, oldest first. */
  queued(businesses: readonly { businessId: string }[]) {
    const where = {
      direction: "OUT",
      state: "QUEUED",
      businessId: { in: businesses.map((each) => each.businessId) },
    } as const;
    return prisma.message.findMany({ where, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  }

  /** The worker's next attempt at a message, when its time has come. */
  async attempt(message: { businessId: string; id: string; nextAttemptAt: Date | null }, how: Attempt): Promise<void> {
    const due = message.nextAttemptAt?.getTime() ?? 0;
    this.tick(Math.max(1000, due - this.now.getTime()));
    this.http.answer = (arrival) => {
      if (how === "lost") return void arrival.response.writeHead(500).end();
      if (how === "refused") return void arrival.response.writeHead(200).end(JSON.stringify(NO));
      const reqMsgId = this.take(arrival.path, arrival.headers["webhook-id"] as string, JSON.parse(arrival.body));
      if (how === "ack-lost") arrival.response.socket?.destroy();
      else this.http.ack(arrival, reqMsgId);
    };
    await deliverMessage({ businessId: message.businessId, messageId: message.id }, () => this.now);
  }

  private take(path: string, webhookId: string, body: Record<string, unknown>): string {
    const reqMsgId = this.known.get(webhookId) ?? `REQ${this.known.size}`;
    this.known.set(webhookId, reqMsgId);
    const operation = path.split("/").at(-1) as Operation;
    this.requests.push({ operation, body, reqMsgId });
    return reqMsgId;
  }

  /** Carries a request to the other side, whose answer becomes the outcome; with `lie` the sender hears of a failure all the same. */
  async forward(index: number, { keep = false, lie = false } = {}): Promise<Answer | null> {
    const transfer = keep ? this.requests[index] : this.requests.splice(index, 1)[0];
    if (!transfer) return null;
    const answer = await callGateway(transfer.operation, { body: transfer.body, now: this.tick() });
    const refusal = refusalIn(answer);
    const { device: _device, additionalInfos, ...content } = transfer.body;
    const no = { errorCd: refusal?.code ?? "LOST", errorDtl: "It was not taken.", errorField: refusal?.field ?? "" };
    const yes = { errorCd: "", errorDtl: "", errorField: "" };
    const failed = lie || refusal !== null;
    const resp = { reqMsgId: transfer.reqMsgId, result: failed ? "FAILURE" : "SUCCESS", ...(failed ? no : yes) };
    const isPayment = transfer.operation === "req-pay";
    this.outcomes.push({
      operation: isPayment ? "resp-pay" : "resp-pay-confirmation",
      body: { resp, ...content, ...(isPayment ? { additionalInfos: additionalInfos ?? [] } : { additionalInfo: [] }) },
    });
    return answer;
  }

  /** Tells the sender an outcome. */
  async tell(index: number, { keep = false } = {}): Promise<Answer | null> {
    const outcome = keep ? this.outcomes[index] : this.outcomes.splice(index, 1)[0];
    if (!outcome) return null;
    return callGateway(outcome.operation, { body: outcome.body, now: this.tick() });
  }
}
