import { describe, expect, test } from "vitest";
import { bearerToken, verifyBearer } from "@/features/protocol/bearer";
import { ipAllowList } from "@/lib/http/ip-allow-list";

describe("bearer tokens", () => {
  test.each([
    ["Bearer abc", "abc"],
    ["bearer   abc ", "abc"],
    ["Basic abc", null],
    ["Bearer", null],
    ["Bearer a b", null],
    ["", null],
    [undefined, null],
    [null, null],
  ])("%j carries %j", (header, token) => {
    expect(bearerToken(header)).toBe(token);
  });

  test("any of the tokens will do, and nothing else", () => {
    expect(verifyBearer("Bearer second", ["first", "second"])).toBe(true);
    expect(verifyBearer("Bearer first", ["first", "second"])).toBe(true);
    expect(verifyBearer("Bearer firs", ["first", "second"])).toBe(false);
    expect(verifyBearer("Bearer firstt", ["first", "second"])).toBe(false);
    expect(verifyBearer("Bearer first", [])).toBe(false);
    expect(verifyBearer(undefined, ["first"])).toBe(false);
  });
});

describe("the IP allow-list", () => {
  const allows = ipAllowList(["192.0.2.7", "10.0.0.0/8", "2001:db8::/32", "2001:db9::1", "::ffff:198.51.100.0/24"]);

  test.each([
    ["192.0.2.7", true],
    ["192.0.2.8", false],
    ["10.255.0.1", true],
    ["11.0.0.1", false],
    ["::ffff:10.1.2.3", true],
    ["::FFFF:192.0.2.7", true],
    ["::ffff:192.0.2.8", false],
    ["198.51.100.9", true],
    ["2001:db8:ffff::1", true],
    ["2001:db9::1", true],
    ["2001:db9::2", false],
    ["2001:0db9:0:0:0:0:0:1", true],
    ["fe80::1%eth0", false],
    ["10.0.0.1, 6.6.6.6", false],
    ["", false],
    ["localhost", false],
  ])("%s: %s", (address, allowed) => {
    expect(allows(address)).toBe(allowed);
  });

  test("an empty list allows nobody, 0.0.0.0/0 every IPv4 address", () => {
    expect(ipAllowList([])("127.0.0.1")).toBe(false);
    expect(ipAllowList(["0.0.0.0/0"])("203.0.113.5")).toBe(true);
    expect(ipAllowList(["0.0.0.0/0"])("2001:db8::1")).toBe(false);
  });

  test.each(["10.0.0", "10.0.0.0/33", "2001:db8::/129", "10.0.0.0/8/8", "10.0.0.0/", "10.0.0.0/-1", "example.com", ""])(
    "%j is no entry",
    (entry) => {
      expect(() => ipAllowList(["10.0.0.1", entry])).toThrow("neither an IP address nor a network");
    },
  );
});
