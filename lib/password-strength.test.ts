import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, test } from "vitest";
import { mintSpoken } from "@/features/accounts/credentials";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "@/lib/password";
import { isEasilyGuessed } from "@/lib/password-strength";

const RAVI = ["Ravi Menon", "ravi@anvaya.example"];

/** Which of these would be let through. */
async function letThrough(passwords: readonly string[]): Promise<string[]> {
  const easy = await Promise.all(passwords.map((password) => isEasilyGuessed(password, RAVI)));
  return passwords.filter((_, index) => !easy[index]);
}

describe("refused", () => {
  const common = dictionary["passwords-common"] as string[];

  test("every common password that is long enough to be chosen", async () => {
    const long = common.filter((password) => password.length >= MIN_PASSWORD_LENGTH);
    expect(long.length).toBeGreaterThan(300);
    expect(await letThrough(long)).toEqual([]);
  });

  test("the 4,000 most common ones, made long enough as people do", async () => {
    const MADE_LONGER = [
      (word: string) => `${word}${word}`,
      (word: string) => `${word}123456789012`.slice(0, Math.max(12, word.length + 4)),
      (word: string) => `${word}${word}${word}`,
      (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}@2026!!`.padEnd(12, "!"),
    ];
    const made = common
      .slice(0, 4_000)
      .map((word, index) => (MADE_LONGER[index % 4] as (word: string) => string)(word))
      .filter((password) => password.length >= MIN_PASSWORD_LENGTH);
    expect(made.length).toBeGreaterThan(3_000);
    expect(await letThrough(made)).toEqual([]);
  }, 60_000);

  test.each([
    "password1234",
    "Password@12345",
    "P@ssw0rd12345",
    "Welcome@12345",
    "Admin@123456",
    "qwertyuiop12",
    "1qaz2wsx3edc",
    "123456789012",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "iloveyou2026",
  ])("%s", async (password) => {
    expect(await isEasilyGuessed(password, RAVI)).toBe(true);
  });

  test.each(["chukta123456", "Chukta@2026!", "bharatconnect", "Mumbai@123456", "settledinfull", "invoice-invoice"])(
    "%s, made of words near at hand",
    async (password) => {
      expect(await isEasilyGuessed(password, [])).toBe(true);
    },
  );

  test.each(["ravimenon2026", "ravi@anvaya.example", "Ravi.Menon.123", "anvaya-anvaya"])(
    "%s, made of one's own name or address",
    async (password) => {
      expect(await isEasilyGuessed(password, RAVI)).toBe(true);
    },
  );
});

describe("welcome, with no rule about digits, capitals or signs", () => {
  test.each([
    "correct horse battery",
    "a password of my own",
    "tiger mango seven",
    "चाय और समोसा बारिश में",
    "nlwqpfhzxtkv",
    "🙂 lemon 🙂 kettle 🙂",
  ])("%s", async (password) => {
    expect(await isEasilyGuessed(password, RAVI)).toBe(false);
  });

  test("the passwords that the portal hands out", async () => {
    expect(await letThrough(Array.from({ length: 50 }, mintSpoken))).toHaveLength(50);
  });
});

test("the longest password allowed is looked at in no time", async () => {
  await isEasilyGuessed("warm", []);
  const hard = ["a1".repeat(64), "passwordqwerty".repeat(9), "1".repeat(128)].map((text) =>
    text.padEnd(MAX_PASSWORD_LENGTH, "x").slice(0, MAX_PASSWORD_LENGTH),
  );
  const began = performance.now();
  for (const password of hard) await isEasilyGuessed(password, RAVI);
  expect(performance.now() - began).toBeLessThan(3_000);
});
