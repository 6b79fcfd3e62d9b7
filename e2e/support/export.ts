import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { expect } from "./test";

interface Wanted {
  format?: "CSV" | "Excel (.xlsx)";
  /** Where a list is saved in several ways. */
  rows?: string;
}

/** Saves what the list of a page finds. */
export async function saveExport(page: Page, { format = "CSV", rows }: Wanted = {}): Promise<Download> {
  const item = rows
    ? page.getByRole("group", { name: format }).getByRole("menuitem", { name: rows })
    : page.getByRole("menuitem", { name: format });
  await expect(async () => {
    if (!(await item.isVisible())) await page.getByRole("button", { name: "Export" }).click({ timeout: 1_000 });
    await expect(item).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const [download] = await Promise.all([page.waitForEvent("download"), item.click()]);
  // Whoever saves again would find the entries of a menu that is on its way out.
  await expect(item).toBeHidden();
  return download;
}

/** The text of what was saved. */
export const textOf = async (download: Download): Promise<string> => readFile(await download.path(), "utf8");
