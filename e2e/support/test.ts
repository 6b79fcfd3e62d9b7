import { test as base, expect, type Response } from "@playwright/test";
import { SecretFinder } from "../../security/leaks/find";
import { portalSecrets } from "./secrets";

/** A reply that a page got, read as soon as it came: later the browser may have let go of it. */
export interface SeenReply {
  url: string;
  text: Promise<string>;
}

/** Texts, but for those of the build, which are searched as files. */
const isSearched = (response: Response) =>
  !/^(image|font|audio|video)\//.test(response.headers()["content-type"] ?? "") &&
  !new URL(response.url()).pathname.startsWith("/_next/static/");

/**
 * The tests of the portal in a browser. Whatever else a test is about, no reply that its pages get may hold a secret: of the settings,
 * a password's hash, a session's token, a second factor's secret, an API key.
 */
export const test = base.extend<{ replies: SeenReply[] }>({
  replies: [
    async ({ browser, context }, use) => {
      const replies: SeenReply[] = [];
      const watch = (response: Response) => {
        if (isSearched(response)) replies.push({ url: response.url(), text: response.text().catch(() => "") });
      };
      context.on("response", watch);
      const open = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const another = await open(options);
        another.on("response", watch);
        return another;
      };
      await use(replies);
      // A request may be on its way just as the test is over: what answers it here then has nothing to answer.
      for (const page of browser.contexts().flatMap((each) => each.pages()))
        await page.unrouteAll({ behavior: "ignoreErrors" });
      browser.newContext = open;
      const finder = new SecretFinder(await portalSecrets());
      const found: string[] = [];
      for (const { url, text } of replies) for (const leak of finder.find(await text)) found.push(`${url}: ${leak}`);
      expect(found, "secrets in replies").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
