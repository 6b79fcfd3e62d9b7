import { resolve } from "node:path";
import { Arrivals } from "@/sandbox/arrivals";
import { CounterpartyOffice } from "@/sandbox/counterparty-office";
import { Directory, type ParticipantAddress } from "@/sandbox/directory";
import { FaultPlan } from "@/sandbox/faults";
import { Journal } from "@/sandbox/journal";
import { type Log, silentLog } from "@/sandbox/log";
import { Network } from "@/sandbox/network";
import { type Credentials, HttpSender } from "@/sandbox/participants";
import { replay } from "@/sandbox/replay";
import { DEFAULT_TIMING, type Timing } from "@/sandbox/timing";
import { Traffic } from "@/sandbox/traffic";

export interface SandboxOptions {
  /** The portal: the participant that hosts every business that no one else does. */
  readonly portalUrl: string;
  /** All participants over HTTP, in the place of the portal alone. */
  readonly participants?: readonly ParticipantAddress[];
  readonly signingSecrets?: readonly string[];
  readonly bearerTokens?: readonly string[];
  readonly seed?: string;
  /** Holds the journal (in `sandbox/`) and the demo's `demo.json`; without it nothing is kept. */
  readonly dataDir?: string | null;
  readonly timing?: Partial<Timing>;
  readonly clock?: () => Date;
  readonly log?: Log;
}

/** The parts of the sandbox, put together. */
export class Sandbox {
  readonly portalUrl: string;
  readonly credentials: Credentials;
  readonly clock: () => Date;
  readonly log: Log;
  readonly timing: Timing;
  readonly demoFile: string;
  readonly faults: FaultPlan;
  readonly traffic = new Traffic();
  readonly arrivals: Arrivals;
  readonly sender: HttpSender;
  readonly directory: Directory;
  readonly journal: Journal;
  readonly network: Network;
  readonly office: CounterpartyOffice;
  /** Where the sandbox listens; known once it does. */
  url = "";

  constructor(options: SandboxOptions) {
    const { portalUrl, dataDir = null, clock = () => new Date(), log = silentLog } = options;
    this.portalUrl = portalUrl;
    this.clock = clock;
    this.log = log;
    this.credentials = { signingSecrets: options.signingSecrets ?? [], bearerTokens: options.bearerTokens ?? [] };
    this.timing = { ...DEFAULT_TIMING, ...options.timing };
    this.demoFile = resolve(dataDir ?? ".data", "demo.json");
    this.faults = new FaultPlan(options.seed ?? "1");
    this.sender = new HttpSender(this.credentials, clock, this.timing.attemptTimeoutMs);
    this.directory = new Directory(this.sender, options.participants ?? [{ url: portalUrl }]);
    this.journal = new Journal(dataDir === null ? null : resolve(dataDir, "sandbox", "journal.jsonl"));
    this.arrivals = new Arrivals(this.traffic, clock);
    this.network = new Network(this);
    this.office = new CounterpartyOffice(this);
  }

  get signal(): AbortSignal {
    return this.network.signal;
  }

  /** Reads the journal and goes on where it ends. */
  async start(): Promise<void> {
    const entries = await this.journal.read();
    const { kept, resume } = replay(entries, this);
    if (kept.length < entries.length) await this.journal.rewrite(kept);
    if (this.network.transfers.size > 0) this.log("info", `${this.network.transfers.size} messages from the journal`);
    resume();
  }

  async stop(): Promise<void> {
    this.network.stop();
    this.sender.close();
    await this.journal.close();
  }

  /** As if it had just been started for the first time. */
  async reset(): Promise<void> {
    await this.network.reset();
    this.faults.reset();
    this.office.clear();
    this.arrivals.clear();
    this.traffic.clear();
  }

  health(): object {
    let open = 0;
    for (const transfer of this.network.transfers.all()) if (!transfer.settled) open++;
    return { status: "ok", transfers: this.network.transfers.size, underWay: open, messages: this.traffic.size };
  }
}
