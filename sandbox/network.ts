import { setMaxListeners } from "node:events";
import { contentHash } from "@/features/protocol/content-hash";
import { refuse } from "@/features/protocol/errors";
import { ackReply, refusalReply, type WireReply } from "@/features/protocol/reply";
import type { Operation } from "@/features/protocol/schema";
import { mintReqMsgId, uuidv7 } from "@/lib/ids";
import { type Again, type DeliveryContext, deliver } from "@/sandbox/delivery";
import type { Directory } from "@/sandbox/directory";
import type { FaultPlan } from "@/sandbox/faults";
import type { Journal } from "@/sandbox/journal";
import { Lanes } from "@/sandbox/lanes";
import type { Log } from "@/sandbox/log";
import { outcomeBody, outcomeOperation } from "@/sandbox/outcome";
import type { Participant, PostResult } from "@/sandbox/participants";
import type { Timing } from "@/sandbox/timing";
import type { Traffic } from "@/sandbox/traffic";
import { type Content, endsOf, parseContent, type RequestOperation, type Transfer, valueIn } from "@/sandbox/transfer";
import { Transfers } from "@/sandbox/transfers";
import { judgeOutcome, judgeRequest, type Verdict } from "@/sandbox/verdict";
import { pause } from "@/sandbox/waiting";

type Definite = Exclude<Verdict, Again>;

export interface NetworkParts {
  readonly directory: Directory;
  readonly traffic: Traffic;
  readonly journal: Journal;
  readonly faults: FaultPlan;
  readonly timing: Timing;
  readonly clock: () => Date;
  readonly log: Log;
}

/** A request as it came in: its JSON, and the exact text to forward. */
export interface IncomingRequest {
  readonly operation: RequestOperation;
  readonly value: unknown;
  readonly text: string;
  readonly webhookId: string | null;
}

/**
 * Bharat Connect's part of a payment: takes a request, forwards it to the participant that hosts the other business, and carries the
 * answer back as the request's outcome. What was acked is in the journal, and goes on after a restart where it stood.
 */
export class Network {
  readonly transfers = new Transfers();
  private readonly lanes = new Lanes();
  private run = newRun();

  constructor(private readonly parts: NetworkParts) {}

  /**
   * Takes a request, or says why not. The ack is given once the journal has it; forwarding goes on in the background.
   * @throws Error when the journal can't be written: then nothing was taken
   */
  async take({ operation, value, text, webhookId }: IncomingRequest): Promise<WireReply> {
    const parsed = parseContent(operation, value);
    if (!parsed.ok) return refusalReply(parsed.refusal, mintReqMsgId(), parsed.content);
    const { objectId, content } = parsed;
    const hash = contentHash(value);
    const match = this.transfers.match(operation, objectId, hash, webhookId);
    if (match.kind === "conflict") {
      const field = operation === "req-pay" ? "payment.objectId" : "paymentConfirmation.objectId";
      return refusalReply(refuse("DUPLICATE_CONFLICT", field), mintReqMsgId(), content);
    }
    if (match.kind === "repeated") {
      // The first one may still be on its way into the journal, and nothing is acked before it is there.
      await match.transfer.kept;
      return ackReply(match.transfer.reqMsgId);
    }
    const transfer = this.begin({ operation, objectId, content, hash, webhookId, text });
    try {
      await transfer.kept;
    } catch (error) {
      this.transfers.remove(transfer);
      throw error;
    }
    this.start(transfer, content);
    return ackReply(transfer.reqMsgId);
  }

  /** Goes on with what the journal says was taken and not yet settled. */
  resume(): void {
    for (const transfer of this.transfers.all()) {
      if (transfer.settled || transfer.body === null) continue;
      const parsed = parseContent(transfer.operation, valueIn(transfer.body));
      if (parsed.ok) this.start(transfer, parsed.content);
    }
  }

  /** Forgets everything, and breaks off what is on its way. */
  async reset(): Promise<void> {
    this.stop();
    this.run = newRun();
    this.transfers.clear();
    await this.parts.journal.rewrite([]);
  }

  stop(): void {
    this.run.abort();
    this.parts.faults.release();
  }

  get signal(): AbortSignal {
    return this.run.signal;
  }

  private begin(request: {
    operation: RequestOperation;
    objectId: string;
    content: Content;
    hash: string;
    webhookId: string | null;
    text: string;
  }): Transfer {
    const { operation, objectId, content, hash, webhookId, text } = request;
    const reqMsgId = mintReqMsgId();
    const takenAt = this.parts.clock();
    const transfer: Transfer = {
      reqMsgId,
      operation,
      objectId,
      ...content.b2bIds,
      hash,
      webhookId,
      takenAt,
      body: text,
      result: null,
      outcome: null,
      settled: false,
      kept: this.parts.journal.append({
        event: "taken",
        at: takenAt.toISOString(),
        reqMsgId,
        operation,
        webhookId,
        body: text,
      }),
    };
    // Known before the journal has it, so that of equal requests at the same time one is taken.
    this.transfers.add(transfer);
    return transfer;
  }

  private start(transfer: Transfer, content: Content): void {
    const { signal } = this.run;
    this.carry(transfer, content, signal).catch((error: Error) => {
      if (!signal.aborted) this.parts.log("error", `${transfer.operation} ${transfer.objectId}: ${error.message}`);
    });
  }

  private async carry(transfer: Transfer, content: Content, signal: AbortSignal): Promise<void> {
    const { journal, clock, log } = this.parts;
    const { reqMsgId, operation, objectId } = transfer;
    if (transfer.outcome === null) {
      const verdict = await this.forward(transfer, signal);
      if (!verdict || signal.aborted) return;
      transfer.result = verdict.kind === "success" ? "SUCCESS" : "FAILURE";
      transfer.outcome = outcomeBody(reqMsgId, content, verdict);
      const { result, outcome } = transfer;
      await journal.append({ event: "answered", at: clock().toISOString(), reqMsgId, result, outcome });
    }
    const back = await this.carryBack(transfer, transfer.outcome, signal);
    if (back === "stopped" || signal.aborted) return;
    transfer.settled = true;
    transfer.body = null;
    transfer.outcome = null;
    await journal.append({ event: "settled", at: clock().toISOString(), reqMsgId });
    log("info", `${operation} ${objectId} ${transfer.result} in ${clock().getTime() - transfer.takenAt.getTime()} ms`);
  }

  private async forward(transfer: Transfer, signal: AbortSignal): Promise<Definite | null> {
    const { operation, objectId, reqMsgId, body } = transfer;
    const { receiver } = endsOf(transfer);
    const find = () => this.parts.directory.find(receiver);
    if (!find()) return unknownReceiver(operation);
    return this.send<Verdict>(transfer, {
      party: receiver,
      find,
      message: { operation, body: body ?? "", webhookId: `${reqMsgId}-forward` },
      judge: (result) => judgeRequest(operation, objectId, result),
      resultOf: (verdict) => (verdict.kind === "success" ? "SUCCESS" : "FAILURE"),
      signal,
    });
  }

  private async carryBack(transfer: Transfer, outcome: string, signal: AbortSignal): Promise<"done" | "stopped"> {
    const { sender } = endsOf(transfer);
    const find = () => this.parts.directory.find(sender);
    if (!find()) {
      this.parts.log(
        "warn",
        `${transfer.operation} ${transfer.objectId}: nobody hosts its sender, so its outcome ends here`,
      );
      return "done";
    }
    const receipt = await this.send(transfer, {
      party: sender,
      find,
      message: {
        operation: outcomeOperation(transfer.operation),
        body: outcome,
        webhookId: `${transfer.reqMsgId}-outcome`,
      },
      judge: judgeOutcome,
      resultOf: () => transfer.result,
      signal,
    });
    if (receipt?.kind === "refused")
      this.parts.log("warn", `${transfer.operation} ${transfer.objectId}: its outcome was refused: ${receipt.why}`);
    return receipt ? "done" : "stopped";
  }

  /** Delivers one message in its turn; or out of it, when the fault of reordering says so. */
  private async send<Answer extends { readonly kind: string }>(
    transfer: Transfer,
    options: {
      party: string;
      find: () => Participant | null;
      message: { operation: Operation; body: string; webhookId: string };
      judge: (result: PostResult) => Answer;
      resultOf: (answer: Exclude<Answer, Again>) => "SUCCESS" | "FAILURE" | null;
      signal: AbortSignal;
    },
  ): Promise<Exclude<Answer, Again> | null> {
    const { traffic, faults, timing, clock } = this.parts;
    const { party, find, message, judge, resultOf, signal } = options;
    const { objectId, buyerB2BId, supplierB2BId, reqMsgId } = transfer;
    const { operation, body } = message;
    const context: DeliveryContext = { faults, traffic, clock, timing, signal };
    const task = async () => {
      const at = clock();
      const record = traffic.add({
        id: uuidv7(),
        at,
        direction: "out",
        operation,
        objectId,
        buyerB2BId,
        supplierB2BId,
        party,
        body,
        reqMsgId,
        state: "sending",
      });
      const answer = await deliver<Answer>({ message, record, receiver: find, judge }, context);
      if (answer)
        traffic.update(record, {
          state: answer.kind === "refused" ? "refused" : "delivered",
          result: resultOf(answer),
        });
      return answer;
    };
    const heldBackMs = faults.heldBackMs(objectId, operation);
    if (heldBackMs === null) return this.lanes.run(`${objectId} ${party}`, task);
    await pause(heldBackMs * timing.holdFactor, signal);
    return task();
  }
}

function newRun(): AbortController {
  const run = new AbortController();
  // Every message under way listens; their number says nothing about a leak.
  setMaxListeners(0, run.signal);
  return run;
}

function unknownReceiver(operation: RequestOperation): Definite {
  const isPayment = operation === "req-pay";
  const refusal = isPayment
    ? refuse("UNKNOWN_SUPPLIER", "b2bIds.supplierB2BId", "No participant of the network hosts this supplier.")
    : refuse("UNKNOWN_BUYER", "b2bIds.buyerB2BId", "No participant of the network hosts this buyer.");
  return { kind: "failure", errorCd: refusal.code, errorDtl: refusal.detail, errorField: refusal.field };
}
