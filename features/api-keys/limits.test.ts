import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { waitForApiKey, waitForStranger } from "@/features/api-keys/limits";

const NOW = new Date("2026-11-20T08:35:00Z");
const guess = () => `Bearer chk_${randomBytes(16).toString("hex")}`;

describe("whose keys are none is held up", () => {
  test.each([
    ["from one IPv4 address", () => "203.0.113.7", "203.0.113.8"],
    [
      "whichever address of their IPv6 network they call from",
      (i: number) => `2001:db8:1:2::${i.toString(16)}`,
      "2001:db8:1:3::1",
    ],
  ])("%s", (_, addressOf, elsewhere) => {
    for (let i = 1; i <= 100; i++) expect(waitForStranger(addressOf(i), NOW)).toBeNull();
    expect(waitForStranger(addressOf(101), NOW)).toBe(1);
    expect(waitForApiKey(guess(), { address: addressOf(102) }, NOW)).toBe(1);
    expect(waitForApiKey(guess(), { address: elsewhere }, NOW)).toBeNull();
  });
});

test("where a call without an API key came from isn't asked: of each of the network's that would be work for nothing", () => {
  const from = {
    get address(): string {
      throw new Error("it was asked");
    },
  };
  expect(waitForApiKey("Bearer of-the-network-0123456789", from, NOW)).toBeNull();
  expect(waitForApiKey(null, from, NOW)).toBeNull();
});
