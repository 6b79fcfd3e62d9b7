import { expect, test } from "vitest";
import { hostileMessage } from "@/security/fuzz/mutate";
import { Random } from "@/security/fuzz/random";

test("however often a mutation copies what another has copied, the message stays one that can be sent", {
  timeout: 30_000,
}, () => {
  const large = { list: [["a".repeat(50_000)], [{ text: "b".repeat(50_000) }]] };
  let most = 0;
  for (let i = 0; i < 2_000; i++)
    most = Math.max(most, hostileMessage(large, Random.of("copies", "message", i)).length);
  expect(most).toBeGreaterThan(5_000_000);
  expect(most).toBeLessThan(70_000_000);
});
