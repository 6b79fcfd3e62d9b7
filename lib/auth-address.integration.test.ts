import { beforeAll, expect, test } from "vitest";
import { stampPeerAddresses } from "@/lib/http/client-address";
import { uuidv7 } from "@/lib/ids";
import { makePerson, TEST_PASSWORD } from "@/tests/business";
import { atSignIn, giveAnswer, SoftPasskey, withPasskey } from "@/tests/passkey";
import { prisma } from "@/tests/prisma";
import { callAuth } from "@/tests/sign-in";

/** A sign-in from an address, as the socket has it; `forwarded` is what the caller claims besides. */
function attempt(email: string, password: string, peer: string, forwarded: string): Promise<Response> {
  return callAuth("/sign-in/email", { email, password }, { "x-chukta-peer": peer, "x-forwarded-for": forwarded });
}

test("a new portal has no accounts", async () => {
  expect(await prisma.user.count()).toBe(0);
});

beforeAll(stampPeerAddresses);

test("fifty failures from one address close it for every account, whatever X-Forwarded-For says", async () => {
  const asha = await makePerson("Asha");
  const peer = "203.0.113.7";
  // 48 earlier failures, each with another account: only the last ones are made here, since each takes its time.
  const key = `sign-in:address:${peer}`;
  await prisma.rateLimit.create({ data: { id: uuidv7(), key, count: 48, lastRequest: BigInt(Date.now()) } });
  const statuses: number[] = [];
  for (let guess = 0; guess < 4; guess++)
    statuses.push((await attempt(`nobody${guess}@example.in`, "a guess", peer, `198.51.100.${guess}`)).status);
  expect(statuses).toEqual([401, 401, 429, 429]);
  expect((await attempt(asha.email, TEST_PASSWORD, peer, "198.51.100.99")).status).toBe(429);
  // Others come in, and an address that was only claimed was never counted.
  expect((await attempt(asha.email, TEST_PASSWORD, "203.0.113.8", peer)).status).toBe(200);
  const counted = await prisma.rateLimit.findMany({ where: { key: { startsWith: "sign-in:address:" } } });
  expect(counted.map((row) => row.key).sort()).toEqual([key, "sign-in:address:203.0.113.8"].sort());
});

test("an address that is closed closes no account", async () => {
  const latha = await makePerson("Latha");
  const peer = "203.0.113.10";
  const key = `sign-in:address:${peer}`;
  await prisma.rateLimit.create({ data: { id: uuidv7(), key, count: 50, lastRequest: BigInt(Date.now()) } });
  for (let guess = 0; guess < 12; guess++)
    expect((await attempt(latha.email, `guess number ${guess}`, peer, "")).status).toBe(429);
  expect((await attempt(latha.email, TEST_PASSWORD, "203.0.113.11", "")).status).toBe(200);
});

test("signing in well gives the address its attempt back", async () => {
  const ravi = await makePerson("Ravi");
  for (let time = 0; time < 3; time++) await attempt(ravi.email, TEST_PASSWORD, "203.0.113.9", "");
  const counted = await prisma.rateLimit.findUnique({ where: { key: "sign-in:address:203.0.113.9" } });
  expect(counted?.count).toBe(0);
});

test("passkeys that don't hold are counted by their address, and a good one is given back", async () => {
  const { passkey } = await withPasskey(await makePerson("Meera"));
  const stranger = new SoftPasskey();
  stranger.userHandle = passkey.userHandle;
  const sendFrom = async (peer: string, by: SoftPasskey) => {
    const { browser, challenge } = await atSignIn();
    browser.set("x-chukta-peer", peer);
    return (await giveAnswer(browser, by.signed({ challenge }))).status;
  };
  const [peer, elsewhere] = ["203.0.113.12", "203.0.113.13"];
  const key = `passkey:address:${peer}`;
  await prisma.rateLimit.create({ data: { id: uuidv7(), key, count: 48, lastRequest: BigInt(Date.now()) } });
  expect(await sendFrom(peer, passkey)).toBe(200);
  expect((await prisma.rateLimit.findUniqueOrThrow({ where: { key } })).count).toBe(48);
  const strangers = [stranger, stranger, stranger];
  const statuses: number[] = [];
  for (const by of [...strangers, passkey]) statuses.push(await sendFrom(peer, by));
  expect(statuses).toEqual([401, 401, 429, 429]);
  // To whoever shares the address, passwords are another matter.
  expect((await attempt((await makePerson("Mohan")).email, TEST_PASSWORD, peer, "")).status).toBe(200);
  expect(await sendFrom(elsewhere, passkey)).toBe(200);
  expect(await prisma.rateLimit.count({ where: { key: { startsWith: "passkey:account" } } })).toBe(0);
});
