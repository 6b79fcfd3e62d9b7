import { InvoiceStatusBadge } from "@/components/invoices/invoice-status";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import { TextLink } from "@/components/ui/text-link";
import type { PaymentDetail } from "@/features/payments/api";
import { isVoid, settlesWords } from "@/features/payments/words";
import { paise } from "@/lib/money";

/** What a payment settles, invoice by invoice, with how each adjustment is made up. */
export function PaymentLines({ business, payment }: { business: string; payment: PaymentDetail }) {
  const [title, folder, side] =
    payment.side === "outgoing"
      ? (["Bills", "bills", "payable"] as const)
      : (["Invoices", "invoices", "receivable"] as const);
  const hasAdjustment = payment.adjustmentPaise > 0;
  const paid = isVoid(payment) ? "In money" : "Paid";
  return (
    <Card>
      <CardHeader title={title} />
      <div className="pt-2">
        <Table label={`${title} of this payment`}>
          <TableHeader>
            <TableRow>
              <TableHead>Invoice</TableHead>
              <TableHead numeric>{paid}</TableHead>
              {hasAdjustment && <TableHead>Adjusted</TableHead>}
              <TableHead numeric>{settlesWords(payment)}</TableHead>
              <TableHead>Status now</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {payment.lines.map((line) => (
              <TableRow key={line.invoiceId}>
                <TableCell
                  namesRow
                  stack="title"
                  className="min-w-20 max-w-48 stacked:max-w-none [overflow-wrap:anywhere]"
                >
                  <TextLink href={`/b/${business}/${folder}/${line.invoiceId}`}>{line.supplierInvoiceNumber}</TextLink>
                </TableCell>
                <TableCell numeric label={paid}>
                  <Money paise={paise(line.netPaise)} />
                </TableCell>
                {hasAdjustment && (
                  <TableCell label="Adjusted" className="min-w-24 [overflow-wrap:anywhere]">
                    {line.adjustmentPaise > 0 && line.splits.length === 0 && (
                      <Money paise={paise(line.adjustmentPaise)} />
                    )}
                    {line.splits.map((split) => (
                      <span key={`${split.name} ${split.refNo} ${split.valuePaise}`} className="block">
                        <Money paise={paise(split.valuePaise)} /> <span className="text-muted">{split.name}</span>
                        {split.refNo && <span className="text-muted"> ({split.refNo})</span>}
                      </span>
                    ))}
                  </TableCell>
                )}
                <TableCell numeric stack="aside" className="font-semibold">
                  <Money paise={paise(line.totalPaise)} />
                </TableCell>
                <TableCell label="Status now">
                  <InvoiceStatusBadge
                    invoice={{ side, status: line.invoiceStatusNow }}
                    toApprove={payment.status === "AWAITING_APPROVAL"}
                  />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Card>
  );
}
