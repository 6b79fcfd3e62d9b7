import { type Paise, parseRupees, ZERO } from "@/lib/money";
import { type CellTable, readCells, type TableSource } from "@/lib/tables/cells";
import type { Heading } from "@/lib/tables/headings";

/** The most lines of a statement that are read: a year of a busy account. */
export const MOST_LINES = 20_000;

type StatementColumn = "day" | "words" | "credit" | "debit" | "amount" | "direction";

/** What banks in India call the columns of a statement. */
const COLUMNS: readonly Heading<StatementColumn>[] = [
  {
    key: "day",
    label: "Date",
    also: ["Transaction date", "Txn date", "Tran date", "Post date", "Posting date", "Value date", "Value dt"],
  },
  {
    key: "words",
    label: "Narration",
    also: [
      ...["Description", "Particulars", "Transaction remarks", "Transaction particulars", "Remarks", "Details"],
      "Transaction details",
    ],
  },
  {
    key: "credit",
    label: "Credit",
    also: [
      ...["Credit amount", "Credit amt", "Credits", "Cr amount", "Cr amt", "Deposit", "Deposits", "Deposit amount"],
      ...["Deposit amt", "Amount credited", "Cr", "Credit Rs", "Credit INR", "Deposit Rs", "Deposit INR"],
    ],
  },
  {
    key: "debit",
    label: "Debit",
    also: [
      ...["Debit amount", "Debit amt", "Debits", "Dr amount", "Dr amt", "Withdrawal", "Withdrawals"],
      ...["Withdrawal amount", "Withdrawal amt", "Amount debited", "Dr", "Debit Rs", "Debit INR"],
      ...["Withdrawal Rs", "Withdrawal INR"],
    ],
  },
  {
    key: "amount",
    label: "Amount",
    also: ["Transaction amount", "Txn amount", "Tran amount", "Withdrawal/Deposit", "Deposit/Withdrawal"],
  },
  {
    key: "direction",
    label: "Dr/Cr",
    also: [
      ...["Cr/Dr", "Debit/Credit", "Credit/Debit", "D/C", "C/D", "Dr/Cr indicator", "Cr/Dr indicator"],
      ...["Debit/Credit indicator", "Credit/Debit indicator", "Type", "Transaction type"],
    ],
  },
];

/** One line of a bank statement. */
export interface StatementLine {
  /** Its number as a spreadsheet counts. */
  row: number;
  /** As the statement has it; empty where it has none. */
  day: string;
  /** What the bank says of it, or all of the line where no column is known to say so. */
  words: string;
  /** What came in, in paise; null where money went out, or the amount can't be read. */
  credit: Paise | null;
  /** The line's letters and digits, in the runs that signs and blanks leave, in capitals. */
  runs: ReadonlySet<string>;
}

export type ReadStatement = { lines: StatementLine[] } | { problem: string };

/** Letters and digits in capitals, where signs and blanks part them. */
const runsOf = (text: string): string[] => text.toUpperCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Longer cells are sentences, no reference by itself. */
const REFERENCE_CELL = 40;

/** A cell's runs; and all of them as one, where it may be a reference that is written with signs. */
function runsIn(cell: string): string[] {
  const runs = runsOf(cell);
  return cell.length <= REFERENCE_CELL ? [...runs, runs.join("")] : runs;
}

const lacking = (columns: ReadonlyMap<StatementColumn, number>): string | null =>
  columns.has("credit") || columns.has("amount")
    ? null
    : "There is no column “Credit” or “Deposit”. The first row should name the columns.";

/** An amount with what banks write beside it: "+1,18,000.00", "1,18,000.00 Cr", "INR 500.00". Zero or nothing is no amount. */
function amountIn(text: string): { amount: Paise | null; isCredit: boolean; isDebit: boolean } {
  const [, bare = "", mark = ""] = /^\s*\+?\s*(.*?)\s*(cr|dr|\(cr\)|\(dr\))?\.?\s*$/i.exec(text) ?? [];
  const amount = parseRupees(bare);
  return { amount: amount === ZERO ? null : amount, isCredit: /cr/i.test(mark), isDebit: /dr/i.test(mark) };
}

function creditOf(cells: readonly string[], { columns }: CellTable<StatementColumn>): Paise | null {
  const cell = (key: StatementColumn) => cells[columns.get(key) ?? -1] ?? "";
  if (columns.has("credit")) {
    const { amount, isDebit } = amountIn(cell("credit"));
    const wentOut = columns.has("debit") && amountIn(cell("debit")).amount !== null;
    return isDebit || wentOut ? null : amount;
  }
  const { amount, isCredit, isDebit } = amountIn(cell("amount"));
  if (!columns.has("direction")) return isCredit ? amount : null;
  return !isDebit && /^\s*(c|cr|credit|deposit)\.?\s*$/i.test(cell("direction")) ? amount : null;
}

/** Whether it says of its amounts which came in: by a column, or beside the amounts themselves. */
function isToldApart({ columns, rows }: CellTable<StatementColumn>): boolean {
  if (columns.has("credit") || columns.has("direction")) return true;
  const marked = ({ cells }: { cells: readonly string[] }) => {
    const { isCredit, isDebit } = amountIn(cells[columns.get("amount") ?? -1] ?? "");
    return isCredit || isDebit;
  };
  return rows.some(marked);
}

/** Reads a bank statement as its bank gives it, as a workbook or CSV, or as cells that were copied. Bounded as every table is (`readCells`). */
export function readStatement(source: TableSource): ReadStatement {
  const read = readCells(source, COLUMNS, MOST_LINES, lacking);
  if ("problem" in read) return read;
  const { table } = read;
  if (!isToldApart(table))
    return {
      problem: "It can't be told which amounts came in: there is no column “Credit” or “Deposit”, nor one “Dr/Cr”.",
    };
  const at = (key: StatementColumn, cells: readonly string[]) => (cells[table.columns.get(key) ?? -1] ?? "").trim();
  return {
    lines: table.rows.map(({ row, cells }) => ({
      row,
      day: at("day", cells),
      words: at("words", cells) || cells.filter((cell) => cell.trim() !== "").join(" "),
      credit: creditOf(cells, table),
      runs: new Set(cells.flatMap(runsIn)),
    })),
  };
}
