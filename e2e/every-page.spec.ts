import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { findRoutes } from "../security/matrix/routes";
import { violationsOf } from "./support/accessible";
import { expect, test } from "./support/test";
import { idOf, of, PEOPLE, rows, signIn } from "./support/world";

/** A party of the buyer's that lives here, or elsewhere, as it stands in an address. */
const partyOf = async (here: "IN" | "NOT IN") =>
  encodeURIComponent(
    await idOf(
      `SELECT b2b_id AS id FROM counterparty WHERE ${of("anvaya-retail")} AND b2b_id ${here} (SELECT b2b_id FROM business) LIMIT 1`,
    ),
  );

async function pagesOf(who: "buyer" | "supplier"): Promise<string[]> {
  if (who === "buyer") {
    const at = "/b/anvaya-retail";
    const bill = await idOf(
      `SELECT id::text FROM invoice WHERE ${of("anvaya-retail")} AND side = 'PAYABLE' AND status = 'CREATED' AND origin = 'OWN' LIMIT 1`,
    );
    const paid = await idOf(
      `SELECT object_id AS id FROM payment WHERE ${of("anvaya-retail")} AND status = 'ACCEPTED' LIMIT 1`,
    );
    const rejected = await idOf(
      `SELECT object_id AS id FROM payment WHERE ${of("anvaya-retail")} AND status = 'REJECTED' LIMIT 1`,
    );
    const here = await partyOf("IN");
    const elsewhere = await partyOf("NOT IN");
    return [
      at,
      `${at}/parties`,
      `${at}/parties?q=nothing-like-this`,
      `${at}/parties/${here}`,
      `${at}/parties/${elsewhere}`,
      `${at}/parties/${here}/ledger?side=payable`,
      `${at}/parties/${elsewhere}/ledger?side=payable&from=2010-04-01&to=2011-03-31`,
      `${at}/parties/${elsewhere}/edit`,
      `${at}/bills`,
      `${at}/bills?q=nothing-like-this`,
      `${at}/bills/by-age`,
      `${at}/bills/new`,
      `${at}/bills/import`,
      `${at}/bills/${bill}`,
      `${at}/bills/${bill}/edit`,
      `${at}/pay?invoice=${bill}`,
      `${at}/payments`,
      `${at}/payments/to-approve`,
      `${at}/payments/${paid}`,
      `${at}/payments/${rejected}`,
      "/docs/api",
      "/docs/api/v0",
      "/account",
      "/choose-password",
    ];
  }
  const at = "/b/kaveri-metals";
  const invoice = await idOf(
    `SELECT id::text FROM invoice WHERE ${of("kaveri-metals")} AND side = 'RECEIVABLE' AND status = 'CREATED' LIMIT 1`,
  );
  const waiting = await idOf(
    `SELECT object_id AS id FROM payment WHERE ${of("kaveri-metals")} AND status = 'AWAITING_CONFIRMATION' LIMIT 1`,
  );
  const buyer = encodeURIComponent(await idOf("SELECT b2b_id AS id FROM business WHERE slug = 'anvaya-retail'"));
  return [
    at,
    `${at}/parties/${buyer}/ledger?side=receivable`,
    `${at}/to-confirm`,
    `${at}/to-confirm/statement`,
    `${at}/invoices`,
    `${at}/invoices/by-age`,
    `${at}/invoices/new`,
    `${at}/invoices/import`,
    `${at}/invoices/${invoice}`,
    `${at}/invoices/${invoice}/edit`,
    `${at}/received`,
    `${at}/received/${waiting}`,
    `${at}/activity`,
    `${at}/settings/people`,
    `${at}/settings/api-keys`,
  ];
}

const SIGNED_OUT = ["/sign-in", "/sign-in/code"];

/** Pages that send everyone on to another one; to somebody without a business "/" says so. */
const LEADING_ON = ["/", "/b/[business]/settings"];

test("every page that the portal has is among those that are looked at", async () => {
  const lookedAt = [...SIGNED_OUT, ...(await pagesOf("buyer")), ...(await pagesOf("supplier"))];
  const addresses = lookedAt.map((path) => path.split("?", 1)[0] ?? "");
  const pages = findRoutes().filter(({ file }) => /page\.tsx$/.test(file));
  // A page with a name of its own goes before one that takes any: `bills/new` is no bill's.
  const byNames = pages.map(({ path }) => path).sort((a, b) => a.split("[").length - b.split("[").length);
  const pageAt = (address: string) =>
    byNames.find((path) => new RegExp(`^${path.replaceAll(/\[\w+\]/g, "[^/]+")}$`).test(address));
  const seen = new Set([...addresses.map(pageAt), ...LEADING_ON]);
  expect(byNames.filter((path) => !seen.has(path))).toEqual([]);
});

/** No violation of WCAG 2.2 A and AA, no script error, nothing that the page's own policy blocked, nothing wider than the screen. */
async function check(page: Page, path: string, problems: string[], status = 200): Promise<void> {
  const response = await page.goto(path);
  expect(response?.status(), path).toBe(status);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await page.waitForLoadState("networkidle").catch(() => {});
  problems.push(...(await violationsOf(page)).map((violation) => `${path}: ${violation}`));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) problems.push(`${path}: ${overflow} px wider than the screen`);
}

for (const { name, ...use } of [
  { name: "light, on a laptop", colorScheme: "light", viewport: { width: 1280, height: 800 } },
  { name: "dark, on a phone", colorScheme: "dark", viewport: { width: 360, height: 740 } },
] as const) {
  test.describe(name, () => {
    test.use({ ...use, contextOptions: { reducedMotion: "reduce" } });
    for (const [who, email] of [
      ["buyer", PEOPLE.asha],
      ["supplier", PEOPLE.suresh],
    ] as const) {
      test(`every page of the ${who} is accessible, and fits`, async ({ page }) => {
        test.setTimeout(180_000);
        const problems: string[] = [];
        page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
        page.on("console", (message) => {
          if (message.type() === "error") problems.push(`${page.url()}: ${message.text()}`);
        });
        for (const path of SIGNED_OUT) await check(page, path, problems);
        await signIn(page, email);
        for (const path of await pagesOf(who)) await check(page, path, problems);
        expect(problems).toEqual([]);
      });
    }
  });
}

test("what says that there is nothing is accessible as well: no such page, no such bill, no business yet", async ({
  page,
}) => {
  const problems: string[] = [];
  await check(page, "/no-such-page", problems, 404);
  await signIn(page, PEOPLE.suresh);
  for (const path of [
    "/no-such-page",
    "/b/no-such-business",
    "/b/no-such-business/bills",
    `/b/no-such-business/bills/${randomUUID()}`,
    `/b/kaveri-metals/bills/${randomUUID()}`,
  ]) {
    await check(page, path, problems, 404);
    await expect(page, path).toHaveTitle("Not found · Chukta");
  }
  const suresh = await idOf(`SELECT id FROM app_user WHERE email = '${PEOPLE.suresh}'`);
  const memberships = await rows<{ business: string; role: string }>(
    `DELETE FROM membership WHERE user_id = '${suresh}' RETURNING business_id::text AS business, role::text`,
  );
  try {
    await check(page, "/", problems);
    await expect(page.getByRole("heading", { name: "You belong to no business yet" })).toBeVisible();
  } finally {
    for (const { business, role } of memberships)
      await rows(`INSERT INTO membership (business_id, user_id, role) VALUES ('${business}', '${suresh}', '${role}')`);
  }
  expect(problems).toEqual([]);
});

test("someone else's business, bill and payment are not found, by page and by API", async ({ page }) => {
  await signIn(page, PEOPLE.latha);
  const bill = await idOf(`SELECT id::text FROM invoice WHERE ${of("anvaya-retail")} AND side = 'PAYABLE' LIMIT 1`);
  const payment = await idOf(
    `SELECT object_id AS id FROM payment WHERE ${of("deccan-packaging")} AND side = 'OUTGOING' AND counterparty_name LIKE 'Anvaya%' LIMIT 1`,
  );
  for (const path of [
    "/b/anvaya-retail",
    "/b/no-such-business",
    `/b/kaveri-metals/bills/${bill}`,
    `/b/kaveri-metals/received/${payment}`,
  ]) {
    await page.goto(path);
    await expect(
      page.getByRole("heading", { name: /^There is nothing here$|^This page was not found$/ }),
      path,
    ).toBeVisible();
    await expect(page).toHaveTitle(/^Not found · /);
    await expect(page.getByText("Anvaya Retail")).toHaveCount(0);
  }
  for (const path of [
    "/api/v1/businesses/anvaya-retail/invoices?side=payable",
    `/api/v1/businesses/kaveri-metals/invoices/${bill}`,
    `/api/v1/businesses/kaveri-metals/payments/${payment}`,
  ])
    expect((await page.request.get(path)).status(), path).toBe(404);
});
