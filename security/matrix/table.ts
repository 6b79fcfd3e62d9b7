/*
 * Who may do what: every page and every method of every API route, against everyone who may call it, and what they get. It is the one
 * place where this is written down; `npm run security` tries each cell against a running portal, and docs/access-matrix.md is made from it.
 * A route without a row, or a row without a route, fails a test (matrix.test.ts).
 */

/** Who calls, and how. */
export const CALLERS = {
  none: "nobody: no credential at all",
  viewer: "a member with the role VIEWER, signed in",
  finance: "a member with the role FINANCE, signed in",
  owner: "a member with the role OWNER, signed in",
  removed: "someone who was an owner when they signed in, and has been taken out of the business since",
  invited: "someone whom the business has invited, signed in, who has not joined it",
  newcomer: "an owner who signed in with a password that was handed out, and has not chosen their own",
  foreign: "the owner's browser, sent by a page of another web site",
  stranger: "the owner of another business: in this one's address, and with this one's ids in their own address",
  key: "the business's own API key",
  "other key": "another business's API key: in this one's address, and with this one's ids in their own address",
  revoked: "an API key of the business that was revoked, and one that was made up",
  network: "the network's credential: a signed message",
  forged: "a signature made with another secret, and one made for another text or under another webhook-id",
  old: "the network's own signature, made six minutes ago, and six minutes ahead",
  replayed: "a message of the network, word for word again with the same webhook-id, after it was taken",
} as const;
export type Caller = keyof typeof CALLERS;
export const CALLER_NAMES = Object.keys(CALLERS) as Caller[];

/** What a cell says: the reply's status, or where a page sends its visitor. */
export const OUTCOMES = {
  "sign-in": "a redirect to the sign-in page",
  choose: "a redirect to the page where one chooses a password",
  away: "a redirect to another page of the same business",
  home: "a redirect to the visitor's own first page",
  account: "a redirect to the visitor's account",
} as const;

/**
 * 2xx: done. 401: who are you? 403: not with this role, or not from there. 404: there is no such thing for this caller. 405: not this
 * method. 400: there is no second factor to use, or no passkey that was asked for. Whatever isn't 2xx has changed nothing in the books, and
 * shows nothing of the business; nor does a GET change anything.
 */
export const TABLE = `
PAGES                                    | none    viewer  finance owner   removed invited newcomer foreign stranger key     other key revoked network forged  old     replayed
GET /                                    | sign-in home    home    home    200     account  choose   home    home     sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /sign-in                             | 200     home    home    home    home    home    home     home    home     200     200       200     200     200     200     200
GET /sign-in/code                        | 200     home    home    home    home    home    home     home    home     200     200       200     200     200     200     200
GET /account                             | sign-in 200     200     200     200     200     choose   200     200      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /choose-password                     | sign-in 200     200     200     200     200     200      200     200      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]                        | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/bills                  | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/bills/by-age           | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/bills/new              | sign-in away    200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/bills/import           | sign-in away    200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/bills/[id]             | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/bills/[id]/edit        | sign-in away    200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/invoices               | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/invoices/by-age        | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/invoices/new           | sign-in away    200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/invoices/import        | sign-in away    200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/invoices/[id]          | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/invoices/[id]/edit     | sign-in away    200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/pay                    | sign-in away    200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/payments               | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/payments/to-approve    | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/payments/[objectId]    | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/received               | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/received/[objectId]    | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/to-confirm             | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/to-confirm/statement   | sign-in away    200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/activity               | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/parties                | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/parties/[b2bId]        | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/parties/[b2bId]/ledger | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/parties/[b2bId]/edit   | sign-in away    200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/settings               | sign-in away    away    away    404     404     choose   away    404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/settings/people        | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /b/[business]/settings/api-keys      | sign-in 200     200     200     404     404     choose   200     404      sign-in sign-in   sign-in sign-in sign-in sign-in sign-in
GET /docs/api                            | 200     200     200     200     200     200     200      200     200      200     200       200     200     200     200     200
GET /docs/api/v0                         | 200     200     200     200     200     200     200      200     200      200     200       200     200     200     200     200

OPEN TO ALL                              | none    viewer  finance owner   removed invited newcomer foreign stranger key     other key revoked network forged  old     replayed
GET /api/health/live                     | 200     200     200     200     200     200     200      200     200      200     200       200     200     200     200     200
GET /api/health/ready                    | 200     200     200     200     200     200     200      200     200      200     200       200     200     200     200     200
GET /api/openapi/v0.json                 | 200     200     200     200     200     200     200      200     200      200     200       200     200     200     200     200
GET /api/openapi/v1.json                 | 200     200     200     200     200     200     200      200     200      200     200       200     200     200     200     200

THE BUSINESS                             | none    viewer  finance owner   removed invited newcomer foreign stranger key     other key revoked network forged  old     replayed
GET /api/v1/businesses/[business]        | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
PATCH /api/v1/businesses/[business]      | 401     403     403     200     404     404     403      403     404      403     403       403     401     401     401     401
GET …/home                               | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/counterparties                     | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/counterparties/[b2bId]             | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
PATCH …/counterparties/[b2bId]           | 401     403     200     200     404     404     403      403     404      200     404       401     401     401     401     401
GET …/counterparties/[b2bId]/ledger      | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/counterparties/[b2bId]/ledger/export| 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/directory/[b2bId]                  | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401

INVOICES                                 | none    viewer  finance owner   removed invited newcomer foreign stranger key     other key revoked network forged  old     replayed
GET …/invoices                           | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/invoices/alike                     | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/invoices/changes                   | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
POST …/invoices                          | 401     403     201     201     404     404     403      403     404      201     404       401     401     401     401     401
POST …/invoices/import                   | 401     403     200     200     404     404     403      403     404      200     404       401     401     401     401     401
GET …/invoices/export                    | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/invoices/ageing                    | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/invoices/ageing/export             | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/invoices/[id]                      | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
PATCH …/invoices/[id]                    | 401     403     200     200     404     404     403      403     404      200     404       401     401     401     401     401
POST …/invoices/[id]/cancel              | 401     403     200     200     404     404     403      403     404      200     404       401     401     401     401     401
POST …/invoices/[id]/answer              | 401     403     200     200     404     404     403      403     404      200     404       401     401     401     401     401
POST …/invoices/[id]/put-back            | 401     403     200     200     404     404     403      403     404      200     404       401     401     401     401     401

PAYMENTS                                 | none    viewer  finance owner   removed invited newcomer foreign stranger key     other key revoked network forged  old     replayed
GET …/payments                           | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/payments/changes                   | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
POST …/payments                          | 401     403     201     201     404     404     403      403     404      201     404       401     401     401     401     401
GET …/payments/export                    | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/payments/export/invoices           | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/payments/check-utr                 | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
GET …/payments/[objectId]                | 401     200     200     200     404     404     403      200     404      200     404       401     401     401     401     401
POST …/payments/[objectId]/answer        | 401     403     200     200     404     404     403      403     404      200     404       401     401     401     401     401
POST …/payments/[objectId]/send-again    | 401     403     202     202     404     404     403      403     404      202     404       401     401     401     401     401
POST …/payments/[objectId]/give-up       | 401     403     200     200     404     404     403      403     404      200     404       401     401     401     401     401
POST …/payments/[objectId]/approve       | 401     403     200     200     404     404     403      403     404      403     403       403     401     401     401     401
POST …/payments/[objectId]/decline       | 401     403     200     200     404     404     403      403     404      403     404       401     401     401     401     401

PEOPLE AND KEYS                          | none    viewer  finance owner   removed invited newcomer foreign stranger key     other key revoked network forged  old     replayed
GET …/members                            | 401     200     200     200     404     404     403      200     404      403     403       403     401     401     401     401
POST …/members                           | 401     403     403     201     404     404     403      403     404      403     403       403     401     401     401     401
PATCH …/members/[userId]                 | 401     403     403     200     404     404     403      403     404      403     403       403     401     401     401     401
DELETE …/members/[userId]                | 401     403     403     204     404     404     403      403     404      403     403       403     401     401     401     401
POST …/members/[userId]/reset            | 401     403     403     200     404     404     403      403     404      403     403       403     401     401     401     401
GET …/invitations                        | 401     200     200     200     404     404     403      200     404      403     403       403     401     401     401     401
DELETE …/invitations/[userId]            | 401     403     403     204     404     404     403      403     404      403     403       403     401     401     401     401
POST …/join                              | 401     404     404     404     404     200     403      404     404      403     403       403     401     401     401     401
GET …/api-keys                           | 401     200     200     200     404     404     403      200     404      403     403       403     401     401     401     401
POST …/api-keys                          | 401     403     403     201     404     404     403      403     404      403     403       403     401     401     401     401
DELETE …/api-keys/[id]                   | 401     403     403     200     404     404     403      403     404      403     403       403     401     401     401     401
GET …/activity                           | 401     200     200     200     404     404     403      200     404      403     403       403     401     401     401     401
GET …/activity/export                    | 401     200     200     200     404     404     403      200     404      403     403       403     401     401     401     401

THE NETWORK                              | none    viewer  finance owner   removed invited newcomer foreign stranger key     other key revoked network forged  old     replayed
POST ‥/req-pay                           | 401     401     401     401     401     401     401      401     401      200     403       401     200     401     401     200
GET HEAD OPTIONS PUT PATCH DELETE ‥/req-pay           | 405     405     405     405     405     405     405      405     405      405     405       405     405     405     405     405
POST ‥/resp-pay                          | 401     401     401     401     401     401     401      401     401      403     403       401     200     401     401     200
GET HEAD OPTIONS PUT PATCH DELETE ‥/resp-pay          | 405     405     405     405     405     405     405      405     405      405     405       405     405     405     405     405
POST ‥/req-pay-confirmation              | 401     401     401     401     401     401     401      401     401      200     403       401     200     401     401     200
GET HEAD OPTIONS PUT PATCH DELETE ‥/req-pay-confirmation | 405  405     405     405     405     405     405      405     405      405     405       405     405     405     405     405
POST ‥/resp-pay-confirmation             | 401     401     401     401     401     401     401      401     401      403     403       401     200     401     401     200
GET HEAD OPTIONS PUT PATCH DELETE ‥/resp-pay-confirmation | 405 405     405     405     405     405     405      405     405      405     405       405     405     405     405     405

SIGNING IN                               | none    viewer  finance owner   removed invited newcomer foreign stranger key     other key revoked network forged  old     replayed
POST /api/auth/sign-in/email             | 200     200     200     200     200     200     200      403     200      403     403       403     403     403     403     403
POST /api/auth/sign-out                  | 200     200     200     200     200     200     200      403     200      403     403       403     403     403     403     403
POST /api/auth/change-password           | 401     200     200     200     200     200     200      403     200      403     403       403     403     403     403     403
POST /api/auth/two-factor/enable         | 401     200     200     200     200     200     200      403     200      403     403       403     403     403     403     403
POST /api/auth/two-factor/disable        | 401     200     200     200     200     200     200      403     200      403     403       403     403     403     403     403
POST /api/auth/two-factor/generate-backup-codes | 401     400     400     400     400     400     400      403     400      403     403       403     403     403     403     403
POST /api/auth/two-factor/verify-totp    | 401     400     400     400     400     400     400      403     400      403     403       403     403     403     403     403
POST /api/auth/two-factor/verify-backup-code | 401     400     400     400     400     400     400      403     400      403     403       403     403     403     403     403
POST /api/auth/end-sessions              | 401     200     200     200     200     200     200      403     200      403     403       403     403     403     403     403
POST /api/auth/passkey/sign-in-options   | 200     200     200     200     200     200     200      403     200      403     403       403     403     403     403     403
POST /api/auth/passkey/sign-in           | 401     401     401     401     401     401     401      403     401      403     403       403     403     403     403     403
POST /api/auth/passkey/begin             | 401     200     200     200     200     200     403      403     200      403     403       403     403     403     403     403
POST /api/auth/passkey/add               | 401     400     400     400     400     400     400      403     400      403     403       403     403     403     403     403
POST /api/auth/passkey/rename            | 401     404     404     404     404     404     404      403     404      403     403       403     403     403     403     403
POST /api/auth/passkey/remove            | 401     404     404     404     404     404     404      403     404      403     403       403     403     403     403     403
POST /api/auth/sign-up/email             | 404     404     404     404     404     404     404      404     404      404     404       404     404     404     404     404
GET POST /api/auth/get-session           | 404     404     404     404     404     404     404      404     404      404     404       404     404     404     404     404
POST /api/auth/request-password-reset    | 404     404     404     404     404     404     404      404     404      404     404       404     404     404     404     404
`;

/** What the two short forms in a path stand for. */
const PREFIXES = { "…": "/api/v1/businesses/[business]", "‥": "/api/v0/payment" } as const;

export interface Row {
  section: string;
  method: string;
  /** As the file system has it: `/b/[business]/bills/[id]`. */
  path: string;
  cells: Record<Caller, string>;
}

function pathOf(short: string): string {
  const prefix = PREFIXES[short.charAt(0) as keyof typeof PREFIXES];
  return prefix ? prefix + short.slice(1) : short;
}

/** `GET /b/[business]/bills`: how a row is named. */
export const rowName = ({ method, path }: Pick<Row, "method" | "path">): string => `${method} ${path}`;

function outcomesIn(text: string, line: string): Record<Caller, string> {
  const words = text.trim().split(/\s+/);
  if (words.length !== CALLER_NAMES.length)
    throw new Error(`${words.length} cells, not ${CALLER_NAMES.length}: ${line}`);
  const unknown = words.find((word) => !/^[2-4]\d\d$/.test(word) && !(word in OUTCOMES));
  if (unknown) throw new Error(`nothing is called ${unknown}: ${line}`);
  return Object.fromEntries(CALLER_NAMES.map((caller, index) => [caller, words[index] ?? ""])) as Record<
    Caller,
    string
  >;
}

/** The table, row by row. @throws Error that quotes a line which can't be read. */
export function matrixRows(table: string = TABLE): Row[] {
  const rows: Row[] = [];
  let section = "";
  for (const line of table.split("\n").filter((text) => text.trim() !== "")) {
    const [name = "", cells = ""] = line.split("|");
    if (!name.includes("/")) {
      if (
        cells
          .trim()
          .split(/\s{1,}/)
          .join(" ") !== CALLER_NAMES.join(" ")
      )
        throw new Error(`not the callers: ${line}`);
      section = name.trim();
      continue;
    }
    const words = name.trim().split(/\s+/);
    const path = pathOf(words.pop() ?? "");
    for (const method of words) rows.push({ section, method, path, cells: outcomesIn(cells, line) });
  }
  return rows;
}
