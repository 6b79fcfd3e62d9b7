import { createServer } from "node:net";

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}

/** True when nothing on this machine listens on the port, on whichever address. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ["::", "0.0.0.0"])
    try {
      await listenOnce(port, host);
    } catch (error) {
      // A machine without IPv6 says EAFNOSUPPORT or EADDRNOTAVAIL for "::", which says nothing about the port.
      if (["EADDRINUSE", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    }
  return true;
}

/** A port that is free just now; the operating system doesn't give the same one twice in quick succession. */
export function findFreePort(): Promise<number> {
  return listenOnce(0, "127.0.0.1");
}
