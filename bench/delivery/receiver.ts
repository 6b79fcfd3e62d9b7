import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/*
 * The network of the bench, in a process of its own: acknowledges everything at once, and remembers what came when. Says its port
 * on its first line. GET: what came since the last GET, in the order in which it came.
 */

export interface Arrival {
  /** The message's id. */
  id: string;
  /** When its last byte was here, in milliseconds since 1970. */
  at: number;
}

let arrivals: Arrival[] = [];

const server = createServer((request, response) => {
  if (request.method === "GET") {
    response.end(JSON.stringify(arrivals));
    arrivals = [];
    return;
  }
  const id = String(request.headers["webhook-id"]);
  request.resume();
  request.on("end", () => {
    arrivals.push({ id, at: performance.timeOrigin + performance.now() });
    response.writeHead(200, { "content-type": "application/json" });
    response.end(`{"payload":"REQ${id.replaceAll("-", "")}","response_code":0,"response_message":"Success"}`);
  });
});

server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
