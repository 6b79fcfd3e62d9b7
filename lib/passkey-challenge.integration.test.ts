import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import {
  CHALLENGE_SECONDS,
  type ChallengeBond,
  mintChallenge,
  pruneChallenges,
  readChallenge,
  takeChallenge,
} from "@/lib/passkey-challenge";
import { prisma } from "@/tests/prisma";

const NOW = new Date("2026-11-21T06:30:00Z");
const bond: ChallengeBond = { purpose: "sign-in", holder: "a browser" };
const later = (ms: number) => new Date(NOW.getTime() + ms);
const mint = () => mintChallenge(bond, NOW).toString("base64url");

test("says itself when it runs out and for whom it was made, and nothing of it can be changed", () => {
  const text = mint();
  const lifeMs = CHALLENGE_SECONDS * 1000;
  expect(readChallenge(text, bond, later(lifeMs - 1))?.expiresAt).toEqual(later(lifeMs));
  expect(readChallenge(text, bond, later(lifeMs))).toBeNull();
  expect(readChallenge(text, { ...bond, purpose: "add" }, NOW)).toBeNull();
  expect(readChallenge(text, { ...bond, holder: "another" }, NOW)).toBeNull();
  const bytes = Buffer.from(text, "base64url");
  for (let place = 0; place < bytes.length; place++) {
    const spoilt = Buffer.from(bytes);
    spoilt.writeUInt8((bytes[place] ?? 0) ^ 1, place);
    expect(readChallenge(spoilt.toString("base64url"), bond, NOW)).toBeNull();
  }
  for (const other of ["", "AAAA", `${text}AA`, text.slice(0, -2)]) expect(readChallenge(other, bond, NOW)).toBeNull();
});

test("no two are the same", () => {
  const minted = Array.from({ length: 100 }, () => mint());
  expect(new Set(minted.map((text) => readChallenge(text, bond, NOW)?.id)).size).toBe(100);
});

test("is taken once, of many at once too", async () => {
  const challenge = readChallenge(mint(), bond, NOW);
  if (!challenge) throw new Error("not one of ours");
  const taken = await Promise.all(Array.from({ length: 8 }, () => takeChallenge(challenge)));
  expect(taken.filter(Boolean)).toHaveLength(1);
  expect(await takeChallenge(challenge)).toBe(false);
});

test("used ones are forgotten a day after they ran out, and no sooner", async () => {
  const ranOut = (hours: number) => ({
    id: randomUUID(),
    identifier: "pruned",
    value: "v",
    expiresAt: later(-hours * 3_600_000),
  });
  const hours = [-1, 0, 23, 25, ...Array.from({ length: 1_500 }, () => 48)];
  await prisma.verification.createMany({ data: hours.map(ranOut) });
  expect(await pruneChallenges(NOW)).toBe(1_501);
  expect(await prisma.verification.count({ where: { identifier: "pruned" } })).toBe(3);
});
