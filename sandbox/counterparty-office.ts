import type { WireReply } from "@/features/protocol/reply";
import type { ReqPay } from "@/features/protocol/schema";
import { uuidv7 } from "@/lib/ids";
import type { Arrivals } from "@/sandbox/arrivals";
import { COUNTERPARTIES, type Counterparty, REMOTE_BUYER } from "@/sandbox/counterparties";
import type { Directory } from "@/sandbox/directory";
import type { Log } from "@/sandbox/log";
import type { Network } from "@/sandbox/network";
import { answerOf, confirmationOf, playSupplier } from "@/sandbox/played-supplier";
import { RemoteBuyer } from "@/sandbox/remote-buyer";
import type { Timing } from "@/sandbox/timing";
import type { Traffic } from "@/sandbox/traffic";
import type { Content, RequestOperation, Transfer } from "@/sandbox/transfer";
import { pause } from "@/sandbox/waiting";

export interface OfficeParts {
  readonly network: Network;
  readonly directory: Directory;
  readonly arrivals: Arrivals;
  readonly traffic: Traffic;
  readonly timing: Timing;
  readonly clock: () => Date;
  readonly log: Log;
}

/** Where the counterparties work that the sandbox plays: they receive, think, and send messages into the network like anyone. */
export class CounterpartyOffice {
  readonly remoteBuyer = new RemoteBuyer();
  private readonly thinking = new Set<string>();

  constructor(private readonly parts: OfficeParts) {
    for (const counterparty of COUNTERPARTIES) {
      const participant =
        counterparty === REMOTE_BUYER
          ? this.remoteBuyer.participant()
          : playSupplier(counterparty, (request) => this.considerPayment(counterparty, request));
      parts.directory.play(counterparty.b2bId, participant);
    }
  }

  /** Sends a played business's message into the network, and shows it in the traffic. */
  async send(operation: RequestOperation, content: Content): Promise<WireReply> {
    const { arrivals, traffic, network, clock } = this.parts;
    const startedAt = clock();
    const text = JSON.stringify(content);
    const record = arrivals.record({ operation, value: content, text });
    const reply = await network.take({ operation, value: content, text, webhookId: uuidv7() });
    arrivals.answered(record, startedAt, {
      reply: { status: reply.status, text: JSON.stringify(reply.body) },
      note: "Sent by a counterparty that the sandbox plays",
    });
    const { response_code, payload } = reply.body;
    traffic.update(record, response_code === 0 ? { state: "taken", reqMsgId: String(payload) } : { state: "refused" });
    return reply;
  }

  /** Pays as the remote buyer. Its books know the payment before the network does, since an answer may come at once. */
  async pay(request: ReqPay): Promise<WireReply> {
    this.remoteBuyer.sent(request);
    return this.send("req-pay", request);
  }

  /** Brings the counterparties to where they were when the sandbox stopped, message by message. */
  restore(transfer: Transfer, content: Content, outcome: string | null): void {
    if (transfer.buyerB2BId !== REMOTE_BUYER.b2bId) return;
    if ("payment" in content) this.remoteBuyer.sent(content);
    else if (transfer.result === "SUCCESS") this.remoteBuyer.confirm(content, transfer.reqMsgId);
    if (outcome && "payment" in content) this.remoteBuyer.outcome(JSON.parse(outcome));
  }

  /** A supplier that received a payment before the sandbox stopped, and had not answered it, thinks again. */
  resume(transfer: Transfer, content: Content): void {
    const supplier = COUNTERPARTIES.find(({ b2bId, role }) => b2bId === transfer.supplierB2BId && role === "supplier");
    const answered = this.parts.network.transfers.has("req-pay-confirmation", transfer.objectId);
    if (supplier && transfer.result === "SUCCESS" && "payment" in content && !answered)
      this.considerPayment(supplier, content);
  }

  clear(): void {
    this.thinking.clear();
    this.remoteBuyer.clear();
  }

  private considerPayment(supplier: Counterparty, request: ReqPay): void {
    const { objectId } = request.payment;
    const response = answerOf(supplier, request.payment);
    if (!response || this.thinking.has(objectId)) return;
    this.thinking.add(objectId);
    const { network, timing, clock, log } = this.parts;
    const { signal } = network;
    void pause(timing.supplierThinksMs, signal)
      .then(async () => {
        if (signal.aborted || network.transfers.has("req-pay-confirmation", objectId)) return;
        await this.send("req-pay-confirmation", confirmationOf(supplier, request, response, clock()));
      })
      .catch((error: Error) => {
        if (!signal.aborted) log("error", `${supplier.name} could not answer ${objectId}: ${error.message}`);
      })
      .finally(() => this.thinking.delete(objectId));
  }
}
