import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { operatorScope } from "@/features/businesses/gate";
import { mintScope } from "@/features/businesses/scope";
import { curlOf } from "@/features/openapi/curl";
import { V1_OPERATIONS } from "@/features/openapi/operations";
import { v1Document } from "@/features/openapi/v1";
import { V1_PARAMETERS, V1_TAKEN } from "@/features/openapi/v1-examples";
import { createPayment } from "@/features/payments/mutations/create";
import type { Operation } from "@/lib/http/operation";
import type { RouteHandler } from "@/lib/http/route";
import { mintPaymentObjectId, uuidv7 } from "@/lib/ids";
import { paise, ZERO } from "@/lib/money";
import { seed } from "@/prisma/seed";
import { prisma } from "@/tests/prisma";
import { ORIGIN } from "@/tests/sign-in";

/*
 * The reference's examples, as they stand there, on the demo's data: with nothing put in but the portal's address, a key, and what each
 * says is to be taken from another reply.
 */

const folder = mkdtempSync(join(tmpdir(), "chukta-examples-"));
process.env.DATA_DIR = folder;
afterAll(() => rmSync(folder, { recursive: true }));

const document = v1Document(ORIGIN);
const variables: Record<string, string> = {};

beforeAll(async () => {
  await seed();
  const business = await prisma.business.findUniqueOrThrow({
    where: { slug: V1_PARAMETERS.business ?? "" },
    select: { id: true, b2bId: true },
  });
  const owner = mintScope({ ...operatorScope(business), role: "OWNER" });
  const { keyText } = await createApiKey(owner, { id: uuidv7(), name: "ERP" });
  variables.CHUKTA_KEY = keyText;
}, 120_000);

/** The words of a line for the shell, as the shell takes them. */
function shellWords(line: string): string[] {
  const words: string[] = [];
  const put = (text: string) => text.replaceAll(/\$(\w+)/g, (_, name: string) => variables[name] ?? `no $${name}`);
  for (const [word] of line.replaceAll("\\\n", " ").matchAll(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g))
    words.push(
      [...word.matchAll(/'([^']*)'|"([^"]*)"|\\(.)|([^'"\\]+)/g)]
        .map(([, single, double, escaped, bare]) => single ?? escaped ?? put(double ?? bare ?? ""))
        .join(""),
    );
  return words;
}

async function runExample(operation: Operation) {
  const described = document.paths[operation.path]?.[operation.method.toLowerCase()];
  if (!described) throw new Error(`${operation.id} is not in the document`);
  const words = shellWords(curlOf(document, operation.path, operation.method.toLowerCase(), described));
  const after = (flag: string) => words.flatMap((word, i) => (word === flag ? (words[i + 1] ?? "") : []));
  const url = new URL(words.find((word) => word.startsWith(ORIGIN)) ?? "");
  const headers = after("-H").map((line) => line.split(": ") as [string, string]);
  const [body] = after("-d");
  const request = new Request(url, {
    method: after("-X")[0] ?? "GET",
    headers: [...headers, ["host", url.host]],
    ...(body === undefined ? {} : { body }),
  });
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const pattern = new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`);
  const given = pattern.exec(url.pathname)?.slice(1).map(decodeURIComponent) ?? [];
  const params = Object.fromEntries(names.map((name, i) => [name, given[i] ?? ""]));
  const file = `@/app${operation.path.replaceAll(/\{(\w+)\}/g, "[$1]")}/route`;
  const module = (await import(file.replace("@", process.cwd()))) as Record<string, RouteHandler>;
  const response = await module[operation.method]?.(request, { params: Promise.resolve(params) });
  return { status: response?.status, text: (await response?.text()) ?? "" };
}

const V1 = `${ORIGIN}/api/v1/businesses/${V1_PARAMETERS.business}`;

async function read<Reply>(path: string): Promise<Reply> {
  const [route, search = ""] = path.split("?");
  const [folder, b2bId] = (route ?? "").split("/");
  const file = `${process.cwd()}/app/api/v1/businesses/[business]/${folder}${b2bId ? "/[b2bId]" : ""}/route`;
  const { GET } = (await import(file)) as { GET: RouteHandler };
  const request = new Request(`${V1}/${route}?${search}`, {
    headers: { authorization: `Bearer ${variables.CHUKTA_KEY}` },
  });
  const params = { business: V1_PARAMETERS.business ?? "", ...(b2bId && { b2bId: decodeURIComponent(b2bId) }) };
  return (await GET(request, { params: Promise.resolve(params) })).json() as Promise<Reply>;
}

type Bills = { items: { id: string; cancellable: boolean; answerable: boolean; version: number }[] };
const bill = async (side: string, isWanted: (bill: Bills["items"][number]) => boolean) =>
  (await read<Bills>(`invoices?side=${side}&limit=100`)).items.find(isWanted)?.id ?? "none";

/** That no delivery of it succeeds any more. */
const stop = () =>
  prisma.message.updateMany({
    where: { objectId: V1_PARAMETERS.objectId ?? "", operation: "REQ_PAY", direction: "OUT" },
    data: { state: "STOPPED", nextAttemptAt: null },
  });

/** A payment that the key has made, and that a person has still to approve. */
async function payToApprove(): Promise<string> {
  const where = { slug: V1_PARAMETERS.business ?? "" };
  const { id: businessId, b2bId } = await prisma.business.update({ where, data: { approvalFrom: 0 } });
  const key = await prisma.apiKey.findFirstOrThrow({ where: { businessId, name: "ERP" } });
  const scope = mintScope({ businessId, b2bId, actor: { kind: "API_KEY", id: key.id, name: "ERP" }, role: "FINANCE" });
  const bill = await prisma.invoice.findFirstOrThrow({
    where: { businessId, side: "PAYABLE", baseStatus: "CREATED", paid: 0, pending: 0 },
  });
  const line = { invoiceId: bill.id, netPaise: paise(100), adjustmentPaise: ZERO, splits: [] };
  const request = {
    objectId: mintPaymentObjectId(),
    supplierB2BId: bill.counterpartyB2BId,
    type: "OFFPLATFORM",
    mode: "NEFT",
    utr: "HDFCN26324123457",
    paidAt: "2026-11-20T14:05:00+05:30",
    lines: [line],
  } as const;
  expect(await createPayment(scope, { ...request, lines: [line] }, new Date())).toMatchObject({ kind: "created" });
  await prisma.business.update({ where, data: { approvalFrom: null } });
  return request.objectId;
}

let answered = "none";

/** Does what an example's words say, before it is run; else it goes on with what `createInvoice` gave. */
const TAKE: Record<string, () => Promise<Record<string, string>>> = {
  cancelInvoice: async () => ({ INVOICE_ID: await bill("payable", (one) => one.cancellable && one.version === 1) }),
  putBackInvoice: async () => ({ INVOICE_ID: answered }),
  answerInvoice: async () => ({ INVOICE_ID: await bill("payable", (one) => one.answerable && one.version === 1) }),
  answerPayment: async () => {
    const search = "payments?side=incoming&status=AWAITING_CONFIRMATION";
    return { PAYMENT_ID: (await read<{ items: { objectId: string }[] }>(search)).items[0]?.objectId ?? "none" };
  },
  sendPaymentAgain: async () => {
    await stop();
    return { PAYMENT_ID: V1_PARAMETERS.objectId ?? "" };
  },
  declinePayment: async () => ({ PAYMENT_ID: await payToApprove() }),
  giveUpPayment: async () => {
    await stop();
    return { PAYMENT_ID: V1_PARAMETERS.objectId ?? "" };
  },
  changeCounterparty: async () => {
    const { items } = await read<{ items: { b2bId: string }[] }>("counterparties?side=payable");
    const here = (await prisma.business.findMany()).map(({ b2bId }) => b2bId);
    const PARTY = encodeURIComponent(items.find(({ b2bId }) => !here.includes(b2bId))?.b2bId ?? "");
    return { PARTY, VERSION: (await read<{ version: string }>(`counterparties/${PARTY}?side=payable`)).version };
  },
};

/** In the order of the reference; a payment that was given up isn't sent again. */
const RUN = V1_OPERATIONS.filter(({ callers }) => callers !== "session").toSorted(
  (a, b) => Number(a.id === "giveUpPayment") - Number(b.id === "giveUpPayment"),
);

describe("an example of the reference can be pasted", () => {
  let written = "none";

  test.each(RUN)("$id", async (operation) => {
    Object.assign(variables, { INVOICE_ID: written }, await TAKE[operation.id]?.());
    const { status, text } = await runExample(operation);
    expect([status, text]).toEqual([operation.status ?? 200, expect.any(String)]);
    if (operation.id === "createInvoice") written = JSON.parse(text).id;
    if (operation.id === "answerInvoice") answered = JSON.parse(text).id;
  });

  test("what it takes from elsewhere is said of it, and every id is the example's own or said", () => {
    for (const { id, path, params } of V1_OPERATIONS) {
      const made = ["getPayment", "getCounterparty", "getLedger", "exportLedger", "findInDirectory"].includes(id);
      expect(Boolean(V1_TAKEN[id]) || made, id).toBe(params !== undefined || id === "createPayment");
      for (const { variable, from } of V1_TAKEN[id] ?? []) {
        expect(from, id).not.toMatch(/\.$/);
        const described = document.paths[path];
        const line = Object.entries(described ?? {}).find(([, operation]) => operation.operationId === id);
        expect(line && curlOf(document, path, line[0], line[1]), id).toContain(`$${variable}`);
      }
    }
  });
});
