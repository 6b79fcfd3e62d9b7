import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";

/*
 * The choice of a password, with a list of breached ones as the well-known service answers: a line for each ending of a hash. Written
 * from its description, and not from what the portal does with it.
 */

const warnings = vi.hoisted((): string[] => []);
vi.mock("@/lib/logger", () => {
  const none = () => {};
  return {
    logger: { debug: none, info: none, error: none, warn: (_fields: object, words: string) => warnings.push(words) },
  };
});

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex").toUpperCase();
const PADDING = Array.from({ length: 800 }, (_, i) => `${sha1(`nobody's ${i}`).slice(5)}:${i % 2 ? 0 : 7}`);

let asked: string[] = [];
let respond: (response: ServerResponse, beginning: string) => void;
const server = createServer((request, response) => {
  asked.push(`${request.url} ${request.headers["add-padding"]}`);
  respond(response, request.url?.split("/").at(-1) ?? "");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
vi.stubEnv("BREACHED_PASSWORDS_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}/range/`);
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

const { makePerson, TEST_PASSWORD } = await import("@/tests/business");
const { callWith } = await import("@/tests/second-factor");
const { callAuth, signIn } = await import("@/tests/sign-in");

const STOLEN = "umbrella crow teapot ninety";
const PADDED = "lantern violin gravel sixteen";
const OWN = "walnut ferry sapphire drizzle";

function list(response: ServerResponse, beginning: string): void {
  const known = [STOLEN, PADDED].map(sha1).filter((hash) => hash.startsWith(beginning));
  const lines = known.map((hash) => `${hash.slice(5)}:${hash === sha1(STOLEN) ? 42 : 0}`);
  response.end([...PADDING.slice(0, 400), ...lines, ...PADDING.slice(400)].join("\r\n"));
}

let people = 0;
/** What someone is told who chooses this password, and whether it opens the portal from then on. */
async function choose(newPassword: string) {
  const { email } = await makePerson(`Person ${++people}`);
  const here = await signIn(email);
  const answer = await callWith(here, "/change-password", { currentPassword: TEST_PASSWORD, newPassword });
  const again = await callAuth("/sign-in/email", { email, password: newPassword });
  return { status: answer.status, body: (await answer.json()) as { code?: string; message?: string }, opens: again.ok };
}

beforeEach(() => {
  asked = [];
  warnings.length = 0;
  respond = list;
});

describe("a password that is chosen, where there is a list of breached ones", () => {
  test("is refused when it is among them, in plain words, and the old one stays", async () => {
    const { status, body, opens } = await choose(STOLEN);
    expect([status, opens]).toEqual([400, false]);
    expect(body).toMatchObject({
      code: "PASSWORD_TOO_COMMON",
      message: expect.stringContaining("stolen from some other site"),
    });
  });

  test.each([
    ["unknown to it", OWN],
    ["there only to pad the reply", PADDED],
  ])("is taken when it is %s", async (_, password) => {
    expect(await choose(password)).toMatchObject({ status: 200, opens: true });
    expect(warnings).toEqual([]);
  });

  test("is told to it by five digits of its hash alone; an easily guessed one isn't told at all", async () => {
    await choose(OWN);
    expect(asked).toEqual([`/range/${sha1(OWN).slice(0, 5)} true`]);
    expect(await choose("password1234")).toMatchObject({ status: 400, opens: false });
    expect(asked).toHaveLength(1);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ["is away", (response) => response.destroy()],
    ["has an error", (response) => response.writeHead(503).end("busy")],
    ["is a page of something else", (response) => response.end("<html>Sign in to the hotel's network</html>")],
    ["leads elsewhere", (response) => response.writeHead(302, { location: "http://127.0.0.1:9/" }).end()],
    ["never ends", (response) => response.write("0".repeat(100))],
    ["is far too long", (response) => response.end("0".repeat(3_000_000))],
  ])("is taken, and the log says so, when the list %s", async (_, answer) => {
    respond = answer;
    expect(await choose(STOLEN)).toMatchObject({ status: 200, opens: true });
    expect(warnings).toEqual(["the list of breached passwords could not be asked"]);
  });
});
