import { describe, expect, test } from "vitest";
import { judge, outcomeOf, type Tried } from "@/security/matrix/judge";
import { type Caller, matrixRows, rowName } from "@/security/matrix/table";

const rows = matrixRows();

function tried(name: string, caller: Caller, status: number, change: Partial<Tried> = {}): Tried {
  const row = rows.find((one) => rowName(one) === name);
  if (!row) throw new Error(`no row ${name}`);
  const reply = { what: "", status, headers: new Headers(), text: "" };
  const outcome = outcomeOf(reply, "alpha");
  return { row, caller, reply, outcome, changed: [], kept: false, shown: false, own: false, ...change };
}

const READ = "GET /api/v1/businesses/[business]/invoices";
const WRITE = "POST /api/v1/businesses/[business]/invoices";
const WEBHOOK = "POST /api/v0/payment/req-pay";

describe("a cell is found wrong", () => {
  test.each<[string, Tried, string]>([
    ["when it lets in whom it shouldn't", tried(READ, "stranger", 200), "200, not 404"],
    ["when it keeps out whom it shouldn't", tried(READ, "viewer", 403), "403, not 200"],
    ["when a refusal changed something", tried(WRITE, "viewer", 403, { changed: ["invoice"] }), "changed invoice"],
    ["when a read changed something", tried(READ, "owner", 200, { changed: ["audit_event"] }), "changed audit_event"],
    ["when a replay changed something", tried(WEBHOOK, "replayed", 200, { changed: ["payment"] }), "changed payment"],
    ["when a write only seemed to be done", tried(WRITE, "finance", 201), "changed nothing"],
    ["when a stranger's message is kept", tried(WEBHOOK, "forged", 401, { kept: true }), "somebody unknown"],
    [
      "when strangers find it in their own books",
      tried(READ, "stranger", 200, { own: true, shown: true }),
      "shows something",
    ],
    ["when a stranger's own books break", tried(READ, "other key", 500, { own: true }), "500, not their own"],
    ["when nobody is shown it", tried("GET /sign-in", "none", 200, { shown: true }), "shows something"],
    ["when a refusal shows what is inside", tried(READ, "stranger", 404, { shown: true }), "shows something"],
  ])("%s", (_when, cell, problem) => {
    expect(judge(cell).join("; ")).toContain(problem);
  });

  test("when pages of other sites may read it", () => {
    const cell = tried(READ, "owner", 200);
    cell.reply.headers.set("access-control-allow-origin", "*");
    expect(judge(cell)).toEqual(["lets pages of * read it"]);
  });
});

test("and right as the table has it", () => {
  expect(judge(tried(READ, "stranger", 404))).toEqual([]);
  expect(judge(tried(READ, "stranger", 200, { own: true }))).toEqual([]);
  expect(judge(tried("GET /account", "invited", 200, { shown: true }))).toEqual([]);
  expect(judge(tried(WRITE, "finance", 201, { changed: ["invoice"], shown: true }))).toEqual([]);
  expect(judge(tried(WEBHOOK, "replayed", 200))).toEqual([]);
});

test("a redirect is told by where it leads", () => {
  const to = (location: string) =>
    outcomeOf({ what: "", status: 307, headers: new Headers({ location }), text: "" }, "alpha");
  expect(to("/sign-in?next=%2Fb%2Falpha")).toBe("sign-in");
  expect(to("http://localhost:3000/choose-password")).toBe("choose");
  expect(to("/b/alpha/bills")).toBe("away");
  expect(to("/b/other")).toBe("home");
  expect(to("//evil.example/")).toBe("307 to //evil.example/");
});
