import { openDatabase, prepareDatabase } from "./databases";
import { checkSettings, demoEnvironment, ownEnvironment } from "./environment";
import { generateClient } from "./generate";
import { runMain } from "./problem";

const USAGE = `Lets businesses and people into a portal of your own.

  npm run admin -- list
  npm run admin -- create-business --slug acme --b2b-id 27AAPFU0939F1ZV@BCB --legal-name "Acme Private Limited"
                   --geocode 19.0760,72.8777 [--trade-name Acme] [--gstin …] [--pan …] [--msme MICRO|SMALL|MEDIUM]
                   [--account …] [--ifsc …] [--beneficiary …] [--vpa …] [--owner asha@acme.in --owner-name "Asha Rao"]
  npm run admin -- change-business --business acme    and any of the options from --legal-name to --vpa; "" takes one away
  npm run admin -- share-invoices --business acme     for one that 0.1.0 let in
  npm run admin -- add-member --business acme --email ravi@acme.in --name "Ravi Shah" --role OWNER|FINANCE|VIEWER
  npm run admin -- create-user --email asha@acme.in --name "Asha Rao"
  npm run admin -- reset-password --email asha@acme.in         takes their passkeys away, too
  npm run admin -- reencrypt                    second factors by AUTH_SECRET, before an earlier one is dropped
  npm run admin -- reset-second-factor --email asha@acme.in    the app's codes and all passkeys
  npm run admin -- sign-out --email asha@acme.in
  npm run admin -- send-again [--business acme]     all messages that stopped, once it is mended what stopped them

With --demo it works on the demo's data. Passwords are shown once, and changed at the first sign-in.`;

/** The settings of one's own, or the demo's, checked; and the database they name, up to date. */
async function prepare(demo: boolean): Promise<void> {
  const variables = demo ? demoEnvironment({}) : ownEnvironment();
  checkSettings(variables);
  await generateClient();
  const database = await openDatabase(variables, demo ? "chukta_demo" : "chukta");
  await prepareDatabase(database);
  Object.assign(process.env, variables, { DATABASE_URL: database.url, LOG_LEVEL: "silent" });
}

async function main(): Promise<number> {
  const [command, ...options] = process.argv.slice(2).filter((word) => word !== "--demo");
  if (!command || command === "help" || command === "--help") {
    console.log(USAGE);
    return command ? 0 : 1;
  }
  await prepare(process.argv.includes("--demo"));
  return carryOut(command, options);
}

/** What it imports needs the generated client and reads the settings, so both are made first. */
async function carryOut(command: string, options: string[]): Promise<number> {
  const { runAdminCommand } = await import("./admin-commands");
  const { disconnect } = await import("../lib/db");
  try {
    for (const line of await runAdminCommand(command, options)) console.log(line);
    return 0;
  } finally {
    await disconnect();
  }
}

void runMain(main);
