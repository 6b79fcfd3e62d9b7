import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { findRoutes } from "../security/matrix/routes";
import { expect, test } from "./support/test";
import { type DemoBusiness, demoBusiness, PEOPLE, rows, signIn } from "./support/world";

/** A row's id in the demo's data, for the pages of one thing. */
async function idOf(sql: string): Promise<string> {
  const [row] = await rows<{ id: string }>(sql);
  if (!row) throw new Error(`nothing found: ${sql}`);
  return row.id;
}

const of = (slug: string) => `business_id = (SELECT id FROM business WHERE slug = '${slug}')`;

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
      `${at}/parties/${elsewhere}/edit`,
      `${at}/bills`,
      `${at}/bills?q=nothing-like-this`,
      `${at}/bills/new`,
      `${at}/bills/import`,
      `${at}/bills/${bill}`,
      `${at}/bills/${bill}/edit`,
      `${at}/pay?invoice=${bill}`,
      `${at}/payments`,
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
  return [
    at,
    `${at}/to-confirm`,
    `${at}/to-confirm/statement`,
    `${at}/invoices`,
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
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  problems.push(...violations.map(({ id, nodes }) => `${path}: ${id} at ${nodes[0]?.target.join(" ")}`));
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

test("with large letters on a small phone nothing of a bill lies over something else", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.addInitScript(() => {
    document.addEventListener("DOMContentLoaded", () => {
      document.documentElement.style.fontSize = "137.5%";
    });
  });
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  const overlaps = await page.evaluate(() =>
    [...document.querySelectorAll("tbody tr")].flatMap((row) => {
      const number = row.querySelector("a");
      const due = [...row.querySelectorAll("span")].find((each) => /^\d+ \w+ 20\d\d$/.test(each.textContent));
      if (!number || !due) return ["not a bill"];
      const [a, b] = [number.getBoundingClientRect(), due.getBoundingClientRect()];
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      return apart ? [] : [number.textContent];
    }),
  );
  expect(overlaps).toEqual([]);

  const wider = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await expect(async () => {
    await page.getByRole("checkbox", { name: /^Pay /, disabled: false }).first().check();
    await expect(page.getByRole("region", { name: "Chosen bills" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  expect(await wider()).toBe(0);
  await page.context().clearCookies();
  await signIn(page, PEOPLE.latha);
  await page.goto("/b/kaveri-metals/to-confirm");
  await expect(page.getByRole("link", { name: "Look on a bank statement" })).toBeVisible();
  expect(await wider()).toBe(0);
});

test("with the system's own colours one sees where one is, what is chosen, and which entry of a menu has the focus", async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  await signIn(page, PEOPLE.ravi);
  await page.goto("/b/anvaya-retail/bills");
  // Backgrounds are not drawn there, but for what keeps its own.
  const adjustOf = (place: Locator) =>
    place.evaluate((element) => getComputedStyle(element).getPropertyValue("forced-color-adjust"));
  const link = (name: string) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name });
  expect(await adjustOf(link("Bills"))).toBe("none");
  expect(await adjustOf(link("Parties"))).toBe("auto");

  const entry = page.getByRole("menuitem", { name: "Your account" });
  await expect(async () => {
    await page.getByRole("button", { name: "account and theme" }).focus();
    await page.keyboard.press("Enter");
    await expect(entry).toBeFocused({ timeout: 1_000 });
  }).toPass();
  expect(await entry.evaluate((focused) => getComputedStyle(focused).outlineStyle)).toBe("solid");

  const bill = await idOf(
    `SELECT id::text FROM invoice WHERE ${of("anvaya-retail")} AND side = 'PAYABLE' AND status = 'CREATED' LIMIT 1`,
  );
  await page.goto(`/b/anvaya-retail/pay?invoice=${bill}`);
  await expect(page.getByText("In part", { exact: true })).toBeVisible();
  expect(await adjustOf(page.locator("label", { hasText: "In full" }))).toBe("none");
  expect(await adjustOf(page.locator("label", { hasText: "In part" }))).toBe("auto");
});

test("what others write without a blank makes no page of bills and payments wider than the screen", async ({
  page,
  request,
}) => {
  test.setTimeout(180_000);
  const [kaveri, anvaya] = [await demoBusiness(request, "kaveri-metals"), await demoBusiness(request, "anvaya-retail")];
  const id = () => randomUUID().replaceAll("-", "");
  const word = (letter: string, length: number) => `${letter}${id()}`.toUpperCase().padEnd(length, letter);
  const call = async ({ slug, apiKey }: DemoBusiness, path: string, data: unknown) => {
    const headers = { authorization: `Bearer ${apiKey}` };
    const response = await request.post(`/api/v1/businesses/${slug}/${path}`, { headers, data });
    expect(response.ok(), await response.text()).toBe(true);
  };
  const number = word("W", 100);
  await call(kaveri, "invoices", {
    objectId: `INV${id()}`,
    side: "receivable",
    counterparty: { b2bId: anvaya.b2bId, name: anvaya.name },
    supplierInvoiceNumber: number,
    description: word("D", 200),
    issueDate: "2026-11-01",
    dueDate: "2026-12-01",
    totalPaise: 9_999_99_99_999_99,
  });
  const sql = `SELECT id::text FROM invoice WHERE ${of("anvaya-retail")} AND supplier_invoice_number = '${number}'`;
  await expect.poll(() => rows(sql), { timeout: 20_000 }).toHaveLength(1);
  const bill = await idOf(sql);
  const objectId = `PMT${id()}`;
  const splits = [{ name: "TDS", valuePaise: 500_00, refNo: word("R", 100) }];
  await call(anvaya, "payments", {
    objectId,
    supplierB2BId: kaveri.b2bId,
    type: "OFFPLATFORM",
    mode: "ACCOUNT_TRANSFER",
    utr: word("M", 50),
    paidAt: new Date(Date.now() - 60_000).toISOString(),
    lines: [{ invoiceId: bill, netPaise: 9_000_00_00_000_00, adjustmentPaise: 500_00, splits }],
  });
  const rejects = () => call(kaveri, `payments/${objectId}/answer`, { response: "REJECT", remarks: word("Q", 100) });
  await expect(rejects).toPass({ timeout: 20_000 });
  const payment = `SELECT status FROM payment WHERE ${of("anvaya-retail")} AND object_id = '${objectId}'`;
  await expect.poll(() => rows(payment), { timeout: 20_000 }).toEqual([{ status: "REJECTED" }]);

  await signIn(page, PEOPLE.ravi);
  const problems: string[] = [];
  for (const viewport of [
    { width: 1280, height: 800 },
    // A laptop whose letters are larger, and a tablet held upright.
    { width: 1024, height: 700 },
    { width: 768, height: 1024 },
    { width: 360, height: 740 },
  ]) {
    await page.setViewportSize(viewport);
    for (const path of [
      `bills?q=${number}`,
      `bills/${bill}`,
      `payments?q=${number}`,
      `payments/${objectId}`,
      `pay?again=${objectId}`,
    ]) {
      await page.goto(`/b/anvaya-retail/${path}`);
      // On a tablet the list of payments has no column for their bills.
      await expect(page.getByText(number).first()).toBeAttached();
      // The page itself, and each card: what stands beside one may hide how far it reaches.
      const wider = await page.evaluate(() => {
        const boxes = [document.documentElement, ...document.querySelectorAll("main section, main header, main h1")];
        return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
      });
      if (wider > 0) problems.push(`${path}, ${viewport.width} px: ${wider} px too wide`);
    }
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

test("with more room between letters, words and lines no party's name and no B2B ID is cut off", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  for (const viewport of [
    { width: 768, height: 1024 },
    { width: 1280, height: 800 },
    { width: 320, height: 640 },
  ]) {
    await page.setViewportSize(viewport);
    for (const path of ["bills", "payments"]) {
      await page.goto(`/b/anvaya-retail/${path}`);
      await expect(page.getByRole("row").nth(1)).toBeVisible();
      const cutOff = () =>
        page.evaluate(() =>
          [...document.querySelectorAll("tbody [title] > *, [aria-haspopup=menu] span")]
            .filter((each) => /Limited|Metals|@BCB/.test(each.textContent) && each.checkVisibility())
            .filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
            .filter((each) => getComputedStyle(each).overflow !== "visible")
            .map((each) => each.textContent),
        );
      expect(await cutOff(), `${path}, ${viewport.width} px`).toEqual([]);
      // As WCAG 1.4.12 has it.
      await page.evaluate(() => {
        const style = new CSSStyleSheet();
        style.replaceSync(
          "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }",
        );
        document.adoptedStyleSheets = [style];
      });
      expect(await cutOff(), `${path}, ${viewport.width} px, with room`).toEqual([]);
    }
  }
});

test("what marks the focus of a choice side by side is seen on all its sides", async ({ page }) => {
  await signIn(page, PEOPLE.ravi);
  await page.goto("/account");
  // The choice of the device is drawn anew as the page's scripts run.
  await page.waitForLoadState("networkidle").catch(() => {});
  const theme = page.getByRole("radiogroup", { name: "Theme" });
  await theme.getByRole("radio", { name: "As the device" }).focus();
  for (const choice of ["As the device", "Light", "Dark"]) {
    await expect(theme.getByRole("radio", { name: choice })).toBeFocused();
    const room = await theme.evaluate((group) => {
      const label = group.querySelector(":focus")?.closest("label");
      if (!label) return null;
      const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(label);
      const reach =
        outlineStyle === "none" ? Number.NaN : Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset);
      const [outer, inner] = [group.getBoundingClientRect(), label.getBoundingClientRect()];
      return Math.min(inner.left - outer.left, inner.top - outer.top, outer.right - inner.right) - reach;
    });
    expect(room, choice).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("ArrowRight");
  }
});
