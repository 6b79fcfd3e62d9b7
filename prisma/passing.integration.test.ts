import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { walledConnection } from "@/lib/wall";
import { prisma } from "@/tests/prisma";

// What passes the walls between businesses (docs/decisions/022): closed lists, with a reason each.

test("what spans businesses is a closed list", () => {
  const SPANNING: Record<string, string> = {
    "features/accounts": "people's own accounts: they belong to no business",
    "features/audit/seal.ts": "the worker seals every business's events",
    "features/audit/verify.ts": "the operator verifies every chain",
    "features/businesses/data.ts": "the businesses that a person belongs to",
    "features/businesses/gate.ts": "finds the business, before there is a scope",
    "features/businesses/hosted.ts": "finds the business that a message names",
    "features/businesses/mutations/add-member.ts": "a person may be new to the portal",
    "features/businesses/mutations/change-details.ts": "a business's own row, which its people may only read",
    "features/businesses/mutations/create-business.ts": "the business is not there yet",
    "features/businesses/mutations/change-settings.ts": "looks at the owner's account",
    "features/businesses/mutations/reset-member.ts": "a person's account, and the other businesses they belong to",
    "features/businesses/operator.ts": "the operator's list of businesses",
    "features/counterparties/data.ts": "the directory of who lives here",
    "features/health": "the state of the installation",
    "features/invitations": "accounts of people who are in no business, or in others",
    "features/invoices/mutations/share-with-newcomer.ts": "the businesses that know a newcomer",
    "features/invoices/mutations/share.ts": "the other party of an invoice",
    "features/messages/mutations/keep-refused.ts": "refused messages, often for nobody here",
    "features/payments/mutations/send-all-again.ts": "the operator sends what stopped, of every business",
    "instrumentation-node.ts": "warms the pool up",
    "lib/auth": "signing in, before any business is known",
    "lib/jobs.ts": "tidies the queue",
    "lib/passkey-challenge.ts": "signing in, before any business is known",
    "lib/passkey-store.ts": "people's own passkeys: they belong to no business",
    "lib/throttle.ts": "counts attempts to sign in",
    "prisma/demo": "the demo's data, of many businesses",
    "prisma/seed.ts": "the demo's data, of many businesses",
    "scripts/admin-commands.ts": "the operator's commands",
  };
  const importers = ["app", "components", "features", "lib", "worker", "server", "scripts", "prisma", "."].flatMap(
    (folder) =>
      readdirSync(folder, { recursive: folder !== ".", withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => !path.startsWith("lib/generated"))
        .filter((path) =>
          /import \{[^}]*\b(system|transactSystem)\b[^}]*\} from "[^"]*lib\/db"/.test(readFileSync(path, "utf8")),
        ),
  );
  const known = Object.keys(SPANNING);
  expect(importers.filter((path) => !known.some((name) => path === name || path.startsWith(name)))).toEqual([]);
  expect(known.filter((name) => !importers.some((path) => path.startsWith(name)))).toEqual([]);
});

test("so are the functions that pass the wall, and only the portal may call them", async () => {
  const passing = await prisma.$queryRaw<{ name: string; open: boolean }[]>`
    SELECT proname AS name, has_function_privilege('public', oid, 'EXECUTE') AS open FROM pg_proc
     WHERE prosecdef AND pronamespace NOT IN ('pg_catalog'::regnamespace, 'graphile_worker'::regnamespace) ORDER BY 1`;
  expect(passing).toEqual(
    // The network's messages, of many businesses in one statement; and the job queue, whose tables are the owner's.
    [
      "queue_job",
      "take_req_pay_confirmations",
      "take_req_pays",
      "take_resp_pay_confirmations",
      "take_resp_pays",
      "tidy_queue",
    ].map((name) => ({ name, open: false })),
  );
});

test("none of them looks among the temporary tables of whoever calls it", async () => {
  const client = new pg.Client(walledConnection());
  await client.connect();
  try {
    await client.query(`CREATE TEMP TABLE message (LIKE public.message);
      CREATE FUNCTION pg_temp.spy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'a trigger runs as %', current_user; END $$;
      CREATE TRIGGER spy BEFORE INSERT OR UPDATE ON pg_temp.message FOR EACH STATEMENT EXECUTE FUNCTION pg_temp.spy()`);
    for (const take of ["req_pays", "resp_pays", "req_pay_confirmations", "resp_pay_confirmations"])
      await client.query(`SELECT take_${take}('[]', '')`);
  } finally {
    await client.end();
  }
  const paths = await prisma.$queryRaw<{ path: string }[]>`
    SELECT setting AS path FROM pg_proc, unnest(proconfig) setting
     WHERE prosecdef AND pronamespace = 'public'::regnamespace AND setting LIKE 'search_path=%'`;
  expect(paths).toHaveLength(6);
  for (const { path } of paths) expect(path).toMatch(/, pg_temp$/);
});
