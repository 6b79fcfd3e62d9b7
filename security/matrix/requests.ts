import { randomUUID } from "node:crypto";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { invite } from "@/features/invitations/mutations/invite";
import { answerInvoice } from "@/features/invoices/mutations/answer";
import { mintInvoiceObjectId, uuidv7 } from "@/lib/ids";
import { outcomeOf, respPayOf } from "@/tests/trade";
import { makePerson, PASSWORD, takeOut } from "../world/people";
import { rows } from "../world/sql";
import {
  makeBill,
  pay,
  payAndAnswer,
  payAndArrive,
  payToApprove,
  requestFor,
  stopMessage,
  unsentConfirmation,
  unsentReqPay,
} from "../world/trade";
import type { World } from "../world/world";
import { type Caller, type Row, rowName } from "./table";

/** What is asked for in one cell, before the caller's credential is put to it. */
export interface Asked {
  /** With `[business]` still in it. */
  path: string;
  body?: unknown;
}

type Make = (world: World, caller: Caller) => Promise<Asked> | Asked;

const V1 = "/api/v1/businesses/[business]";

/** Whether the message comes from a business's own software, which speaks for itself, or from the network. */
const isSoftware = (caller: Caller) => ["key", "other key", "revoked"].includes(caller);

async function invoiceOf({ alpha, beta }: World): Promise<string> {
  return (await makeBill(beta, alpha)).receivableId;
}

const edit = { description: "Pipes, 12 metres", issueDate: "2026-11-01", dueDate: "2026-12-05", totalPaise: 90_000 };

const RETURNED = { response: "RETURN", remarks: "The rate is 12 %" } as const;

/** A party of alpha's that lives elsewhere: one that lives here keeps its own details. */
async function partyElsewhere({ alpha }: World): Promise<{ b2bId: string; version: string }> {
  const b2bId = `${randomUUID().slice(0, 8).toUpperCase()}@BCB`;
  const [party] = await rows<{ at: Date }>(
    `INSERT INTO counterparty (business_id, b2b_id, name, updated_at) VALUES ($1, $2, 'Matrix Tools', now()) RETURNING updated_at AS at`,
    alpha.scope.businessId,
    b2bId,
  );
  return { b2bId, version: (party?.at ?? new Date()).toISOString() };
}

async function memberOf({ alpha }: World): Promise<string> {
  return (await makePerson("Clerk", { businessId: alpha.scope.businessId, role: "FINANCE" })).userId;
}

async function signInBody({ alpha }: World) {
  const person = await makePerson("Visitor", { businessId: alpha.scope.businessId, role: "VIEWER" });
  return { email: person.email, password: PASSWORD };
}

/** What a passkey's answer looks like, to a challenge that nobody has made. */
function passkeyAnswer(response: Record<string, string>) {
  const clientDataJSON = Buffer.from(JSON.stringify({ challenge: "bWFkZSB1cA" })).toString("base64url");
  return { id: "bWFkZSB1cA", rawId: "bWFkZSB1cA", type: "public-key", response: { ...response, clientDataJSON } };
}

/** A passkey of somebody else's, in the same business. */
async function colleaguesPasskey(world: World): Promise<string> {
  const id = uuidv7();
  await rows(
    "INSERT INTO passkey (id, user_id, credential_id, public_key, name) VALUES ($1, $2, $3, 'made up', 'Hers')",
    id,
    await memberOf(world),
    randomUUID(),
  );
  return id;
}

/** What each row asks for: of its own for every cell, so that each that is let through really does something. */
const REQUESTS: Record<string, Make> = {
  "GET /b/[business]/bills/[id]": async (world) => ({
    path: `/b/[business]/bills/${(await makeBill(world.alpha, world.beta)).payableId}`,
  }),
  "GET /b/[business]/bills/[id]/edit": async (world) => {
    const { createShared, billOf } = await import("@/tests/invoices");
    const id = await createShared(world.alpha.scope, billOf(world.beta, { side: "payable" }));
    return { path: `/b/[business]/bills/${id}/edit` };
  },
  "GET /b/[business]/invoices/[id]": async (world) => ({ path: `/b/[business]/invoices/${await invoiceOf(world)}` }),
  "GET /b/[business]/invoices/[id]/edit": async (world) => ({
    path: `/b/[business]/invoices/${await invoiceOf(world)}/edit`,
  }),
  "GET /b/[business]/pay": async (world) => ({
    path: `/b/[business]/pay?invoice=${(await makeBill(world.alpha, world.beta)).payableId}`,
  }),
  "GET /b/[business]/parties/[b2bId]": ({ beta }) => ({
    path: `/b/[business]/parties/${encodeURIComponent(beta.b2bId)}`,
  }),
  "GET /b/[business]/parties/[b2bId]/ledger": ({ beta }) => ({
    path: `/b/[business]/parties/${encodeURIComponent(beta.b2bId)}/ledger?side=receivable`,
  }),
  "GET /b/[business]/parties/[b2bId]/edit": async (world) => ({
    path: `/b/[business]/parties/${encodeURIComponent((await partyElsewhere(world)).b2bId)}/edit`,
  }),
  "GET /b/[business]/payments/[objectId]": async (world) => ({
    path: `/b/[business]/payments/${(await pay(world.alpha, world.beta)).objectId}`,
  }),
  "GET /b/[business]/received/[objectId]": async (world) => ({
    path: `/b/[business]/received/${(await payAndArrive(world.beta, world.alpha)).objectId}`,
  }),

  // Only an owner with a second factor may ask for it; whatever an earlier cell has changed is as before.
  [`PATCH ${V1}`]: async ({ alpha, owner }) => {
    await rows("UPDATE app_user SET two_factor_enabled = true WHERE id = $1", owner.userId);
    await rows("UPDATE business SET require_second_factor = false WHERE id = $1", alpha.scope.businessId);
    return { path: V1, body: { requireSecondFactor: true } };
  },
  [`GET ${V1}/counterparties/[b2bId]`]: ({ beta }) => ({
    path: `${V1}/counterparties/${encodeURIComponent(beta.b2bId)}`,
  }),
  [`GET ${V1}/counterparties/[b2bId]/ledger`]: ({ beta }) => ({
    path: `${V1}/counterparties/${encodeURIComponent(beta.b2bId)}/ledger`,
  }),
  [`GET ${V1}/counterparties/[b2bId]/ledger/export`]: ({ beta }) => ({
    path: `${V1}/counterparties/${encodeURIComponent(beta.b2bId)}/ledger/export`,
  }),
  [`PATCH ${V1}/counterparties/[b2bId]`]: async (world) => {
    const { b2bId, version } = await partyElsewhere(world);
    const body = { version, bankAccountNumber: "50100299998888" };
    return { path: `${V1}/counterparties/${encodeURIComponent(b2bId)}`, body };
  },
  [`GET ${V1}/directory/[b2bId]`]: ({ beta }) => ({ path: `${V1}/directory/${encodeURIComponent(beta.b2bId)}` }),

  [`GET ${V1}/invoices`]: () => ({ path: `${V1}/invoices?side=receivable` }),
  [`POST ${V1}/invoices`]: ({ beta }) => ({
    path: `${V1}/invoices`,
    body: {
      objectId: mintInvoiceObjectId(),
      side: "receivable",
      counterparty: { b2bId: beta.b2bId, name: beta.name },
      ...edit,
      supplierInvoiceNumber: `MX/${randomUUID().slice(0, 8)}`,
    },
  }),
  [`POST ${V1}/invoices/import`]: ({ beta }) => {
    const supplierInvoiceNumber = `MX/${randomUUID().slice(0, 8)}`;
    const counterparty = { b2bId: beta.b2bId };
    const invoice = { objectId: mintInvoiceObjectId(), counterparty, ...edit, supplierInvoiceNumber };
    return { path: `${V1}/invoices/import`, body: { side: "receivable", invoices: [invoice] } };
  },
  [`GET ${V1}/invoices/alike`]: async (world) => ({ path: `${V1}/invoices/alike?id=${await invoiceOf(world)}` }),
  [`GET ${V1}/invoices/export`]: () => ({ path: `${V1}/invoices/export?side=receivable` }),
  [`GET ${V1}/invoices/ageing`]: () => ({ path: `${V1}/invoices/ageing?side=receivable` }),
  [`GET ${V1}/invoices/ageing/export`]: () => ({ path: `${V1}/invoices/ageing/export?side=receivable` }),
  [`GET ${V1}/invoices/[id]`]: async (world) => ({ path: `${V1}/invoices/${await invoiceOf(world)}` }),
  [`PATCH ${V1}/invoices/[id]`]: async (world) => ({
    path: `${V1}/invoices/${await invoiceOf(world)}`,
    body: { version: 1, ...edit, supplierInvoiceNumber: `MX/${randomUUID().slice(0, 8)}` },
  }),
  [`POST ${V1}/invoices/[id]/cancel`]: async (world) => ({ path: `${V1}/invoices/${await invoiceOf(world)}/cancel` }),
  [`POST ${V1}/invoices/[id]/answer`]: async ({ alpha, beta }) => ({
    path: `${V1}/invoices/${(await makeBill(alpha, beta)).payableId}/answer`,
    body: { ...RETURNED, version: 1 },
  }),
  [`POST ${V1}/invoices/[id]/put-back`]: async ({ alpha, beta }) => {
    const { payableId } = await makeBill(alpha, beta);
    const { version } = await answerInvoice(alpha.scope, payableId, { ...RETURNED, version: 1 }, new Date());
    return { path: `${V1}/invoices/${payableId}/put-back`, body: { version } };
  },

  [`GET ${V1}/payments`]: () => ({ path: `${V1}/payments?side=outgoing` }),
  [`POST ${V1}/payments`]: async ({ alpha, beta }) => ({
    path: `${V1}/payments`,
    body: requestFor(beta, await makeBill(alpha, beta)),
  }),
  [`GET ${V1}/payments/export`]: () => ({ path: `${V1}/payments/export?side=outgoing` }),
  [`GET ${V1}/payments/export/invoices`]: () => ({ path: `${V1}/payments/export/invoices?side=outgoing` }),
  [`GET ${V1}/payments/check-utr`]: () => ({ path: `${V1}/payments/check-utr?utr=HDFCN26324123456` }),
  [`GET ${V1}/payments/[objectId]`]: async ({ alpha, beta }) => ({
    path: `${V1}/payments/${(await pay(alpha, beta)).objectId}`,
  }),
  [`POST ${V1}/payments/[objectId]/answer`]: async ({ alpha, beta }) => ({
    path: `${V1}/payments/${(await payAndArrive(beta, alpha)).objectId}/answer`,
    body: { response: "ACCEPT", remarks: "Received" },
  }),
  [`POST ${V1}/payments/[objectId]/send-again`]: async ({ alpha, beta }) => ({
    path: `${V1}/payments/${(await pay(alpha, beta)).objectId}/send-again`,
  }),
  [`POST ${V1}/payments/[objectId]/give-up`]: async ({ alpha, beta }) => {
    const { objectId } = await pay(alpha, beta);
    await stopMessage(objectId);
    return { path: `${V1}/payments/${objectId}/give-up` };
  },
  [`POST ${V1}/payments/[objectId]/approve`]: async ({ alpha, beta }) => ({
    path: `${V1}/payments/${await payToApprove(alpha, beta)}/approve`,
  }),
  [`POST ${V1}/payments/[objectId]/decline`]: async ({ alpha, beta }) => ({
    path: `${V1}/payments/${await payToApprove(alpha, beta)}/decline`,
    body: { remarks: "Not ours" },
  }),

  [`POST ${V1}/members`]: () => ({
    path: `${V1}/members`,
    body: { email: `new.${randomUUID().slice(0, 8)}@example.in`, name: "New Clerk", role: "VIEWER" },
  }),
  [`PATCH ${V1}/members/[userId]`]: async (world) => ({
    path: `${V1}/members/${await memberOf(world)}`,
    body: { role: "VIEWER" },
  }),
  [`DELETE ${V1}/members/[userId]`]: async (world) => ({ path: `${V1}/members/${await memberOf(world)}` }),
  [`POST ${V1}/members/[userId]/reset`]: async (world) => ({
    path: `${V1}/members/${await memberOf(world)}/reset`,
    body: { removeSecondFactor: false },
  }),
  [`DELETE ${V1}/invitations/[userId]`]: async ({ alpha }) => {
    const guest = await makePerson("Guest");
    await invite(alpha.scope, { email: guest.email, role: "VIEWER" }, new Date());
    return { path: `${V1}/invitations/${guest.userId}` };
  },
  // Whoever has joined by it is out again afterwards.
  [`POST ${V1}/join`]: async ({ alpha, invited }, caller) => {
    await takeOut(invited);
    const { joiningCode } = await invite(alpha.scope, { email: invited.email, role: "VIEWER" }, new Date());
    return { path: `${V1}/join`, body: { code: caller === "invited" ? joiningCode : "abcd-efgh-jkmn-pqrs" } };
  },
  [`POST ${V1}/api-keys`]: () => ({ path: `${V1}/api-keys`, body: { id: uuidv7(), name: "New software" } }),
  [`DELETE ${V1}/api-keys/[id]`]: async ({ alpha }) => {
    const { apiKey } = await createApiKey(alpha.scope, { id: uuidv7(), name: "Spare software" });
    return { path: `${V1}/api-keys/${apiKey.id}` };
  },

  "POST /api/v0/payment/req-pay": async ({ alpha, beta }, caller) => ({
    path: "/api/v0/payment/req-pay",
    body: isSoftware(caller) ? await unsentReqPay(alpha, beta) : (await pay(beta, alpha)).reqPay,
  }),
  "POST /api/v0/payment/resp-pay": async ({ alpha, beta }) => ({
    path: "/api/v0/payment/resp-pay",
    body: respPayOf((await pay(alpha, beta)).reqPay),
  }),
  "POST /api/v0/payment/req-pay-confirmation": async ({ alpha, beta }, caller) => ({
    path: "/api/v0/payment/req-pay-confirmation",
    body: isSoftware(caller) ? await unsentConfirmation(beta, alpha) : (await payAndAnswer(alpha, beta)).confirmation,
  }),
  "POST /api/v0/payment/resp-pay-confirmation": async ({ alpha, beta }) => ({
    path: "/api/v0/payment/resp-pay-confirmation",
    body: outcomeOf((await payAndAnswer(beta, alpha)).confirmation),
  }),

  "POST /api/auth/sign-in/email": async (world) => ({ path: "/api/auth/sign-in/email", body: await signInBody(world) }),
  "POST /api/auth/sign-out": () => ({ path: "/api/auth/sign-out", body: {} }),
  "POST /api/auth/change-password": () => ({
    path: "/api/auth/change-password",
    body: { currentPassword: PASSWORD, newPassword: `fresh-${randomUUID()}`, revokeOtherSessions: false },
  }),
  "POST /api/auth/two-factor/enable": () => ({ path: "/api/auth/two-factor/enable", body: { password: PASSWORD } }),
  "POST /api/auth/two-factor/disable": () => ({ path: "/api/auth/two-factor/disable", body: { password: PASSWORD } }),
  "POST /api/auth/two-factor/generate-backup-codes": () => ({
    path: "/api/auth/two-factor/generate-backup-codes",
    body: { password: PASSWORD },
  }),
  "POST /api/auth/two-factor/verify-totp": () => ({
    path: "/api/auth/two-factor/verify-totp",
    body: { code: "000000" },
  }),
  "POST /api/auth/two-factor/verify-backup-code": () => ({
    path: "/api/auth/two-factor/verify-backup-code",
    body: { code: "aaaaa-aaaaa" },
  }),
  "POST /api/auth/end-sessions": () => ({ path: "/api/auth/end-sessions", body: { password: PASSWORD } }),
  "POST /api/auth/passkey/sign-in-options": () => ({ path: "/api/auth/passkey/sign-in-options", body: {} }),
  "POST /api/auth/passkey/sign-in": () => ({
    path: "/api/auth/passkey/sign-in",
    body: {
      answer: passkeyAnswer({ authenticatorData: "bWFkZSB1cA", signature: "bWFkZSB1cA", userHandle: "bWFkZSB1cA" }),
    },
  }),
  "POST /api/auth/passkey/begin": () => ({ path: "/api/auth/passkey/begin", body: { password: PASSWORD } }),
  "POST /api/auth/passkey/add": () => ({
    path: "/api/auth/passkey/add",
    body: { name: "Laptop", answer: passkeyAnswer({ attestationObject: "bWFkZSB1cA" }) },
  }),
  "POST /api/auth/passkey/rename": async (world) => ({
    path: "/api/auth/passkey/rename",
    body: { passkey: await colleaguesPasskey(world), name: "Mine" },
  }),
  "POST /api/auth/passkey/remove": async (world) => ({
    path: "/api/auth/passkey/remove",
    body: { passkey: await colleaguesPasskey(world), password: PASSWORD },
  }),
  "POST /api/auth/get-session": () => ({ path: "/api/auth/get-session", body: {} }),
  "POST /api/auth/request-password-reset": ({ owner }) => ({
    path: "/api/auth/request-password-reset",
    body: { email: owner.email },
  }),
  "POST /api/auth/sign-up/email": () => ({
    path: "/api/auth/sign-up/email",
    body: { email: `self.${randomUUID()}@example.in`, password: PASSWORD, name: "Self" },
  }),
};

/** What a row asks for. A row whose path has no parameter but the business needs no entry of its own. */
export async function askedBy(row: Row, world: World, caller: Caller): Promise<Asked> {
  const make = REQUESTS[rowName(row)];
  if (make) return make(world, caller);
  if (row.method === "GET" || row.path.startsWith("/api/v0/")) {
    if (/\[(?!business\])/.test(row.path)) throw new Error(`nothing says what ${rowName(row)} asks for`);
    return { path: row.path };
  }
  throw new Error(`nothing says what ${rowName(row)} asks for`);
}
