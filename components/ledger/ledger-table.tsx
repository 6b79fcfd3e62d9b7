import { Balance } from "@/components/ledger/balance";
import { invoiceHref, paymentHref } from "@/components/ledger/ledger-query";
import { PaymentParts } from "@/components/ledger/payment-parts";
import { cn } from "@/components/ui/cn";
import { Money } from "@/components/ui/money";
import { RowLink } from "@/components/ui/row-link";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import type { InvoiceSideName } from "@/features/invoices/schema";
import type { Ledger, LedgerEntry } from "@/features/ledger/api";
import { paise } from "@/lib/money";
import { formatDay } from "@/lib/time";

/** On a sheet of A4 all five columns stand beside each other. */
const onPaper = "print:px-1.5 print:py-1 print:text-[0.75rem]";

interface LedgerTableProps {
  business: string;
  side: InvoiceSideName;
  ledger: Ledger;
}

/** What counts, by day, with the balance after each; a page that isn't the first or the last says what it takes over and hands on. */
export function LedgerTable({ business, side, ledger }: LedgerTableProps) {
  const { items, from, to, previousCursor, nextCursor } = ledger;
  const last = items.at(-1);
  return (
    <Table label="Ledger">
      <TableHeader>
        <TableRow>
          <TableHead className={onPaper}>Date</TableHead>
          <TableHead className={onPaper}>Particulars</TableHead>
          <TableHead numeric className={onPaper}>
            Debit
          </TableHead>
          <TableHead numeric className={onPaper}>
            Credit
          </TableHead>
          <TableHead numeric className={onPaper}>
            Balance
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        <BalanceRow
          side={side}
          words={previousCursor ? "Brought forward" : "Opening balance"}
          {...(!previousCursor && { day: from })}
          balance={ledger.broughtForwardPaise}
        />
        {items.map((entry) => (
          <EntryRow key={`${entry.kind} ${entry.id}`} business={business} side={side} entry={entry} />
        ))}
        <BalanceRow
          side={side}
          words={nextCursor ? "Carried forward" : "Closing balance"}
          {...(!nextCursor && { day: to })}
          balance={last?.balancePaise ?? ledger.broughtForwardPaise}
        />
      </TableBody>
    </Table>
  );
}

interface BalanceRowProps {
  side: InvoiceSideName;
  words: string;
  day?: string;
  balance: number;
}

function BalanceRow({ side, words, day, balance }: BalanceRowProps) {
  return (
    <TableRow>
      <TableCell
        stack={day ? "subtitle" : "hidden"}
        className={cn("whitespace-nowrap bg-sunken/60 text-muted stacked:bg-transparent", onPaper)}
      >
        {day && formatDay(day)}
      </TableCell>
      <TableCell namesRow stack="title" className={cn("bg-sunken/60 font-medium stacked:bg-transparent", onPaper)}>
        {words}
      </TableCell>
      <TableCell stack="hidden" className="bg-sunken/60" />
      <TableCell stack="hidden" className="bg-sunken/60" />
      <TableCell numeric stack="aside" className={cn("bg-sunken/60 font-semibold stacked:bg-transparent", onPaper)}>
        <Balance side={side} balance={balance} />
      </TableCell>
    </TableRow>
  );
}

interface EntryRowProps {
  business: string;
  side: InvoiceSideName;
  entry: LedgerEntry;
}

function EntryRow({ business, side, entry }: EntryRowProps) {
  const { day, id, reference, invoice, payment, debitPaise, creditPaise, balancePaise } = entry;
  const invoiceWord = side === "payable" ? "Bill" : "Invoice";
  return (
    <TableRow>
      <TableCell stack="subtitle" className={cn("whitespace-nowrap", onPaper)}>
        {formatDay(day)}
      </TableCell>
      <TableCell namesRow stack="title" className={cn("min-w-48 print:min-w-0", onPaper)}>
        <RowLink
          href={payment ? paymentHref(business, side, id) : invoiceHref(business, side, id)}
          className="[overflow-wrap:anywhere]"
        >
          {payment ? "Payment" : invoiceWord} {reference}
        </RowLink>
        {payment && <PaymentParts payment={payment} />}
        {invoice?.description && (
          <span className="block font-normal text-[0.8125rem] text-muted [overflow-wrap:anywhere]">
            {invoice.description}
          </span>
        )}
      </TableCell>
      <Column amount={debitPaise} column="Dr" />
      <Column amount={creditPaise} column="Cr" />
      <TableCell numeric label="Balance" className={onPaper}>
        <Balance side={side} balance={balancePaise} />
      </TableCell>
    </TableRow>
  );
}

/** One of the two columns; where rows are stacked as cards, the amount says which one it stands in. */
function Column({ amount, column }: { amount: number; column: "Dr" | "Cr" }) {
  return (
    <TableCell numeric stack={amount > 0 ? "aside" : "hidden"} className={cn("font-medium", onPaper)}>
      {amount > 0 && (
        <>
          <Money paise={paise(amount)} />
          <span className="hidden font-normal text-muted stacked:inline"> {column}</span>
        </>
      )}
    </TableCell>
  );
}
