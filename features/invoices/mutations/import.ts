import "server-only";
import type { BusinessScope } from "@/features/businesses/scope";
import { partyFinder } from "@/features/counterparties/resolve";
import type { ImportResult } from "@/features/invoices/api";
import { createInvoice } from "@/features/invoices/mutations/create";
import { editInvoice } from "@/features/invoices/mutations/edit";
import {
  cancelledBills,
  differenceFrom,
  type MeantInvoice,
  sameBillKey,
  sameBillOf,
  sameBills,
} from "@/features/invoices/mutations/same-bills";
import {
  alreadyThereWords,
  CancelledBefore,
  DUPLICATE_INVOICE,
  whyNotReplaceable,
  whyNotTheirs,
} from "@/features/invoices/refusal";
import type { InvoiceRow } from "@/features/invoices/row";
import type { ImportedInvoiceInput, ImportInvoicesInput } from "@/features/invoices/schema";
import { books } from "@/lib/db";
import { AppError, changedMeanwhile, type FieldProblem } from "@/lib/errors";

type Imported = ImportResult["items"][number];
type Outcome = Pick<Imported, "outcome" | "invoiceId" | "problem" | "difference" | "cancelled">;

/** What an outcome says where there is nothing to say. */
const NOTHING = { invoiceId: null, problem: null, difference: null, cancelled: null };

/**
 * Writes several bills down, or raises several invoices, each for itself and in their order: what can't be is refused, and the others
 * are in the books. What is there already stays as it is, unless it is said to take the new values (`edits`), and what was cancelled
 * stays so, unless it is said to be wanted `anew`. The same request again adds and changes nothing twice. With `dryRun` it only says what would come of each.
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
  const meant = invoices.map(({ counterparty, edits, anew, ...content }) => {
    const { objectId } = content;
    const party = whoIs(counterparty);
    if ("problem" in party) return { objectId, problem: party.problem };
    const { b2bId, name, isNew } = party;
    return {
      objectId,
      invoice: { ...content, side, counterparty: { ...counterparty, b2bId, name } },
      isNew,
      edits,
      anew,
    };
  });
  const look = dryRun
    ? await lookAhead(
        scope,
        meant.flatMap(({ invoice }) => invoice ?? []),
        now,
      )
    : null;
  const items: Imported[] = [];
  for (const { objectId, problem, invoice, isNew, edits, anew } of meant) {
    if (!invoice) {
      const inInvoice = { ...problem, path: `counterparty.${problem.path}` };
      items.push({ objectId, counterparty: null, ...refused(inInvoice) });
      continue;
    }
    const { b2bId, name } = invoice.counterparty;
    const write = () => (edits ? change(scope, invoice, edits, now) : add(scope, invoice, anew, now));
    const outcome = look ? look(invoice, anew) : await write();
    items.push({ objectId, counterparty: { b2bId, name, isNew }, ...outcome });
  }
  return { items };
}

const refused = (problem: FieldProblem): Outcome => ({ ...NOTHING, outcome: "refused", problem });

/** What was refused on purpose, as the problem of one invoice; the invoice in its way is said by the outcome itself. */
function problemOf({ message, fields: [field] }: AppError): FieldProblem {
  if (!field) return { path: "", message };
  const { invoiceId: _, ...problem } = field;
  return problem;
}

const isThere = (message: string): FieldProblem => ({
  path: "supplierInvoiceNumber",
  message,
  code: DUPLICATE_INVOICE,
});

const present = (row: InvoiceRow, invoice: MeantInvoice, problem: FieldProblem, now: Date): Outcome => ({
  ...NOTHING,
  outcome: "present",
  invoiceId: row.id,
  problem,
  difference: differenceFrom(row, invoice, now),
});

/** What is there of the same paper bill, where it stays; null where what is raised takes its place. */
function standing(row: InvoiceRow, invoice: MeantInvoice, now: Date): Outcome | null {
  // What a supplier raises takes the place of what its buyer wrote down, unless money is on it.
  const isBuyers = row.side === "RECEIVABLE" && row.origin === "COUNTERPARTY";
  const stays = isBuyers ? whyNotReplaceable(row) : null;
  if (isBuyers && !stays) return null;
  return present(row, invoice, isThere(stays?.message ?? alreadyThereWords(row)), now);
}

const wasCancelled = (refusal: CancelledBefore): Outcome => {
  const { invoiceId, at, by } = refusal.bill;
  const cancelled = { at: at.toISOString(), by };
  return { ...NOTHING, outcome: "present", invoiceId, problem: problemOf(refusal), cancelled };
};

async function add(scope: BusinessScope, invoice: MeantInvoice, anew: boolean, now: Date): Promise<Outcome> {
  try {
    const content = { ...invoice, description: invoice.description ?? "" };
    const { id } = await createInvoice(scope, content, now, { unlessCancelled: !anew });
    return { ...NOTHING, outcome: "added", invoiceId: id };
  } catch (error) {
    // An outage is nobody's refusal: the whole request fails, and is sent again.
    if (!(error instanceof AppError)) throw error;
    if (error instanceof CancelledBefore) return wasCancelled(error);
    const problem = problemOf(error);
    if (problem.code !== DUPLICATE_INVOICE && problem.code !== "DUPLICATE_CONFLICT") return refused(problem);
    const row = await sameBillOf(scope, invoice);
    // Whoever keeps one id for a bill sends under it what their own books say of it now.
    if (problem.code === "DUPLICATE_CONFLICT") return (row && standing(row, invoice, now)) ?? refused(problem);
    return row ? present(row, invoice, problem, now) : { ...NOTHING, outcome: "present", problem };
  }
}

/** Has the bill that is there take the new values, by an edit as people make it: with its guards, its version and its share. */
async function change(
  scope: BusinessScope,
  invoice: MeantInvoice,
  { invoiceId, version }: NonNullable<ImportedInvoiceInput["edits"]>,
  now: Date,
): Promise<Outcome> {
  const row = await sameBillOf(scope, invoice);
  if (!row) return refused(isGone);
  try {
    // Cancelled since, and written anew under its number: what that one says nobody has seen beside the file.
    if (row.id !== invoiceId) throw changedMeanwhile("invoice");
    const { supplierInvoiceNumber } = row;
    const { issueDate, dueDate, totalPaise, description } = invoice;
    const content = { supplierInvoiceNumber, issueDate, dueDate, totalPaise, description };
    await editInvoice(scope, invoiceId, { ...content, version }, now);
    return { ...NOTHING, outcome: "changed", invoiceId };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const after = await sameBillOf(scope, invoice);
    if (!after) return refused(isGone);
    // Whoever came first has written just the same.
    const isSame = differenceFrom(after, invoice, now) === null;
    const problem = isSame ? isThere(alreadyThereWords(after)) : { ...problemOf(error), path: "edits" };
    return present(after, invoice, problem, now);
  }
}

const isGone: FieldProblem = {
  path: "edits",
  message:
    "It was cancelled, or has another number, since it was compared with the file. Nothing was changed. Import the file again to add this one.",
  code: "CHANGED_MEANWHILE",
};

/** Says of each invoice what `add` would, from one look into the books. To be asked once each, in their order. */
async function lookAhead(scope: BusinessScope, all: readonly MeantInvoice[], now: Date) {
  const [found, cancelled] = await Promise.all([sameBills(scope, all), cancelledBills(books(scope), scope, all)]);
  const before = new Set<string>();
  return (invoice: MeantInvoice, anew: boolean): Outcome => {
    const refusal = whyNotTheirs(scope, invoice.counterparty.b2bId);
    if (refusal) return refused(problemOf(refusal));
    const key = sameBillKey(invoice);
    const row = found.get(key);
    const there = row && standing(row, invoice, now);
    if (there) return there;
    if (before.has(key)) {
      const problem = isThere("The same bill comes before this one.");
      return { ...NOTHING, outcome: "present", problem };
    }
    const bill = anew ? undefined : cancelled.get(key);
    if (bill) return wasCancelled(new CancelledBefore(bill));
    before.add(key);
    return { ...NOTHING, outcome: "new" };
  };
}
