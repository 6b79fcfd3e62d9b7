import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What of the page as it is violates WCAG 2.2 A or AA, and where first. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(" ")}`);
}
