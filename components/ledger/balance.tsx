import { cn } from "@/components/ui/cn";
import { Money } from "@/components/ui/money";
import type { InvoiceSideName } from "@/features/invoices/schema";
import { balanceSide } from "@/features/ledger/rules";
import { paise, withoutSign } from "@/lib/money";

interface BalanceProps {
  side: InvoiceSideName;
  /** What is owed on that side, in paise. */
  balance: number;
  className?: string;
}

/** ₹1,000.00 Cr: a balance as accountants read it. */
export function Balance({ side, balance, className }: BalanceProps) {
  const column = balanceSide(side, balance);
  return (
    <span className={cn("whitespace-nowrap", className)}>
      <Money paise={withoutSign(paise(balance))} />
      {column && <span className="font-normal text-muted"> {column}</span>}
    </span>
  );
}
