import { Money } from "@/components/ui/money";
import type { PayBill } from "@/features/payments/form";
import { referenceWords } from "@/features/payments/reference";
import { lineTotal, type PaymentLineRequest, type PaymentRequest, paymentTotals } from "@/features/payments/schema";
import { MODE_LABELS } from "@/features/protocol/status-words";
import { formatRupees, paise } from "@/lib/money";
import { formatDateTime } from "@/lib/time";

/** "by NEFT", "by internet banking", "in cash". */
function byMode(mode: PaymentRequest["mode"]): string {
  if (mode === "CASH") return "in cash";
  const label = MODE_LABELS[mode];
  return `by ${/^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label}`;
}

/** The whole message in one sentence. */
export function ReviewSentence({ request, supplier }: { request: PaymentRequest; supplier: string }) {
  const { net, adjustment, total } = paymentTotals(request.lines);
  const reference = <strong className="[overflow-wrap:anywhere] font-mono text-[0.875rem]">{request.utr}</strong>;
  const on = formatDateTime(new Date(request.paidAt));
  const settles = (
    <>
      {net > 0 && adjustment > 0 ? "Together this" : "This"} settles <Money paise={total} className="font-semibold" />:
    </>
  );
  if (net === 0)
    return (
      <p className="text-[0.9375rem] leading-6">
        You tell <strong>{supplier}</strong> that nothing was paid in money, and that{" "}
        <Money paise={adjustment} className="font-semibold" /> is adjusted, reference {reference}, on {on}. {settles}
      </p>
    );
  return (
    <p className="text-[0.9375rem] leading-6">
      You tell <strong>{supplier}</strong> that you paid <Money paise={net} className="font-semibold" />{" "}
      {byMode(request.mode)}, {referenceWords(request.mode).word} {reference}, on {on},{" "}
      {request.type === "ONPLATFORM" ? "on the platform" : "off the platform"}
      {adjustment > 0 && (
        <>
          , and that <Money paise={adjustment} className="font-semibold" /> is adjusted
        </>
      )}
      . {settles}
    </p>
  );
}

/** What becomes of each bill. */
export function ReviewLines({ request, bills }: { request: PaymentRequest; bills: readonly PayBill[] }) {
  return (
    <ul className="flex flex-col divide-y divide-line border-line border-y">
      {request.lines.map((line) => (
        <ReviewLine key={line.invoiceId} line={line} bill={bills.find((one) => one.id === line.invoiceId)} />
      ))}
    </ul>
  );
}

function ReviewLine({ line, bill }: { line: PaymentLineRequest; bill: PayBill | undefined }) {
  const rest = (bill?.duePaise ?? 0) - lineTotal(line);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 py-2.5">
      <span className="min-w-0 break-words">
        <span className="font-medium">{bill?.supplierInvoiceNumber}</span>
        <span className="block text-[0.8125rem] text-muted">
          {rest === 0 ? "settled in full" : <>in part: {formatRupees(paise(rest))} stays due</>}
          {line.splits.map((split) => (
            <span key={`${split.name}${split.refNo}${split.valuePaise}`}>
              {", "}
              <Money paise={split.valuePaise} /> {split.name === "TDS" ? "TDS" : split.name.toLowerCase()}
              {split.refNo && ` (${split.refNo})`}
            </span>
          ))}
        </span>
      </span>
      <Money paise={lineTotal(line)} className="font-semibold" />
    </li>
  );
}
