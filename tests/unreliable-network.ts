import { afterAll, beforeAll, vi } from "vitest";
import type { Operation } from "@/features/protocol/schema";
import { deliverMessage } from "@/tests/deliver";
import { type Answer, callGateway, refusalIn } from "@/tests/gateway";
import { type Arrival, TestNetwork } from "@/tests/network";
import { prisma } from "@/tests/prisma";

/** What becomes of one attempt at sending a message to the network. */
export type Attempt = "acked" | "lost" | "ack-lost" | "refused" | "stopped";

interface Envelope {
  operation: Operation;
  body: Record<string, unknown>;
}

interface Transfer extends Envelope {
  reqMsgId: string;
  /** The exact text, and what it is about. */
  text: string;
  about: string;
  /** The `webhook-id`s of the messages that were acked as this. */
  ids: Set<string>;
  /** Whether its sender was told that it was not taken: nothing came of it then, and the same may be asked anew. */
  failed: boolean;
}

const no = (response_code: number, errorCd: string) =>
  JSON.stringify({ response_code, response_message: "No", payload: { resp: { result: "FAILURE", errorCd } } });

/**
 * A network between two businesses of the portal that loses, repeats, reorders and lies, each time as it is told. The portal's
 * messages come to it over HTTP, by the worker's own attempts; what it carries goes to the portal's handlers.
 */
class UnreliableNetwork {
  private readonly http = new TestNetwork();
  private readonly known = new Map<string, string>();
  private taken: Transfer[] = [];
  /** Whether it knows a content again, under whatever `webhook-id`: acks it as it did first, and carries it once. */
  private knowsContent = false;
  /** Requests that it took, on their way to the other side. */
  requests: Transfer[] = [];
  /** Outcomes, on their way back. */
  outcomes: Envelope[] = [];
  now = new Date("2026-11-20T10:00:00Z");

  start = () => this.http.start();
  stop = () => this.http.stop();

  /** Forgets everything: another run begins. */
  reset({ knowsContent = false } = {}): void {
    this.http.reset();
    this.known.clear();
    this.taken = [];
    this.knowsContent = knowsContent;
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
  async attempt({ businessId, id }: { businessId: string; id: string }, how: Attempt): Promise<void> {
    const { nextAttemptAt } = await prisma.message.findFirstOrThrow({ where: { businessId, id } });
    const due = nextAttemptAt?.getTime() ?? 0;
    this.tick(Math.max(1000, due - this.now.getTime()));
    this.http.answer = (arrival) => {
      if (how === "lost") return void arrival.response.writeHead(500).end();
      if (how === "stopped") return void arrival.response.writeHead(403).end();
      if (how === "refused") return void arrival.response.writeHead(200).end(no(1, "NETWORK_NO"));
      const reqMsgId = this.take(arrival);
      if (reqMsgId === null) return void arrival.response.writeHead(409).end(no(409, "DUPLICATE_CONFLICT"));
      if (how === "ack-lost") arrival.response.socket?.destroy();
      else this.http.ack(arrival, reqMsgId);
    };
    await deliverMessage({ businessId, messageId: id }, () => this.now);
  }

  /** @returns the `reqMsgId` to ack with; null where other content under the same id is on its way, or has arrived */
  private take({ path, headers, body: text }: Arrival): string | null {
    const operation = path.split("/").at(-1) as Operation;
    const body = JSON.parse(text);
    const about = `${operation} ${(body.payment ?? body.paymentConfirmation).objectId}`;
    const webhookId = headers["webhook-id"] as string;
    if (this.knowsContent) {
      const earlier = this.taken.filter((transfer) => transfer.about === about);
      // What failed is carried anew when it is asked anew, in another message.
      const same = earlier.find(
        (transfer) => transfer.text === text && (!transfer.failed || transfer.ids.has(webhookId)),
      );
      if (same) {
        same.ids.add(webhookId);
        return same.reqMsgId;
      }
      if (earlier.some((transfer) => !transfer.failed)) return null;
    }
    const fresh = `REQ${this.taken.length}`;
    const reqMsgId = this.knowsContent ? fresh : (this.known.get(webhookId) ?? fresh);
    this.known.set(webhookId, reqMsgId);
    const transfer = { operation, body, reqMsgId, text, about, ids: new Set([webhookId]), failed: false };
    this.taken.push(transfer);
    this.requests.push(transfer);
    return reqMsgId;
  }

  /**
   * Carries a request to the other side, whose answer becomes the outcome; with `lie` the sender hears of a failure all the same, and
   * with `recant` of the truth as well.
   */
  async forward(index: number, { keep = false, lie = false, recant = false } = {}): Promise<Answer | null> {
    const transfer = keep ? this.requests[index] : this.requests.splice(index, 1)[0];
    if (!transfer) return null;
    const answer = await callGateway(transfer.operation, { body: transfer.body, now: this.tick() });
    const refusal = refusalIn(answer);
    const { device: _device, additionalInfos, ...content } = transfer.body;
    const why = { errorCd: refusal?.code ?? "LOST", errorDtl: "It was not taken.", errorField: refusal?.field ?? "" };
    const yes = { errorCd: "", errorDtl: "", errorField: "" };
    const isPayment = transfer.operation === "req-pay";
    const tell = (failed: boolean) => {
      const resp = { reqMsgId: transfer.reqMsgId, result: failed ? "FAILURE" : "SUCCESS", ...(failed ? why : yes) };
      this.outcomes.push({
        operation: isPayment ? "resp-pay" : "resp-pay-confirmation",
        body: {
          resp,
          ...content,
          ...(isPayment ? { additionalInfos: additionalInfos ?? [] } : { additionalInfo: [] }),
        },
      });
    };
    transfer.failed ||= lie || refusal !== null;
    tell(lie || refusal !== null);
    if (lie && recant && refusal === null) tell(false);
    return answer;
  }

  /** Tells the sender an outcome. */
  async tell(index: number, { keep = false } = {}): Promise<Answer | null> {
    const outcome = keep ? this.outcomes[index] : this.outcomes.splice(index, 1)[0];
    if (!outcome) return null;
    return callGateway(outcome.operation, { body: outcome.body, now: this.tick() });
  }
}

/** The network of a file of tests, from before its first one to after its last. */
export function unreliableNetwork(): UnreliableNetwork {
  const network = new UnreliableNetwork();
  beforeAll(async () => {
    await network.start();
    // Waits between attempts carry chance, which would make runs differ.
    vi.spyOn(Math, "random").mockReturnValue(0);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await network.stop();
  });
  return network;
}
