import { setTimeout as delay } from "node:timers/promises";
import { type Answer, call } from "@/chaos/http";
import type { Ledger } from "@/chaos/ledger";
import type { Business, Party } from "@/chaos/world";
import { between, type Random, randomStream } from "@/sandbox/random";

/** What every actor of a run works with. */
export interface Trade {
  readonly seed: string;
  /** The line to whichever portal takes it. */
  readonly portals: number;
  /** Where the network's own desk for its buyer is. */
  readonly network: number;
  readonly businesses: readonly Business[];
  readonly ledger: Ledger;
  /** No new payments from here on; what was begun is brought to its end. */
  readonly closing: AbortSignal;
  /** Everything stops here. */
  readonly over: AbortSignal;
}

const WAIT_MS = { min: 200, max: 1_500 };

/** The tries that a client makes of one request: some give up early, most go on until they know. */
const MOST_TRIES = 60;

/** One business's ERP: its key, its own source of chance, and its calls. */
export class Client {
  readonly random: Random;

  constructor(
    readonly trade: Trade,
    readonly business: Business,
    label: string,
  ) {
    this.random = randomStream(trade.seed, label);
  }

  /** One call of the portal's own API; the path is what follows the business. */
  async v1(path: string, body?: unknown): Promise<Answer | null> {
    const { slug, key } = this.business;
    const method = body === undefined ? "GET" : "POST";
    return this.count(call(this.trade.portals, { method, path: `/api/v1/businesses/${slug}${path}`, key, body }));
  }

  /** One write of a person's, from a page. */
  page(path: string, cookie: string, body?: unknown): Promise<Answer | null> {
    return this.count(call(this.trade.portals, { method: "POST", path, cookie, body }));
  }

  /** One call of one of the four paths, as the seeds have it. */
  v0(operation: "req-pay" | "req-pay-confirmation", text: string): Promise<Answer | null> {
    const path = `/api/v0/payment/${operation}`;
    return this.count(call(this.trade.portals, { method: "POST", path, key: this.business.key, text }));
  }

  /**
   * Asks again and again, the very same, until there is a yes or a no; a reply that was lost is neither.
   * @returns null when it was given up
   */
  async untilDefinite(ask: () => Promise<Answer | null>): Promise<Answer | null> {
    for (let tries = 1; tries <= MOST_TRIES && !this.trade.over.aborted; tries++) {
      const answer = await ask();
      if (answer && isDefinite(answer)) return answer;
      if (answer) this.trade.ledger.calls.putOff++;
      await this.pause(between(this.random, WAIT_MS.min, WAIT_MS.max));
    }
    return null;
  }

  /** Waits; cut short when everything stops. */
  async pause(ms: number, signal: AbortSignal = this.trade.over): Promise<void> {
    await delay(ms, undefined, { signal }).catch(() => {});
  }

  private async count(calling: Promise<Answer | null>): Promise<Answer | null> {
    const answer = await calling;
    if (answer) this.trade.ledger.calls.answered++;
    else this.trade.ledger.calls.unanswered++;
    return answer;
  }
}

/** Whether a reply says yes or no, and not "later". */
function isDefinite({ status }: Answer): boolean {
  return status < 500 && ![408, 425, 429].includes(status);
}

/** The business of this party, when it is hosted here. */
export function hostedBusiness({ businesses }: Trade, { b2bId }: Party): Business | undefined {
  return businesses.find((business) => business.b2bId === b2bId);
}

/** v0 says yes in its body, not in its status. */
export function isYesOfV0({ status, json }: Answer): boolean {
  return status === 200 && (json as { response_code?: unknown } | null)?.response_code === 0;
}

export const isYesOfV1 = ({ status }: Answer): boolean => status >= 200 && status < 300;
