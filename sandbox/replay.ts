import { uuidv7 } from "@/lib/ids";
import type { CounterpartyOffice } from "@/sandbox/counterparty-office";
import type { JournalEntry } from "@/sandbox/journal";
import type { Network } from "@/sandbox/network";
import { outcomeOperation } from "@/sandbox/outcome";
import type { Traffic } from "@/sandbox/traffic";
import { type Content, endsOf, parseContent, type Transfer, valueIn } from "@/sandbox/transfer";
import { transferFrom } from "@/sandbox/transfers";

/** Beyond these, settled requests are left out when the sandbox starts, so that the journal doesn't grow for ever. */
const MAX_REPLAYED = 20_000;

interface Story {
  readonly entries: JournalEntry[];
  readonly transfer: Transfer;
  readonly content: Content;
  outcome: string | null;
}

export interface ReplayParts {
  readonly network: Network;
  readonly office: CounterpartyOffice;
  readonly traffic: Traffic;
}

/**
 * Brings everything back to where the journal says it stood, without sending anything yet.
 * @returns the entries worth keeping, and how to go on from there
 */
export function replay(
  entries: readonly JournalEntry[],
  parts: ReplayParts,
): { kept: JournalEntry[]; resume: () => void } {
  const all = storiesOf(entries);
  const open = all.filter(({ transfer }) => !transfer.settled).length;
  const excess = Math.max(0, all.length - Math.max(MAX_REPLAYED, open));
  let dropped = 0;
  const stories = all.filter(({ transfer }) => !(transfer.settled && dropped < excess && ++dropped));
  for (const { transfer, content, outcome } of stories) {
    parts.network.transfers.add(transfer);
    parts.office.restore(transfer, content, outcome);
    show(parts.traffic, transfer, outcome);
  }
  const resume = () => {
    for (const { transfer, content } of stories) parts.office.resume(transfer, content);
    for (const { transfer } of stories) if (transfer.settled) transfer.body = null;
    parts.network.resume();
  };
  return { kept: stories.flatMap((story) => story.entries), resume };
}

function storiesOf(entries: readonly JournalEntry[]): Story[] {
  const stories = new Map<string, Story>();
  for (const entry of entries) {
    if (entry.event === "taken") {
      const transfer = transferFrom(entry);
      const parsed = transfer && parseContent(transfer.operation, valueIn(entry.body));
      if (transfer && parsed?.ok)
        stories.set(transfer.reqMsgId, { entries: [entry], transfer, content: parsed.content, outcome: null });
      continue;
    }
    const story = stories.get(entry.reqMsgId);
    if (!story) continue;
    story.entries.push(entry);
    if (entry.event === "settled") Object.assign(story.transfer, { settled: true, outcome: null });
    else {
      Object.assign(story.transfer, { result: entry.result, outcome: entry.outcome });
      story.outcome = entry.outcome;
    }
  }
  return [...stories.values()];
}

/** The messages of an earlier run, as far as the journal tells: what came in, and the outcome that went back. */
function show(traffic: Traffic, transfer: Transfer, outcome: string | null): void {
  const { operation, objectId, buyerB2BId, supplierB2BId, reqMsgId, takenAt: at, body, result, settled } = transfer;
  const { sender } = endsOf(transfer);
  const ids = { at, objectId, buyerB2BId, supplierB2BId, party: sender, reqMsgId };
  traffic.add({ ...ids, id: uuidv7(), direction: "in", operation, body: body ?? "", state: "taken" });
  // One that is still on its way gets its entry when it is sent again.
  if (settled && outcome)
    traffic.add({
      ...ids,
      id: uuidv7(),
      direction: "out",
      operation: outcomeOperation(operation),
      body: outcome,
      state: "delivered",
      result,
    });
}
