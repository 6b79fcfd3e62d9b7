import { describe, expect, test } from "vitest";
import { findUser } from "@/features/businesses/session";
import { runCommand } from "@/scripts/admin-commands";
import { makePerson, TEST_PASSWORD } from "@/tests/business";
import { prisma } from "@/tests/prisma";
import { enrol, nextOf } from "@/tests/second-factor";
import { callAuth, signIn } from "@/tests/sign-in";

let people = 0;
const person = () => makePerson(`Person ${++people}`);

describe("the operator, at the server's terminal", () => {
  test("ends all sessions of one person, and of nobody else", async () => {
    const [asha, ravi] = [await person(), await person()];
    const [hers, also, his] = [await signIn(asha.email), await signIn(asha.email), await signIn(ravi.email)];
    expect(await runCommand("sign-out", ["--email", asha.email])).toEqual([
      `${asha.email} is signed out everywhere: 2 sessions ended.`,
    ]);
    expect([await findUser(hers), await findUser(also)]).toEqual([null, null]);
    expect(await findUser(his)).not.toBeNull();
    await expect(runCommand("sign-out", ["--email", "nobody@example.in"])).rejects.toThrow(/Nobody here/);
  });

  test("hands out a password that leaves the second factor as it is", async () => {
    const asha = await person();
    const { here } = await enrol(asha);
    const [, handedOut = ""] = await runCommand("reset-password", ["--email", asha.email]);
    const password = handedOut.replace("First password: ", "");
    expect(await findUser(here)).toBeNull();
    const response = await callAuth("/sign-in/email", { email: asha.email, password });
    expect(await response.json()).toEqual({ twoFactorRedirect: true });
    expect(await findUser(nextOf(response))).toBeNull();
  });

  test("takes a lost second factor away, and only then does the password suffice", async () => {
    const asha = await person();
    const { here } = await enrol(asha);
    const [words] = await runCommand("reset-second-factor", ["--email", asha.email]);
    expect(words).toContain("signs in with the password alone");
    expect(await findUser(here)).toBeNull();
    expect(await prisma.twoFactor.count({ where: { userId: asha.id } })).toBe(0);
    const response = await callAuth("/sign-in/email", { email: asha.email, password: TEST_PASSWORD });
    await expect(findUser(nextOf(response))).resolves.toMatchObject({ hasSecondFactor: false });
  });
});
