import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";

const settings = vi.hoisted(() => ({ TRUSTED_PROXIES: [] as string[] }));
vi.mock("@/lib/env", () => ({ env: settings }));

const { clientAddress, networkOf, stampPeerAddresses, withClientAddress } = await import("@/lib/http/client-address");

const from = (peer: string, forwarded?: string) =>
  new Headers({ "x-chukta-peer": peer, ...(forwarded ? { "x-forwarded-for": forwarded } : {}) });

test("before anything stamps the socket's address, a header that claims one is not believed", () => {
  expect(clientAddress(from("203.0.113.7"))).toBeNull();
});

describe("with the socket's address", () => {
  beforeAll(stampPeerAddresses);
  afterEach(() => {
    settings.TRUSTED_PROXIES = [];
  });

  test("X-Forwarded-For of a stranger is not believed", () => {
    expect(clientAddress(from("203.0.113.7", "198.51.100.1"))).toBe("203.0.113.7");
  });

  test("behind our proxies it is the nearest address that isn't one of them", () => {
    settings.TRUSTED_PROXIES = ["10.0.0.0/8", "::1"];
    expect(clientAddress(from("::ffff:10.0.0.2", "6.6.6.6, 203.0.113.7, 10.9.9.9"))).toBe("203.0.113.7");
    expect(clientAddress(from("::1", "2001:db8::5"))).toBe("2001:db8::5");
    expect(clientAddress(from("10.0.0.2", "6.6.6.6, nonsense"))).toBe("10.0.0.2");
    expect(clientAddress(from("10.0.0.2"))).toBe("10.0.0.2");
  });

  test.each([
    ["203.0.113.7:50123", "203.0.113.7"],
    ["[2001:db8::5]:50123", "2001:db8::5"],
    ["[2001:db8::5]", "2001:db8::5"],
    ["[::ffff:203.0.113.7]:443, 10.9.9.9:8080", "203.0.113.7"],
    ["203.0.113.7:", "10.0.0.2"],
    ["203.0.113.7:50123:1", "10.0.0.2"],
  ])("a proxy may write the port behind an address, as some gateways do: %s", (forwarded, address) => {
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"];
    expect(clientAddress(from("10.0.0.2", forwarded))).toBe(address);
  });

  test("a caller can't write the header that better-auth reads", () => {
    const request = new Request("http://localhost/", { headers: { "x-chukta-client": "6.6.6.6" } });
    expect(withClientAddress(request).headers.get("x-chukta-client")).toBeNull();
  });

  test("a real server's request carries the socket's address, whatever the caller wrote", async () => {
    const server = createServer((request, response) => response.end(request.headers["x-chukta-peer"]));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    const seen = await new Promise<string>((done, fail) => {
      get({ host: "127.0.0.1", port, headers: { "x-chukta-peer": "6.6.6.6" } }, (response) => {
        response.setEncoding("utf8").on("data", done);
      }).on("error", fail);
    });
    server.close();
    expect(seen).toBe("127.0.0.1");
  });
});

test("an IPv6 subscriber is counted once, whichever of their addresses they use", () => {
  expect(networkOf("2001:db8:1:2::1")).toBe("2001:db8:1:2::/64");
  expect(networkOf("2001:0DB8:0001:0002:ffff:1:2:3")).toBe("2001:db8:1:2::/64");
  expect(networkOf("2001:db8:1:3::1")).not.toBe(networkOf("2001:db8:1:2::1"));
  expect(networkOf("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
  expect(networkOf("203.0.113.7")).toBe("203.0.113.7");
});
