import { Balance } from "@/components/ledger/balance";
import { countWords } from "@/components/lists/count-words";
import { Sum } from "@/components/lists/sum";
import { Card } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import type { InvoiceSideName } from "@/features/invoices/schema";
import type { Ledger } from "@/features/ledger/api";
import { balanceText, owedWords } from "@/features/ledger/words";
import { carryOn, formatRupees, paise } from "@/lib/money";
import { formatDay } from "@/lib/time";

/** What the period begins and ends with, and what came to it. */
export function LedgerSums({ side, ledger }: { side: InvoiceSideName; ledger: Ledger }) {
  const { from, to, totals, waiting } = ledger;
  const [invoices, payments] = side === "payable" ? (["Bills", "Cr"] as const) : (["Invoices", "Dr"] as const);
  const [billed, settled] =
    side === "payable" ? [totals.creditPaise, totals.debitPaise] : [totals.debitPaise, totals.creditPaise];
  return (
    <Card aria-label="Balances" className="mb-4 px-4 py-4 sm:px-5">
      <p className="mb-3 font-medium">
        {formatDay(from)} to {formatDay(to)}
      </p>
      <dl className="grid gap-x-4 gap-y-3 sm:grid-cols-2 xl:grid-cols-4">
        <Sum term="Opening balance">
          <Balance side={side} balance={totals.openingPaise} />
        </Sum>
        <Sum term={`${invoices} (${payments})`}>
          <Money paise={paise(billed)} />
        </Sum>
        <Sum term={`Payments and adjustments (${payments === "Cr" ? "Dr" : "Cr"})`}>
          <Money paise={paise(settled)} />
        </Sum>
        <Sum term="Closing balance" detail={owedWords(side, totals.closingPaise)}>
          <Balance side={side} balance={totals.closingPaise} className="font-semibold" />
        </Sum>
      </dl>
      {waiting.count > 0 && (
        <p className="mt-3 max-w-prose text-[0.8125rem] text-muted">
          {formatRupees(paise(waiting.totalPaise))} in {countWords(waiting.count, "payment", "payments")}{" "}
          {waiting.count === 1 ? "is" : "are"} on the way or {waiting.count === 1 ? "waits" : "wait"} for confirmation,
          and not counted. With {waiting.count === 1 ? "it" : "them"} the balance is{" "}
          {balanceText(side, carryOn(paise(totals.closingPaise), paise(-waiting.totalPaise)))}.
        </p>
      )}
    </Card>
  );
}
