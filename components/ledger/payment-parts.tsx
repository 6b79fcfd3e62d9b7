import { Money } from "@/components/ui/money";
import type { LedgerPayment } from "@/features/ledger/api";
import { adjustmentWords } from "@/features/ledger/words";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { paise } from "@/lib/money";

/** What a payment was for, and what it settles in money and without. */
export function PaymentParts({ payment }: { payment: LedgerPayment }) {
  const { mode, invoiceNumbers, invoiceCount, netPaise, adjustments } = payment;
  const more = invoiceCount - invoiceNumbers.length;
  const parts = [
    ...(netPaise > 0 ? [{ key: "net", words: "Paid", amount: netPaise }] : []),
    ...adjustments.map((part) => ({
      key: JSON.stringify([part.name, part.refNo]),
      words: adjustmentWords(part),
      amount: part.valuePaise,
    })),
  ];
  return (
    <span className="block font-normal text-[0.8125rem] text-muted [overflow-wrap:anywhere]">
      {MODE_LABELS[mode]} for {invoiceNumbers.join(", ")}
      {more > 0 && ` and ${more.toLocaleString("en-IN")} more`}
      {adjustments.length > 0 && (
        <span className="block">
          {parts.map(({ key, words, amount }, index) => (
            <span key={key}>
              {index > 0 && " + "}
              {words} <Money paise={paise(amount)} />
            </span>
          ))}
        </span>
      )}
    </span>
  );
}
