import { describe, expect, test } from "vitest";
import { activityQuerySchema } from "@/features/activity/api";
import { listActivity } from "@/features/activity/data";
import { operatorGate } from "@/features/businesses/operator";
import { findUser } from "@/features/businesses/session";
import { runAdminCommand } from "@/scripts/admin-commands";
import { admitBusiness } from "@/tests/admit-business";
import { makePerson, TEST_PASSWORD } from "@/tests/business";
import { addPasskey, signInBy, withPasskey } from "@/tests/passkey";
import { prisma } from "@/tests/prisma";
import { enrol, nextOf } from "@/tests/second-factor";
import { callAuth, signIn } from "@/tests/sign-in";

let people = 0;
const person = () => makePerson(`Person ${++people}`);

describe("the operator, at the server's terminal", () => {
  test("ends all sessions of one person, and of nobody else", async () => {
    const [asha, ravi] = [await person(), await person()];
    const [hers, also, his] = [await signIn(asha.email), await signIn(asha.email), await signIn(ravi.email)];
    expect(await runAdminCommand("sign-out", ["--email", asha.email])).toEqual([
      `${asha.email} is signed out everywhere: 2 sessions ended.`,
    ]);
    expect([await findUser(hers), await findUser(also)]).toEqual([null, null]);
    expect(await findUser(his)).not.toBeNull();
    await expect(runAdminCommand("sign-out", ["--email", "nobody@example.in"])).rejects.toThrow(/Nobody here/);
  });

  test("hands out a password that leaves the second factor as it is", async () => {
    const asha = await person();
    const { here } = await enrol(asha);
    const [, handedOut = ""] = await runAdminCommand("reset-password", ["--email", asha.email]);
    const password = handedOut.replace("First password: ", "");
    expect(await findUser(here)).toBeNull();
    const response = await callAuth("/sign-in/email", { email: asha.email, password });
    expect(await response.json()).toEqual({ twoFactorRedirect: true });
    expect(await findUser(nextOf(response))).toBeNull();
  });

  test("hands one out to a person who came with their business's backup, and has had none here", async () => {
    const asha = await person();
    await prisma.account.deleteMany({ where: { userId: asha.id } });
    const handOut = async () => (await runAdminCommand("reset-password", ["--email", asha.email]))[1] ?? "";
    const said = await Promise.all([handOut(), handOut()]);
    expect(await prisma.account.count({ where: { userId: asha.id } })).toBe(1);
    const passwords = said.map((line) => line.replace("First password: ", ""));
    const signedIn = await Promise.allSettled(passwords.map((password) => signIn(asha.email, password)));
    expect(signedIn.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("tells each business of the person what it did, in its Activity", async () => {
    const asha = await person();
    const businesses = [await admitBusiness("Told-one"), await admitBusiness("Told-too")];
    for (const { id } of businesses)
      await prisma.membership.create({ data: { businessId: id, userId: asha.id, role: "FINANCE" } });
    await enrol(asha);
    for (const command of ["reset-second-factor", "reset-password", "sign-out", "reset-second-factor"])
      await runAdminCommand(command, ["--email", asha.email]);
    for (const { slug } of businesses) {
      const { items } = await listActivity(await operatorGate(slug), activityQuerySchema.parse({ about: "access" }));
      const told = items.filter(({ words }) => words.includes(asha.email));
      expect(told.map(({ actor, words }) => [actor.name, words])).toEqual([
        ["Operator", `Signed ${asha.email} out everywhere`],
        ["Operator", `Signed ${asha.email} out everywhere`],
        ["Operator", `Gave ${asha.email} a new first password`],
        ["Operator", `Took the two-step sign-in and passkeys of ${asha.email} away`],
      ]);
    }
  });

  test("takes a lost second factor away, and only then does the password suffice", async () => {
    const asha = await person();
    const { here } = await enrol(asha);
    const [words] = await runAdminCommand("reset-second-factor", ["--email", asha.email]);
    expect(words).toContain("signs in with the password alone");
    expect(await findUser(here)).toBeNull();
    expect(await prisma.twoFactor.count({ where: { userId: asha.id } })).toBe(0);
    const response = await callAuth("/sign-in/email", { email: asha.email, password: TEST_PASSWORD });
    await expect(findUser(nextOf(response))).resolves.toMatchObject({ hasSecondFactor: false });
  });

  test.each(["reset-password", "reset-second-factor"])("%s takes all passkeys away", async (command) => {
    const [asha, ravi] = [await person(), await person()];
    const { passkey, here } = await withPasskey(asha);
    await addPasskey(here, "Telephone");
    await withPasskey(ravi);
    const [words] = await runAdminCommand(command, ["--email", asha.email]);
    expect(words).toMatch(/passkeys/);
    expect(await findUser(here)).toBeNull();
    expect(await prisma.passkey.count({ where: { userId: asha.id } })).toBe(0);
    expect((await signInBy(passkey)).response.status).toBe(401);
    expect(await prisma.passkey.count({ where: { userId: ravi.id } })).toBe(1);
  });

  test("lets a business in with its owner, or makes nothing of the two", async () => {
    const slug = "owned-traders";
    const business = ["--slug", slug, "--b2b-id", "OWNED@BCB", "--legal-name", "Owned", "--geocode", "19.0760,72.8777"];
    const made = () => prisma.business.count({ where: { slug } });
    const newcomer = ["--owner", "New.Owner@example.in"];
    await expect(runAdminCommand("create-business", [...business, ...newcomer])).rejects.toThrow(
      /--owner-name: new\.owner@example\.in is new to Chukta/,
    );
    expect(await made()).toBe(0);
    const lines = await runAdminCommand("create-business", [...business, ...newcomer, "--owner-name", "Nandini"]);
    expect(lines).toContain("Nandini <new.owner@example.in> is in, as OWNER.");
    expect(await made()).toBe(1);
  });

  test("needs no name of an owner who has an account", async () => {
    const asha = await person();
    const business = ["--slug", "known-owner", "--b2b-id", "KNOWNOWNER@BCB", "--legal-name", "Known"];
    const words = [...business, "--geocode", "19.0760,72.8777", "--owner", asha.email];
    expect(await runAdminCommand("create-business", words)).toContain(`${asha.name} <${asha.email}> is in, as OWNER.`);
  });

  test("corrects what a business says of itself, and its people read of it; nothing else of it moves", async () => {
    const { id, slug, b2bId } = await admitBusiness("Mistyped");
    const scope = await operatorGate(slug);
    const said = () => prisma.business.findUniqueOrThrow({ where: { id }, omit: { updatedAt: true } });
    const before = await said();
    const change = (...words: string[]) => runAdminCommand("change-business", ["--business", slug, ...words]);
    const account = ["--account", "50100087651234", "--ifsc", "HDFC0000053", "--vpa", "mistyped@hdfc"];
    const [line] = await change(...account, "--trade-name", "Rightly");
    expect(line).toBe(
      `${b2bId}: account entered: ••••1234, IFSC entered: HDFC0000053, UPI address entered: mistyped@hdfc, trade name from ${before.tradeName} to Rightly.`,
    );
    expect(await said()).toEqual({
      ...before,
      bankAccountNumber: "50100087651234",
      bankIfsc: "HDFC0000053",
      vpa: "mistyped@hdfc",
      tradeName: "Rightly",
    });
    expect(await change("--vpa", "", "--account", "50100087655678")).toContain(
      `${b2bId}: account from ••••1234 to ••••5678, UPI address removed: mistyped@hdfc.`,
    );
    expect(await said()).toMatchObject({ bankAccountNumber: "50100087655678", vpa: null });
    expect(await change("--account", "50100087655678")).toEqual([
      `${b2bId} says that of itself already. Nothing was changed.`,
    ]);

    const { items } = await listActivity(scope, activityQuerySchema.parse({ about: "access" }));
    expect(
      items.filter(({ words }) => words.startsWith("Corrected")).map(({ actor, detail }) => [actor.name, detail]),
    ).toEqual([
      ["Operator", "account from ••••1234 to ••••5678, UPI address removed: mistyped@hdfc"],
      ["Operator", line?.replace(`${b2bId}: `, "").replace(/\.$/, "")],
    ]);
    const trail = await prisma.auditEvent.findMany({ where: { businessId: id, action: "business.changed" } });
    expect(JSON.stringify(trail.map((event) => [event.before, event.after]))).not.toContain("5010008765");
  });

  test("corrects nothing that can't be, and says which option it was", async () => {
    const { id, slug } = await admitBusiness("Unchanged");
    const before = await prisma.business.findUniqueOrThrow({ where: { id } });
    const change = (...words: string[]) => runAdminCommand("change-business", ["--business", slug, ...words]);
    await expect(change("--ifsc", "HDFC", "--trade-name", "Other")).rejects.toThrow(
      /--ifsc: An IFSC has 11 characters/,
    );
    await expect(change("--legal-name", "")).rejects.toThrow(/--legal-name/);
    await expect(change("--b2b-id", "OTHER@BCB")).rejects.toThrow(
      /Options of change-business: --business --legal-name/,
    );
    await expect(change()).rejects.toThrow(/Say what to change: --legal-name/);
    await expect(runAdminCommand("change-business", ["--business", "nobody", "--pan", ""])).rejects.toThrow(
      /no such business/i,
    );
    expect(await prisma.business.findUniqueOrThrow({ where: { id } })).toEqual(before);
  });
});
