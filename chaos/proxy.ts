import type { AddressInfo } from "node:net";
import { createServer, type Server, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "@/sandbox/random";

/** What a line does to what goes through it. */
export interface LineFaults {
  /** Chance that a piece of a reply is cut in its middle, and the connection with it. */
  cut: number;
  /** Nothing goes through, either way, and nobody is told. */
  hang: boolean;
  /** New connections are refused, and those that are open are cut. */
  refuse: boolean;
  /** Every piece takes this much longer, in milliseconds. */
  latencyMs: number;
}

const NONE: LineFaults = { cut: 0, hang: false, refuse: false, latencyMs: 0 };
const HANG_POLL_MS = 50;

/**
 * A line between two processes on this machine, which can be cut, hung and slowed down. With several upstreams it is a load balancer:
 * any of them, and another one when the first does not listen.
 */
export class Line {
  private faults = NONE;
  private server: Server | null = null;
  private readonly open = new Set<Socket>();
  /** How often something was cut. */
  cuts = 0;

  constructor(
    private readonly upstreams: () => readonly number[],
    private readonly random: Random,
  ) {}

  /** Listens on a free port of the loopback address. @returns the port */
  async listen(): Promise<number> {
    const server = createServer({ allowHalfOpen: true }, (client) => void this.serve(client));
    this.server = server;
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    return (server.address() as AddressInfo).port;
  }

  set(faults: Partial<LineFaults>): void {
    this.faults = { ...this.faults, ...faults };
    if (this.faults.refuse) this.cutAll();
  }

  clear(): void {
    this.faults = NONE;
  }

  /** Cuts every connection there is, wherever it stands. */
  cutAll(): void {
    for (const socket of this.open) socket.destroy();
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise<void>((closed) => (this.server ? this.server.close(() => closed()) : closed()));
  }

  private async serve(client: Socket): Promise<void> {
    this.hold(client);
    if (this.faults.refuse) return void client.destroy();
    const upstream = await this.connect();
    if (!upstream || client.destroyed) {
      upstream?.destroy();
      return void client.destroy();
    }
    this.carry(client, upstream, false);
    this.carry(upstream, client, true);
  }

  private async connect(): Promise<Socket | null> {
    const ports = [...this.upstreams()];
    while (ports.length > 0) {
      const [port = 0] = ports.splice(Math.floor(this.random() * ports.length), 1);
      const socket = new Socket({ allowHalfOpen: true });
      this.hold(socket);
      const connected = await new Promise<boolean>((done) => {
        socket.once("error", () => done(false));
        socket.connect(port, "127.0.0.1", () => done(true));
      });
      if (connected) return socket;
    }
    return null;
  }

  /** Carries one direction, piece by piece and in order. */
  private carry(from: Socket, to: Socket, isReply: boolean): void {
    let tail = Promise.resolve();
    const then = (step: () => Promise<void> | void) => {
      tail = tail.then(step).catch(() => {});
    };
    const end = () => {
      from.destroy();
      to.destroy();
    };
    from.on("data", (piece: Buffer) =>
      then(async () => {
        await this.wait(to);
        if (to.destroyed) return;
        if (isReply && this.random() < this.faults.cut) {
          this.cuts++;
          to.write(piece.subarray(0, Math.floor(this.random() * piece.length)), end);
          return;
        }
        to.write(piece);
      }),
    );
    from.on("end", () => then(() => void to.end()));
    from.on("close", () => then(() => void to.destroy()));
  }

  private async wait(to: Socket): Promise<void> {
    if (this.faults.latencyMs > 0) await delay(this.faults.latencyMs);
    while (this.faults.hang && !to.destroyed) await delay(HANG_POLL_MS);
  }

  private hold(socket: Socket): void {
    this.open.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.on("close", () => this.open.delete(socket));
  }
}
