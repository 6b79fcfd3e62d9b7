import { parseArgs } from "node:util";
import type { z } from "zod";
import { createUser, mintSpoken, passwordHash } from "../features/accounts/credentials";
import { hasAccount } from "../features/accounts/data";
import { resetPassword, resetSecondFactor, signOutEverywhere } from "../features/accounts/mutations";
import { letMemberIn } from "../features/businesses/mutations/add-member";
import { changeDetails } from "../features/businesses/mutations/change-details";
import { createBusiness } from "../features/businesses/mutations/create-business";
import { listHostedBusinesses, operatorGate } from "../features/businesses/operator";
import {
  type AddMemberInput,
  addMemberSchema,
  businessDetailsSchema,
  newBusinessSchema,
} from "../features/businesses/schema";
import type { BusinessScope } from "../features/businesses/scope";
import { queueSharesWith } from "../features/invoices/mutations/queue-share";
import { sendAllAgain } from "../features/payments/mutations/send-all-again";
import { reencryptSecondFactors } from "../lib/auth-reencrypt";
import { transactSystem } from "../lib/db";
import { AppError } from "../lib/errors";
import { issueWords, pathText } from "../lib/http/issues";
import { Problem } from "./problem";

type Options = Record<string, string | undefined>;

/** What is said of a business, as options. */
const DETAILS = {
  "legal-name": "legalName",
  "trade-name": "tradeName",
  geocode: "geocode",
  gstin: "gstin",
  pan: "pan",
  msme: "msmeClass",
  account: "bankAccountNumber",
  ifsc: "bankIfsc",
  beneficiary: "bankBeneficiaryName",
  vpa: "vpa",
};

/** Which option gives which field, per command; the names are what the operator types. */
const COMMANDS: Record<string, { options: Record<string, string>; run: (given: Options) => Promise<string[]> }> = {
  list: { options: {}, run: listAll },
  "create-business": {
    options: { slug: "slug", "b2b-id": "b2bId", ...DETAILS, owner: "owner", "owner-name": "ownerName" },
    run: letBusinessIn,
  },
  "change-business": { options: { business: "business", ...DETAILS }, run: correctBusiness },
  "share-invoices": { options: { business: "business" }, run: shareInvoices },
  "add-member": { options: { business: "business", email: "email", name: "name", role: "role" }, run: addToBusiness },
  "create-user": { options: { email: "email", name: "name" }, run: makeAccount },
  "reset-password": { options: { email: "email" }, run: handOutPassword },
  "reset-second-factor": { options: { email: "email" }, run: takeSecondFactor },
  "sign-out": { options: { email: "email" }, run: endSessions },
  "send-again": { options: { business: "business" }, run: sendStopped },
  reencrypt: { options: {}, run: reencrypt },
};

/** Checks what was given; @throws Problem with a line for each option that can't be used. */
function check<T>(schema: z.ZodType<T>, given: object, options: Record<string, string>): T {
  const result = schema.safeParse(given, { error: issueWords });
  if (result.success) return result.data;
  const optionOf = (field: string) => Object.keys(options).find((name) => options[name] === field) ?? field;
  const lines = result.error.issues.map((issue) => `  --${optionOf(pathText(issue.path))}: ${issue.message}`);
  throw new Problem(`That can't be done:\n${lines.join("\n")}`);
}

const optionsOf = (command: string) => COMMANDS[command]?.options ?? {};

async function listAll(): Promise<string[]> {
  const businesses = await listHostedBusinesses();
  if (businesses.length === 0) return ["No business yet: npm run admin -- create-business …"];
  return businesses.flatMap(({ slug, b2bId, legalName, members }) => [
    `${slug}  ${b2bId}  ${legalName}`,
    ...(members.length === 0 ? [`  nobody yet: npm run admin -- add-member --business ${slug} … --role OWNER`] : []),
    ...members.map(({ name, email, role }) => `  ${role.padEnd(8)} ${email}  ${name}`),
  ]);
}

async function join(scope: BusinessScope, given: object): Promise<string[]> {
  const { member, firstPassword } = await letMemberIn(scope, check(addMemberSchema, given, optionsOf("add-member")));
  const lines = [`${member.name} <${member.email}> is in, as ${member.role}.`];
  return firstPassword
    ? [...lines, ...handedOut(firstPassword)]
    : [...lines, "They sign in with the password they have."];
}

const handedOut = (password: string) => [
  `First password: ${password}`,
  "It is shown only here, and changed at the first sign-in.",
];

async function letBusinessIn({ owner, ownerName, ...given }: Options): Promise<string[]> {
  const named = { ...given, tradeName: given.tradeName ?? given.legalName };
  const business = check(newBusinessSchema, named, optionsOf("create-business"));
  const person = { email: owner, name: ownerName, role: "OWNER" };
  const options = { owner: "email", "owner-name": "name" };
  // Checked before anything is made, so that a slip in what is said of the owner doesn't leave half of it done.
  if (owner !== undefined) await assertNamed(check(addMemberSchema, person, options));
  const scope = await createBusiness(business);
  const lines = [`${business.legalName} (${business.b2bId}) is in, at /b/${business.slug}.`, appearing("it")];
  if (owner !== undefined) return [...lines, ...(await join(scope, person))];
  return [...lines, `It has no owner yet: npm run admin -- add-member --business ${business.slug} … --role OWNER`];
}

/** @throws Problem for somebody who is new to the portal, and whose name is not given. */
async function assertNamed({ email, name }: AddMemberInput): Promise<void> {
  if (name !== undefined || (await hasAccount(email))) return;
  throw new Problem(`That can't be done:\n  --owner-name: ${email} is new to Chukta: please give their name.`);
}

const appearing = (party: string) =>
  `What businesses here have open with ${party} appears in its books as soon as a worker runs.`;

function named(business: string | undefined): Promise<BusinessScope> {
  if (!business) throw new Problem("That can't be done:\n  --business: its slug or B2B ID, as `list` shows it.");
  return operatorGate(business);
}

async function correctBusiness({ business, ...given }: Options): Promise<string[]> {
  const scope = await named(business);
  const changes = check(businessDetailsSchema, given, DETAILS);
  if (Object.keys(changes).length === 0)
    throw new Problem(
      `Say what to change: ${Object.keys(DETAILS)
        .map((option) => `--${option}`)
        .join(" ")}`,
    );
  const words = await changeDetails(scope, changes, new Date());
  if (words === null) return [`${scope.b2bId} says that of itself already. Nothing was changed.`];
  return [
    `${scope.b2bId}: ${words}.`,
    "Its Activity tells its people. Businesses that know it keep what they have, until somebody takes this over on its page there.",
  ];
}

async function addToBusiness({ business, ...person }: Options): Promise<string[]> {
  return join(await named(business), person);
}

async function shareInvoices({ business }: Options): Promise<string[]> {
  const { b2bId } = await named(business);
  await transactSystem((tx) => queueSharesWith(tx, { b2bId }));
  return [appearing(b2bId)];
}

async function makeAccount(given: Options): Promise<string[]> {
  const { email, name } = check(addMemberSchema.omit({ role: true }).required(), given, optionsOf("create-user"));
  const password = mintSpoken();
  const hash = await passwordHash(password);
  const made = await transactSystem((tx) =>
    createUser(tx, { email, name, passwordHash: hash, mustChangePassword: true }),
  );
  if (!made) throw new Problem(`${email} has an account already: reset-password makes a new password.`);
  return [`${name} <${email}> can sign in, and belongs to no business yet.`, ...handedOut(password)];
}

async function handOutPassword(given: Options): Promise<string[]> {
  const { email } = check(addMemberSchema.pick({ email: true }), given, optionsOf("reset-password"));
  const password = mintSpoken();
  if (!(await resetPassword(email, password))) throw new Problem(`Nobody here has the address ${email}.`);
  return [`${email} is signed out everywhere, and has no passkeys any more.`, ...handedOut(password)];
}

const nobody = (email: string) => new Problem(`Nobody here has the address ${email}.`);

async function takeSecondFactor(given: Options): Promise<string[]> {
  const { email } = check(addMemberSchema.pick({ email: true }), given, optionsOf("reset-second-factor"));
  const had = await resetSecondFactor(email);
  if (had === null) throw nobody(email);
  if (!had) return [`${email} had neither two-step sign-in nor passkeys. They are signed out everywhere.`];
  return [
    `${email} signs in with the password alone from now on, has no passkeys any more, and is signed out everywhere.`,
    "Be sure that it was they who asked: reset-password makes their old password void as well.",
  ];
}

async function endSessions(given: Options): Promise<string[]> {
  const { email } = check(addMemberSchema.pick({ email: true }), given, optionsOf("sign-out"));
  const ended = await signOutEverywhere(email);
  if (ended === null) throw nobody(email);
  return [`${email} is signed out everywhere: ${ended} ${ended === 1 ? "session" : "sessions"} ended.`];
}

async function sendStopped({ business }: Options): Promise<string[]> {
  const queued = await sendAllAgain(business ? await named(business) : null, new Date());
  if (queued === 0) return ["Nothing has stopped that the network hasn't taken."];
  return [`${queued} ${queued === 1 ? "message is" : "messages are"} on the way again, as soon as a worker runs.`];
}

/**
 * Carries out one of the operator's commands.
 * @returns the lines to print.
 * @throws Problem in words for the terminal.
 */
export async function runAdminCommand(name: string, words: string[]): Promise<string[]> {
  const command = COMMANDS[name];
  if (!command) throw new Problem(`There is no command ${name}. Known: ${Object.keys(COMMANDS).join(", ")}.`);
  const options = Object.fromEntries(
    Object.keys(command.options).map((option) => [option, { type: "string" as const }]),
  );
  let given: Options;
  try {
    const { values } = parseArgs({ args: words, options, strict: true });
    given = Object.fromEntries(
      Object.entries(values).map(([option, value]) => [command.options[option], String(value)]),
    );
  } catch (error) {
    throw new Problem(
      `${(error as Error).message}. Options of ${name}: ${Object.keys(options)
        .map((option) => `--${option}`)
        .join(" ")}`,
    );
  }
  try {
    return await command.run(given);
  } catch (error) {
    throw error instanceof AppError ? new Problem(error.message) : error;
  }
}

async function reencrypt(): Promise<string[]> {
  const { count, unread } = await reencryptSecondFactors();
  const done = `${count} ${count === 1 ? "second factor is" : "second factors are"} encrypted by AUTH_SECRET now.`;
  if (unread.length === 0) return [done];
  throw new Problem(
    [
      done,
      "Those of these people can be read neither by AUTH_SECRET nor by AUTH_SECRETS_ACCEPTED:",
      ...unread.map((email) => `  ${email}`),
      "Put the secret that encrypted them back among AUTH_SECRETS_ACCEPTED and repeat this; where it is lost, reset-second-factor lets each begin anew.",
    ].join("\n"),
  );
}
