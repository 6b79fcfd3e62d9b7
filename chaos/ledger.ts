import type { AskedPayment, Decision, GivenAnswer, RaisedInvoice } from "@/chaos/facts";

type Open<Row> = { -readonly [Field in keyof Row]: Row[Field] };

/** What the clients asked for, and what they were told: it outlives every process of the portal. */
export class Ledger {
  readonly asked: Open<AskedPayment>[] = [];
  readonly answers: Open<GivenAnswer>[] = [];
  readonly decisions: Open<Decision>[] = [];
  readonly raised: Open<RaisedInvoice>[] = [];
  /** Requests that got a reply, requests that got none, and times that a client was told to come again. */
  readonly calls = { answered: 0, unanswered: 0, putOff: 0 };

  /** Payments that a client wanted, was told no, or never heard of again. */
  counts() {
    const acknowledged = this.asked.filter((one) => one.acknowledged).length;
    const answered = this.answers.filter((one) => one.acknowledged).length;
    return { asked: this.asked.length, acknowledged, answers: this.answers.length, answered };
  }
}
