import type { HttpSender, Participant } from "@/sandbox/participants";

/** A platform that is reached over HTTP. Without a list of B2B IDs it takes every business that no one else hosts. */
export interface ParticipantAddress {
  readonly url: string;
  readonly b2bIds?: readonly string[] | undefined;
}

/** Who hosts which business: the sandbox's own counterparties, then the platforms by their lists, then the one without a list. */
export class Directory {
  private readonly played = new Map<string, Participant>();
  private readonly listed = new Map<string, Participant>();
  private fallback: Participant | null = null;
  private current: readonly ParticipantAddress[] = [];

  constructor(
    private readonly sender: HttpSender,
    addresses: readonly ParticipantAddress[],
  ) {
    this.setAddresses(addresses);
  }

  get addresses(): readonly ParticipantAddress[] {
    return this.current;
  }

  setAddresses(addresses: readonly ParticipantAddress[]): void {
    this.current = addresses;
    this.listed.clear();
    this.fallback = null;
    for (const { url, b2bIds } of addresses) {
      const participant = this.sender.participant(url);
      if (b2bIds) for (const b2bId of b2bIds) this.listed.set(b2bId, participant);
      else this.fallback ??= participant;
    }
  }

  /** Puts a counterparty that the sandbox plays on the network. */
  play(b2bId: string, participant: Participant): void {
    this.played.set(b2bId, participant);
  }

  find(b2bId: string): Participant | null {
    return this.played.get(b2bId) ?? this.listed.get(b2bId) ?? this.fallback;
  }
}
