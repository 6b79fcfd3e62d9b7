import { randomUUID } from "node:crypto";
import type { Locator } from "@playwright/test";
import { expect, test } from "./support/test";
import { type DemoBusiness, demoBusiness, idOf, of, PEOPLE, rows, signIn } from "./support/world";

// What can be read and seen where letters, colours or texts aren't the usual ones.

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
      const due = [...row.querySelectorAll("span")].find((each) => /^Due \d+ \w+ 20\d\d$/.test(each.textContent));
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
