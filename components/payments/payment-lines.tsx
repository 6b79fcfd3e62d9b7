import { InvoiceStatusBadge } from "@/components/invoices/invoice-status";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TableHead } from "@/components/ui/table-head";
import { TextLink } from "@/components/ui/text-link";
import type { PaymentDetail } from "@/features/payments/api";
import { paise } from "@/lib/money";

/** What a payment settles, invoice by invoice, with how each adjustment is made up. */
export function PaymentLines({ business, payment }: { business: string; payment: PaymentDetail }) {
  const [title, folder] = payment.side === "outgoing" ? ["Bills", "bills"] : ["Invoices", "invoices"];
  const hasAdjustment = payment.adjustmentPaise > 0;
  return (
    <Card>
      <CardHeader title={title} />
      <div className="pt-2">
        <Table label={`${title} of this payment`}>
          <TableHeader>
            <TableRow>
              <TableHead>Invoice</TableHead>
              <TableHead numeric>Paid</TableHead>
              {hasAdjustment && <TableHead>Adjusted</TableHead>}
              <TableHead numeric>Settled</TableHead>
              <TableHead>Status now</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {payment.lines.map((line) => (
              <TableRow key={line.invoiceId}>
                <TableCell stack="title" className="whitespace-nowrap">
                  <TextLink href={`/b/${business}/${folder}/${line.invoiceId}`}>{line.supplierInvoiceNumber}</TextLink>
                </TableCell>
                <TableCell numeric label="Paid">
                  <Money paise={paise(line.netPaise)} />
                </TableCell>
                {hasAdjustment && (
                  <TableCell label="Adjusted">
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
                  <InvoiceStatusBadge status={line.invoiceStatusNow} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Card>
  );
}
