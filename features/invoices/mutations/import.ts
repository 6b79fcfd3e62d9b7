import "server-only";
import { z } from "zod";
import type { BusinessScope } from "@/features/businesses/scope";
import { partyFinder } from "@/features/counterparties/resolve";
import type { ImportResult } from "@/features/invoices/api";
import { sideColumn } from "@/features/invoices/filters";
import { createInvoice } from "@/features/invoices/mutations/create";
import { alreadyThereWords, DUPLICATE_INVOICE, whyNotReplaceable, whyNotTheirs } from "@/features/invoices/refusal";
import { INVOICE_COLUMNS, invoiceRow } from "@/features/invoices/row";
import { duplicateKeyOf } from "@/features/invoices/rules";
import type { CreateInvoiceInput, ImportInvoicesInput } from "@/features/invoices/schema";
import { books } from "@/lib/db";
import { AppError, type FieldProblem } from "@/lib/errors";
import { Prisma } from "@/lib/generated/prisma/client";
import { KEPT_PLAN } from "@/lib/kept-plans";

type Imported = ImportResult["items"][number];
type Outcome = Pick<Imported, "outcome" | "invoiceId" | "problem">;

/**
 * Writes several bills down, or raises several invoices, each for itself and in their order: what can't be is refused, and the others
 * are in the books. The same request again adds nothing twice. With `dryRun` it only says what would come of each.
 * @throws when the database goes away; what was added until then stays, and is `added` when the request is sent again.
 */
export async function importInvoices(
  scope: BusinessScope,
  { side, dryRun, invoices }: ImportInvoicesInput,
  now: Date,
): Promise<ImportResult> {
  const whoIs = await partyFinder(
    scope,
    invoices.map(({ counterparty }) => counterparty),
  );
  const meant = invoices.map(({ counterparty, ...content }) => {
    const { objectId } = content;
    const party = whoIs(counterparty);
    if ("problem" in party) return { objectId, problem: party.problem };
    const { b2bId, name, isNew } = party;
    return { objectId, invoice: { ...content, side, counterparty: { ...counterparty, b2bId, name } }, isNew };
  });
  const look = dryRun
    ? await lookAhead(
        scope,
        side,
        meant.flatMap(({ invoice }) => invoice ?? []),
      )
    : null;
  const items: Imported[] = [];
  for (const { objectId, problem, invoice, isNew } of meant) {
    if (!invoice) {
      const inInvoice = { ...problem, path: `counterparty.${problem.path}` };
      items.push({ objectId, counterparty: null, ...refused(inInvoice) });
      continue;
    }
    const { b2bId, name } = invoice.counterparty;
    const outcome = look ? look(invoice) : await add(scope, invoice, now);
    items.push({ objectId, counterparty: { b2bId, name, isNew }, ...outcome });
  }
  return { items };
}

const refused = (problem: FieldProblem): Outcome => ({ outcome: "refused", invoiceId: null, problem });

/** What was refused on purpose, as the outcome of one invoice. */
const refusedBy = ({ message, fields: [field] }: AppError) => refused(field ?? { path: "", message });

const keyOf = ({ counterparty, supplierInvoiceNumber, issueDate }: CreateInvoiceInput) =>
  duplicateKeyOf({ counterpartyB2BId: counterparty.b2bId, supplierInvoiceNumber, issueDay: issueDate });

const sameBill = invoiceRow.extend({ duplicateKey: z.string() });

/** What the books have of the same paper bills, by their keys. */
async function sameBills(scope: BusinessScope, side: ImportInvoicesInput["side"], all: readonly CreateInvoiceInput[]) {
  const rows = await books(scope).$queryRaw`
    ${KEPT_PLAN} SELECT ${Prisma.raw(INVOICE_COLUMNS)}, duplicate_key AS "duplicateKey" FROM invoice
     WHERE business_id = ${scope.businessId}::uuid AND side = ${sideColumn(side)}::invoice_side
       AND duplicate_key = ANY(${all.map(keyOf)})`;
  return new Map(
    sameBill
      .array()
      .parse(rows)
      .map((row) => [row.duplicateKey, row]),
  );
}

async function add(scope: BusinessScope, invoice: CreateInvoiceInput, now: Date): Promise<Outcome> {
  try {
    const { id } = await createInvoice(scope, invoice, now);
    return { outcome: "added", invoiceId: id, problem: null };
  } catch (error) {
    // An outage is nobody's refusal: the whole request fails, and is sent again.
    if (!(error instanceof AppError)) throw error;
    const outcome = refusedBy(error);
    if (outcome.problem?.code !== DUPLICATE_INVOICE) return outcome;
    const found = await sameBills(scope, invoice.side, [invoice]);
    return { ...outcome, outcome: "present", invoiceId: found.get(keyOf(invoice))?.id ?? null };
  }
}

/** Says of each invoice what `add` would, from one look into the books. To be asked once each, in their order. */
async function lookAhead(scope: BusinessScope, side: ImportInvoicesInput["side"], all: CreateInvoiceInput[]) {
  const found = await sameBills(scope, side, all);
  const before = new Set<string>();
  const present = (message: string, invoiceId: string | null): Outcome => {
    const problem = { path: "supplierInvoiceNumber", message, code: DUPLICATE_INVOICE };
    return { outcome: "present", invoiceId, problem };
  };
  return (invoice: CreateInvoiceInput): Outcome => {
    const refusal = whyNotTheirs(scope, invoice.counterparty.b2bId);
    if (refusal) return refusedBy(refusal);
    const key = keyOf(invoice);
    const row = found.get(key);
    // What a supplier raises takes the place of what its buyer wrote down, unless money is on it.
    const isBuyers = row?.side === "RECEIVABLE" && row.origin === "COUNTERPARTY";
    const stays = row && isBuyers ? whyNotReplaceable(row) : null;
    if (row && (stays || !isBuyers)) return present(stays?.message ?? alreadyThereWords(row), row.id);
    if (before.has(key)) return present("The same bill comes before this one.", null);
    before.add(key);
    return { outcome: "new", invoiceId: null, problem: null };
  };
}
