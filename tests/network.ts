import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Arrival {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  response: ServerResponse;
}

/** A network that the portal's messages are really sent to: keeps what arrives, and answers as the test says. */
export class TestNetwork {
  readonly arrivals: Arrival[] = [];
  answer: (arrival: Arrival) => void = (arrival) => this.ack(arrival);
  url = "";
  private readonly server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const arrival = { path: request.url ?? "", headers: request.headers, body, response };
    this.arrivals.push(arrival);
    this.answer(arrival);
  });

  /** Listens on a free port, and makes it the NETWORK_URL of this process; call it before the settings are first read. */
  async start(): Promise<void> {
    await new Promise<void>((ready) => this.server.listen(0, "127.0.0.1", ready));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    process.env.NETWORK_URL = this.url;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  reset(): void {
    this.arrivals.length = 0;
    this.answer = (arrival) => this.ack(arrival);
  }

  ack({ response }: Arrival, reqMsgId = `REQ-${this.arrivals.length}`): void {
    const body = { payload: reqMsgId, response_code: 0, response_message: "Success" };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  /** From now on everything is answered with this. */
  answers(status: number, body: unknown, headers: Record<string, string> = {}): void {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    this.answer = ({ response }) => response.writeHead(status, headers).end(text);
  }
}
