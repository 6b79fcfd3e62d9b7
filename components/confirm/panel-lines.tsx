import { adjustmentParts } from "@/components/confirm/answer-words";
import { Money } from "@/components/ui/money";
import { Skeleton } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import type { PaymentDetail } from "@/features/payments/api";
import { paise } from "@/lib/money";

interface PanelLinesProps {
  business: string;
  /** Undefined while they are on their way. */
  lines: PaymentDetail["lines"] | undefined;
  count: number;
  /** Something is settled without money: a line more, which is kept room for. */
  adjusted: boolean;
}

/** The invoices that a payment settles, and what of each is settled without money, by name. */
export function PanelLines({ business, lines, count, adjusted }: PanelLinesProps) {
  return (
    <div>
      <h3 className="font-medium text-[0.8125rem] text-muted">
        {count === 1 ? "Your invoice that it settles" : `Your ${count} invoices that it settles`}
      </h3>
      {lines ? (
        <ul className="mt-1 divide-y divide-line">
          {lines.map((line) => (
            <li key={line.invoiceId} className="py-2">
              <div className="flex items-baseline justify-between gap-4">
                <TextLink
                  href={`/b/${business}/invoices/${line.invoiceId}`}
                  className="min-w-0 [overflow-wrap:anywhere]"
                >
                  {line.supplierInvoiceNumber}
                </TextLink>
                <Money paise={paise(line.totalPaise)} className="font-medium" />
              </div>
              <div className="flex items-baseline justify-between gap-4 text-[0.8125rem] text-muted">
                <span>
                  {line.totalPaise < line.invoiceDuePaise ? "Part of " : "All of "}
                  <Money paise={paise(line.invoiceDuePaise)} /> due
                </span>
                {line.adjustmentPaise > 0 && <Adjustments line={line} />}
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <div role="status" className="mt-1 divide-y divide-line">
          <span className="sr-only">Loading invoices</span>
          {Array.from({ length: count }, (_, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
            <div key={line} className="flex flex-col gap-1 py-2.5">
              <Skeleton className="w-2/5" />
              <Skeleton className="w-3/5" />
              {adjusted && <Skeleton className="w-2/5 self-end" />}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function Adjustments({ line }: { line: PaymentDetail["lines"][number] }) {
  return (
    <span className="text-right">
      <Money paise={paise(line.netPaise)} /> paid
      {adjustmentParts([line]).map(({ name, valuePaise, refs }) => (
        <span key={name} className="block [overflow-wrap:anywhere]">
          <Money paise={paise(valuePaise)} /> {name}
          {refs.length > 0 && ` (${refs.join(", ")})`}
        </span>
      ))}
    </span>
  );
}
